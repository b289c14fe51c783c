import pytest
from django.test import Client

from submissions.intake.tasks import intake
from submissions.models import MailProbe, Notification, Outcome, RawMessage
from tests import factories
from tests.intake.email.mails import arrive, mail, multipart, part, read

pytestmark = pytest.mark.django_db

RAW = "/admin/submissions/rawmessage/"
LINK = "https://mail-settings.google.com/mail/vf-%5BABC%5D-xyz"


def signed_in(group: str) -> Client:
    client = Client()
    client.force_login(factories.make_user(group))
    return client


@pytest.fixture
def chief(house) -> Client:
    return signed_in("Chief editor")


def test_mail_health_begins_with_send_yourself_a_letter(chief):
    page = chief.get(f"{RAW}health/").content.decode()
    assert "Send yourself a letter" in page
    assert "letters@wyomingstar.example" in page


def test_mail_health_tells_what_there_is(chief):
    arrive(mail())
    page = chief.get(f"{RAW}health/").content.decode()
    assert ("Send yourself a letter" in page, "Last by LMTP or SMTP" in page) == (False, True)


def test_mail_health_asks_the_dns_only_when_told_to(chief, monkeypatch):
    asked = []
    monkeypatch.setattr("submissions.intake.desk.mail_health.records_of", lambda domain: asked.append(domain) or [])
    chief.get(f"{RAW}health/")
    chief.get(f"{RAW}health/?dns")
    assert asked == ["wyomingstar.example"]


def test_the_button_sends_a_mail_to_ourselves(chief):
    page = chief.post(f"{RAW}health/", follow=True).content.decode()
    assert (MailProbe.objects.count(), "A mail is on its way" in page) == (1, True)


@pytest.mark.parametrize("page", ["health/", "1/confirmation/"])
def test_mail_is_no_business_of_a_desk_editor(house, page):
    assert signed_in("Letters editor").get(f"{RAW}{page}").status_code == 403


def confirmation() -> RawMessage:
    text = f"Please confirm: {LINK}\nConfirmation code: 123456789\n"
    subject = "Gmail Forwarding Confirmation - Receive Mail from ida@hale.example"
    return read(mail(text, From="forwarding-noreply@google.com", Subject=f"(#123456789) {subject}"), sender="")


def test_a_forwarding_confirmation_is_shown_and_opened_by_a_button(chief):
    message = confirmation()
    page = chief.get(f"{RAW}{message.pk}/confirmation/").content.decode()
    assert message.outcome == Outcome.FORWARDING
    assert (f'href="{LINK}"' in page, "123456789" in page, "does not vouch" in page) == (True, True, True)
    assert Notification.objects.get().template == "forwarding"


def test_any_other_mail_is_no_confirmation(chief):
    assert chief.get(f"{RAW}{read(mail()).pk}/confirmation/").status_code == 404


def test_a_mail_is_shown_as_it_looked_and_nothing_in_it_runs_or_loads(house):
    html = '<p>Keep it <b>open</b></p><script>x()</script><img src="https://spy.example/1.gif" alt="map">'
    body, content_type = multipart("alternative", part("Keep it open"), part(html, "text/html"))
    message = read(mail(body, content_type))
    page = signed_in("Letters editor").get(f"{RAW}{message.pk}/looks/").content.decode()
    assert "&lt;b&gt;open&lt;/b&gt;" in page
    assert ("spy.example" in page, "x()" in page, 'sandbox=""' in page) == (False, False, True)


def test_a_mail_without_html_shows_its_text(house):
    message = read(mail("Keep it open"))
    assert "Keep it open" in signed_in("Letters editor").get(f"{RAW}{message.pk}/looks/").content.decode()


def test_a_mail_of_another_desk_is_not_shown(house):
    arrive(mail(), to="opinion@wyomingstar.example")
    intake()
    assert signed_in("Letters editor").get(f"{RAW}{RawMessage.objects.get().pk}/looks/").status_code == 404


def test_an_administrator_sees_how_a_mail_that_is_no_letter_looked(house):
    message = read(mail("x", "List-Id: <n.example.org>"))
    assert signed_in("Administrator").get(f"{RAW}{message.pk}/looks/").status_code == 200
    assert signed_in("Letters editor").get(f"{RAW}{message.pk}/looks/").status_code == 404
