import hashlib
import json
import logging
import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from submissions.intake.email.hooks import post, providers, views
from submissions.intake.email.read import bytes_of
from submissions.intake.email.spool import IN_ROW
from submissions.intake.tasks import intake
from submissions.models import Door, Kind, Outcome, RawMessage
from tests.intake.email.hooks.posting import (
    BASIC,
    BYTES,
    RAW,
    SECRETS,
    SENDER,
    SERVICES,
    UTF8,
    mailgun,
    mailgun_fields,
    mandrill_events,
    multipart,
    postmark,
    send,
    sendgrid,
    sparkpost,
    urlencoded,
)
from tests.intake.email.mails import LETTERS

pytestmark = pytest.mark.django_db

each_service = pytest.mark.parametrize("esp", SERVICES)
TIPS = "tips@wyomingstar.example"


@pytest.fixture(autouse=True)
def secrets(settings):
    settings.ANYMAIL = dict(SECRETS)


def _raw_for(esp):
    return RAW if esp in BYTES else UTF8


@each_service
def test_a_genuine_post_is_kept_byte_for_byte(esp):
    raw = _raw_for(esp)
    assert SERVICES[esp](raw).status_code == 200
    row = RawMessage.objects.get()
    assert (row.sha256, bytes_of(row)) == (hashlib.sha256(raw).hexdigest(), raw)
    assert (row.door, row.kind, row.envelope_to, row.outcome) == (Door.HOOK, Kind.LETTER, LETTERS, Outcome.WAITING)
    assert row.envelope_from == (None if esp == "mandrill" else SENDER)


@each_service
def test_a_post_that_is_not_genuine_is_refused(esp):
    assert SERVICES[esp](UTF8, genuine=False).status_code in (400, 401)
    assert not RawMessage.objects.exists()


@each_service
def test_a_post_without_any_proof_is_refused(esp):
    assert send(esp, b'{"a": [', "application/json").status_code in (400, 401)
    assert not RawMessage.objects.exists()


@each_service
@pytest.mark.parametrize("secret", ["", None])
def test_a_service_without_its_secret_has_no_door(settings, esp, secret):
    name = providers.PROVIDERS[esp].setting
    settings.ANYMAIL = {**SECRETS, name: secret} if secret is not None else {}
    assert SERVICES[esp](UTF8).status_code == 404
    assert not RawMessage.objects.exists()


@pytest.mark.parametrize("esp", ["brevo", "mailjet", "resend", "mailtrap", "postal", "unisender_go", "x"])
def test_a_service_that_posts_no_raw_message_has_no_door(esp):
    assert send(esp, b"{}", "application/json", authorization=BASIC).status_code == 404


@each_service
@pytest.mark.parametrize("to", ["nobody@wyomingstar.example", TIPS])
def test_a_message_for_none_of_our_mailboxes_is_refused(esp, to):
    assert SERVICES[esp](UTF8, to=to).status_code == {"postmark": 403}.get(esp, 406)
    assert not RawMessage.objects.exists()


@each_service
def test_a_message_over_the_limit_is_refused(monkeypatch, esp):
    monkeypatch.setattr(views, "message_limit", lambda: len(UTF8) - 1)
    assert SERVICES[esp](UTF8).status_code == {"postmark": 403, "mailgun": 406}.get(esp, 413)
    assert not RawMessage.objects.exists()


@each_service
def test_a_post_over_three_limits_is_refused(monkeypatch, esp):
    monkeypatch.setattr(post, "message_limit", lambda: 50)
    assert SERVICES[esp](UTF8).status_code == {"postmark": 403, "mailgun": 406}.get(esp, 413)
    assert not RawMessage.objects.exists()


@each_service
@pytest.mark.parametrize("error", [OperationalError, OSError, MemoryError, RuntimeError])
def test_a_message_that_cannot_be_stored_comes_again(monkeypatch, esp, error):
    monkeypatch.setattr(views, "accept", lambda *_: (_ for _ in ()).throw(error("disk full of w.prairie")))
    assert SERVICES[esp](UTF8).status_code == 503


