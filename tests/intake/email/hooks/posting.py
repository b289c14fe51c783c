"""Posts as the mail services make them, signed with the secrets of these tests."""

import hashlib
import hmac
import json
from base64 import b64encode
from urllib.parse import quote_from_bytes

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from tests.intake.email.mails import LETTERS, mail

LATIN = "Content-Type: text/plain; charset=iso-8859-1"
RAW = mail(b"Der Steg geh\xf6rt ge\xf6ffnet.\r\n\xff\x80\x00\r\n", LATIN, "Content-Transfer-Encoding: 8bit")
"""8-bit bytes that are no UTF-8, and a NUL."""
UTF8 = mail("Der Steg gehört geöffnet.\r\n", "Content-Type: text/plain; charset=utf-8")
"""For services that post a string: what is no UTF-8 cannot come through them unharmed."""
SENDER = "w.prairie@example.org"

SECRETS = {
    "WEBHOOK_SECRET": "postman:rings-twice",
    "MAILERSEND_INBOUND_SECRET": "mailersend-secret",
    "MAILGUN_WEBHOOK_SIGNING_KEY": "mailgun-key",
    "MANDRILL_WEBHOOK_KEY": "mandrill-key",
}
BASIC = f"Basic {b64encode(SECRETS['WEBHOOK_SECRET'].encode()).decode()}"


def send(esp: str, body: bytes, content_type: str, path: str = "", **headers: str) -> HttpResponse:
    """Post a body to a hook."""
    meta = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    address = path or f"/hooks/{esp}/inbound/"
    return Client(enforce_csrf_checks=True).generic("POST", address, body, content_type, **meta)


def multipart(fields: dict[str, bytes], *, as_files: bool = False) -> tuple[bytes, str]:
    """Return multipart/form-data and its Content-Type."""
    parts = []
    for name, value in fields.items():
        file = f'; filename="{name}"' if as_files else ""
        parts.append(b'--limit\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n' % (name.encode(), file.encode()))
        parts.append(value + b"\r\n")
    return b"".join([*parts, b"--limit--\r\n"]), "multipart/form-data; boundary=limit"


def urlencoded(fields: dict[str, bytes]) -> tuple[bytes, str]:
    """Return a form as browsers send it without files, and its Content-Type."""
    pairs = (f"{name}={quote_from_bytes(value, safe='').replace('%20', '+')}" for name, value in fields.items())
    return "&".join(pairs).encode(), "application/x-www-form-urlencoded"


def mailgun_fields(
    raw: bytes, to: str = LETTERS, key: str = SECRETS["MAILGUN_WEBHOOK_SIGNING_KEY"]
) -> dict[str, bytes]:
    """The fields of Mailgun's raw form, signed."""
    signature = hmac.new(key.encode(), b"1767632400" + b"t0ken", hashlib.sha256).hexdigest()
    return {
        "recipient": to.encode(),
        "sender": SENDER.encode(),
        "subject": "Keep the footbridge open, gehört".encode(),
        "timestamp": b"1767632400",
        "token": b"t0ken",
        "signature": signature.encode(),
        "body-mime": raw,
    }


def mailgun(raw: bytes, *, to: str = LETTERS, genuine: bool = True) -> HttpResponse:
    key = SECRETS["MAILGUN_WEBHOOK_SIGNING_KEY"] if genuine else "another"
    return send("mailgun", *multipart(mailgun_fields(raw, to, key)))


def sendgrid(raw: bytes, *, to: str = LETTERS, genuine: bool = True) -> HttpResponse:
    envelope = json.dumps({"to": [to], "from": SENDER}).encode()
    body = multipart({"email": raw, "envelope": envelope, "charsets": b"{}"})
    return send("sendgrid", *body, authorization=BASIC if genuine else "Basic bm86Ym9keQ==")


def postmark(raw: bytes, *, to: str = LETTERS, genuine: bool = True) -> HttpResponse:
    said = {
        "OriginalRecipient": to,
        "Headers": [{"Name": "Return-Path", "Value": f"<{SENDER}>"}, {"Name": "Subject", "Value": "x"}],
        "TextBody": "gehört",
        "RawEmail": raw.decode(),
    }
    return _post_json("postmark", said, genuine=genuine)


def sparkpost(raw: bytes, *, to: str = LETTERS, genuine: bool = True) -> HttpResponse:
    content = {"email_rfc822": b64encode(raw).decode(), "email_rfc822_is_base64": True}
    message = {"rcpt_to": to, "msg_from": SENDER, "protocol": "smtp", "content": content}
    return _post_json("sparkpost", [{"msys": {"relay_message": message}}], genuine=genuine)


def amazon_ses(raw: bytes, *, to: str = LETTERS, genuine: bool = True) -> HttpResponse:
    said = {
        "notificationType": "Received",
        "mail": {"source": SENDER, "destination": [to, "someone@else.example"]},
        "receipt": {"recipients": [to], "action": {"type": "SNS", "encoding": "BASE64"}},
        "content": b64encode(raw).decode(),
    }
    return _post_json("amazon_ses", {"Type": "Notification", "Message": json.dumps(said)}, genuine=genuine)


def mailersend(raw: bytes, *, to: str = LETTERS, genuine: bool = True) -> HttpResponse:
    data = {"raw": raw.decode(), "sender": {"email": SENDER}, "recipients": {"rcptTo": [{"email": to}]}}
    body = json.dumps({"type": "inbound.message", "data": data}).encode()
    key = SECRETS["MAILERSEND_INBOUND_SECRET"] if genuine else "another"
    return send("mailersend", body, "application/json", signature=_hex(key, body))


def mandrill(raw: bytes, *, to: str = LETTERS, genuine: bool = True) -> HttpResponse:
    return mandrill_events([{"event": "inbound", "msg": {"email": to, "raw_msg": raw.decode()}}], genuine=genuine)


def mandrill_events(events: list[object], *, genuine: bool = True) -> HttpResponse:
    text = json.dumps(events, ensure_ascii=False)
    signed = f"{settings.SITE_URL}/hooks/mandrill/inbound/mandrill_events{text}".encode()
    key = SECRETS["MANDRILL_WEBHOOK_KEY"] if genuine else "another"
    signature = b64encode(hmac.new(key.encode(), signed, hashlib.sha1).digest()).decode()
    return send("mandrill", *urlencoded({"mandrill_events": text.encode()}), x_mandrill_signature=signature)


def _post_json(esp: str, said: object, *, genuine: bool = True) -> HttpResponse:
    body = json.dumps(said).encode()
    return send(esp, body, "application/json", authorization=BASIC if genuine else "Basic bm86Ym9keQ==")


def _hex(key: str, body: bytes) -> str:
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


SERVICES = {
    "amazon_ses": amazon_ses,
    "mailersend": mailersend,
    "mailgun": mailgun,
    "mandrill": mandrill,
    "postmark": postmark,
    "sendgrid": sendgrid,
    "sparkpost": sparkpost,
}
BYTES = ("amazon_ses", "mailgun", "sendgrid", "sparkpost")
"""Those through which any byte comes unharmed."""
