from email.message import EmailMessage

import pytest

from submissions.intake.email.health.probe import NoAddress, send_probe
from submissions.intake.tasks import intake
from submissions.models import MailProbe, Notification, Outcome, RawMessage, Submission
from submissions.notifications.backends import as_bytes
from submissions.notifications.render import render
from tests.intake.email.mails import LETTERS, arrive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(house): ...


def _sent() -> bytes:
    """The probe as it leaves."""
    send_probe()
    return as_bytes(render(Notification.objects.get()))


def _back(raw: bytes, sender: str | None = LETTERS) -> MailProbe:
    arrive(raw, sender=sender)
    intake()
    return MailProbe.objects.get()


def test_a_probe_goes_to_ourselves():
    assert send_probe().to == LETTERS
    assert (Notification.objects.get().state, Notification.objects.get().to) == ("owed", LETTERS)


def test_a_probe_that_comes_back_is_no_loop_and_tells_what_the_road_did():
    probe = _back(_sent())
    message = RawMessage.objects.get()
    assert (message.outcome, probe.message, probe.returned_at is None) == (Outcome.PROBE, message, False)
    assert probe.seen == {
        "sender": "ours",
        "from": "kept",
        "message_id": "kept",
        "x_loop": "kept",
        "auto_submitted": "kept",
        "x_auto_response_suppress": "kept",
        "results": {},
    }
    assert not Submission.objects.exists()


def test_a_probe_is_known_by_its_text_when_everything_else_was_changed():
    import email

    sent = email.message_from_bytes(_sent())
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "relay@host.example", "Changed", "<1@host.example>"
    mail.set_content(sent.get_payload(0).get_payload())
    probe = _back(mail.as_bytes(), sender="relay@host.example")
    assert (probe.seen["sender"], probe.seen["from"], probe.seen["message_id"], probe.seen["x_loop"]) == (
        "changed",
        "changed",
        "changed",
        "lost",
    )


@pytest.mark.parametrize(("sender", "told"), [("", "null"), (None, "not told")])
def test_the_envelope_sender_is_told(sender, told):
    assert _back(_sent(), sender=sender).seen["sender"] == told


def test_the_first_return_counts():
    raw = _sent()
    first = _back(raw).message
    assert _back(raw).message == first


def test_somebody_elses_word_is_no_probe():
    send_probe()
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "w.prairie@example.org", "mail-check-abcdefghjkmnpqrs"
    mail.set_content("x")
    assert _back(mail.as_bytes()).message is None


def test_without_an_address_there_is_no_probe(settings):
    settings.INTAKE_ADDRESSES = ["tips@wyomingstar.example"]
    with pytest.raises(NoAddress):
        send_probe()