@each_service
def test_the_same_post_twice_is_one_submission(house, esp):
    assert [SERVICES[esp](UTF8).status_code for _ in range(2)] == [200, 200]
    intake()
    outcomes = RawMessage.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.SUBMISSION, Outcome.DUPLICATE]


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "options"])
def test_nothing_but_posts_is_taken(method):
    assert getattr(Client(), method)("/hooks/mandrill/inbound/").status_code == 405


@pytest.mark.parametrize(("esp", "status"), [("mandrill", 200), ("brevo", 404)])
def test_a_service_may_ask_whether_anybody_is_there(esp, status):
    assert Client().head(f"/hooks/{esp}/inbound/").status_code == status


def test_a_post_leaves_no_session():
    response = postmark(UTF8)
    assert (dict(response.cookies), Session.objects.count()) == ({}, 0)


def test_the_log_names_the_service_and_the_error_only(monkeypatch, caplog):
    monkeypatch.setattr(views, "accept", lambda *_: (_ for _ in ()).throw(OperationalError("w.prairie")))
    with caplog.at_level(logging.INFO):
        mailgun(UTF8)
        mailgun(UTF8, to="x@y.example")
    assert [record.getMessage() for record in caplog.records if record.name == views.__name__] == [
        "a post of mailgun could not be stored: OperationalError",
        "a message for none of our addresses was refused",
    ]


def test_amazon_sends_its_password_when_asked_for_it():
    response = send("amazon_ses", b"{}", "application/json")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, 'Basic realm="mail"')


@pytest.mark.parametrize(
    "path", ["/hooks/mailgun/inbound/", "/hooks/mailgun/inbound/mime", "/hooks/mailgun/inbound/?mime"]
)
@pytest.mark.parametrize("form", [multipart, urlencoded, lambda fields: multipart(fields, as_files=True)])
def test_mailgun_may_send_either_form(path, form):
    assert send("mailgun", *form(mailgun_fields(RAW)), path=path).status_code == 200
    assert bytes_of(RawMessage.objects.get()) == RAW


@pytest.mark.parametrize("form", [multipart, urlencoded])
def test_a_message_larger_than_any_form_is_taken(settings, form):
    raw = RAW + b"From a file: 50% + \xff\r\n" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 20)
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE < len(raw) > IN_ROW
    assert send("mailgun", *form(mailgun_fields(raw))).status_code == 200
    assert bytes_of(RawMessage.objects.get()) == raw


@pytest.mark.parametrize(("taken", "status"), [(1, 200), (2, 503)])
def test_large_posts_wait_for_each_other(settings, monkeypatch, taken, status):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    monkeypatch.setattr(views, "LARGE_AT_ONCE", threading.BoundedSemaphore(2))
    monkeypatch.setattr(views, "PATIENCE", 0.01)
    for _ in range(taken):
        views.LARGE_AT_ONCE.acquire()
    assert [mailgun(UTF8).status_code for _ in range(2)] == [status] * 2


def test_a_post_is_read_also_while_the_database_cannot_tell_the_limit(monkeypatch):
    monkeypatch.setattr(post, "message_limit", lambda: (_ for _ in ()).throw(OperationalError))
    assert mailgun(UTF8).status_code == 200
    monkeypatch.setattr(views, "message_limit", post.message_limit)
    assert mailgun(UTF8).status_code == 503


def test_a_broken_form_is_refused():
    response = send("mailgun", b"--limit\r\n" + b"x" * 20_000, "multipart/form-data; boundary=limit")
    assert response.status_code == 400


@pytest.mark.parametrize("number", range(3))
def test_several_recipients_are_several_rows(number):
    to = ["letters+x@wyomingstar.example", "opinion@wyomingstar.example", "x@y.example", TIPS]
    to = to[number:] + to[:number]
    assert mailgun(UTF8, to=", ".join(to)).status_code == 200
    assert set(RawMessage.objects.values_list("kind", flat=True)) == {Kind.LETTER, Kind.OPINION}


def test_one_message_of_a_post_for_us_is_enough(settings):
    events = [{"event": "inbound", "msg": {"email": to, "raw_msg": UTF8.decode()}} for to in (TIPS, LETTERS)]
    assert mandrill_events(events).status_code == 200
    assert RawMessage.objects.count() == 1


@pytest.mark.parametrize("events", [[], [{"event": "open", "msg": {}}]])
def test_what_is_no_message_is_answered_and_not_stored(events):
    assert mandrill_events(events).status_code == 200
    assert not RawMessage.objects.exists()


def test_a_ping_is_answered():
    assert send("sparkpost", b'[{"msys": {}}]', "application/json", authorization=BASIC).status_code == 200


@pytest.mark.parametrize(
    ("esp", "said"),
    [
        ("postmark", {"OriginalRecipient": LETTERS, "TextBody": "parsed", "Headers": []}),
        ("postmark", {"OriginalRecipient": LETTERS, "RawEmail": "", "Headers": []}),
        ("postmark", ["not", "an", "object"]),
        ("sparkpost", [{"msys": {"relay_message": {"rcpt_to": LETTERS}}}]),
        ("amazon_ses", {"Type": "Notification", "Message": json.dumps({"receipt": {"action": {"type": "S3"}}})}),
        ("amazon_ses", {"Type": "SubscriptionConfirmation", "SubscribeURL": "https://evil.example/?x"}),
    ],
)
def test_a_genuine_post_without_its_raw_message_comes_again(caplog, esp, said):
    response = send(esp, json.dumps(said).encode(), "application/json", authorization=BASIC)
    assert (response.status_code, response["Retry-After"]) == (503, "120")
    assert f"{esp} posts no raw message: turn its raw MIME mode on" in caplog.messages


def test_sendgrid_without_the_raw_message_comes_again():
    fields = {"headers": b"Subject: x", "text": b"parsed", "envelope": b'{"to": ["%s"]}' % LETTERS.encode()}
    assert send("sendgrid", *multipart(fields), authorization=BASIC).status_code == 503


@pytest.mark.parametrize(("said", "kept"), [("<>", ""), ("", ""), ("<a@b.example>", "a@b.example")])
def test_the_null_sender_stays_one(said, kept):
    fields = mailgun_fields(UTF8) | {"sender": said.encode()}
    send("mailgun", *multipart(fields))
    assert RawMessage.objects.get().envelope_from == kept


@pytest.mark.parametrize("raw", [UTF8, b"Subject: x\n\n\xc3", b"\x85 \xe2\x80\xa8 \xf0\x9f\x97\x9e"])
def test_a_json_body_keeps_stray_bytes(raw):
    body = b'{"OriginalRecipient": "%s", "RawEmail": "%s"}' % (LETTERS.encode(), raw.replace(b"\r\n", b"\\r\\n"))
    assert send("postmark", body.replace(b"\n", b"\\n"), "application/json", authorization=BASIC).status_code == 200
    assert bytes_of(RawMessage.objects.get()) == raw


def test_a_deep_json_body_is_no_crash():
    for esp in SERVICES:
        assert send(esp, b"[" * 100_000, "application/json", authorization=BASIC).status_code in (400, 503)


@pytest.mark.parametrize("message", ["Successfully validated SNS topic for Amazon SES event publishing.", ""])
def test_what_amazon_says_of_itself_is_answered(message):
    body = json.dumps({"Type": "Notification", "Message": message}).encode()
    assert send("amazon_ses", body, "application/json", authorization=BASIC).status_code == 200


def test_amazon_may_subscribe(monkeypatch):
    asked = []
    monkeypatch.setattr(providers, "_visit", asked.append)
    url = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37"
    body = json.dumps({"Type": "SubscriptionConfirmation", "SubscribeURL": url}).encode()
    assert send("amazon_ses", body, "application/json", authorization=BASIC).status_code == 200
    assert asked == [url]


def test_services_that_post_bytes_and_services_that_post_text_are_all_tested():
    assert set(SERVICES) == set(providers.PROVIDERS)
    assert sendgrid(RAW).status_code == sparkpost(RAW).status_code == 200
