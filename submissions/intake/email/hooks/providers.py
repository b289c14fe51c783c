"""The mail services whose posts carry the message as it was sent, and how each proves that a post is its own.

Anymail verifies; the bytes are taken from the post itself, because anymail's own message is parsed and written anew.
Brevo and Mailjet post parsed fields only, Resend and Mailtrap a link to fetch; Postal signs with a key that needs
another library. A message is never rebuilt from its fields, so none of these has a door here.

What a service makes of our answer, by its own documentation: every one takes 2xx for delivered and comes again after
503, Mailgun for 8 hours, SendGrid for 72, Postmark for 10, Amazon SNS for at most one. It gives up at once after 406
(Mailgun), 403 (Postmark), any 4xx (SendGrid, SNS); the others come again for a while, and show the failure.
"""

import re
from base64 import b64decode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.mailersend import MailerSendInboundWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.mandrill import MandrillCombinedWebhookView

from submissions.intake.email.hooks.post import Post, bytes_of, read_json

BASIC = "webhook_secret"
_SUBSCRIBE = re.compile(r"https://sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?/\?[!-~]{1,2000}")


class NoRawMessage(Exception):
    """A post of the service itself, without the message as it was sent: it is set up to post something else."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One message of a post; `sender` is "" for the null sender, None where the service does not tell."""

    sender: str | None
    recipients: tuple[str, ...]
    raw: bytes


class BasicAuth(AnymailBaseWebhookView):
    """Posts that prove themselves by the name and password in their address (HTTP basic authentication)."""

    esp_name = "basic"


@dataclass(frozen=True, kw_only=True)
class Provider:
    """How one service's posts are verified and read; `setting` names its secret in settings.ANYMAIL."""

    read: Callable[[Post], list[Delivery]]
    setting: str = "WEBHOOK_SECRET"
    option: str = BASIC
    view: type[AnymailBaseWebhookView] = BasicAuth
    refusal: int | None = None
    """The one status after which the service does not come again, where it knows one."""

    def is_genuine(self, post: Post, secret: str, address: str) -> bool:
        """Whether a post to `address` carries the proof that only who knows the secret can make."""
        options: dict[str, Any] = {BASIC: [], self.option: secret}
        if self.view is MandrillCombinedWebhookView:
            options["webhook_url"] = address
        try:
            self.view(**options).run_validators(post)  # type: ignore[no-untyped-call]
        except (AnymailWebhookValidationFailure, ValueError, TypeError, LookupError, RecursionError):
            return False
        return True


def _mailgun(post: Post) -> list[Delivery]:
    return [_delivery(post.POST.get("sender"), post.POST["recipient"].split(","), post.fields["body-mime"])]


def _sendgrid(post: Post) -> list[Delivery]:
    envelope = read_json(post.fields["envelope"])
    return [_delivery(envelope.get("from"), envelope["to"], post.fields["email"])]


def _postmark(post: Post) -> list[Delivery]:
    said = post.json()
    written = said.get("Headers", [])[:1]  # the only one that Postmark itself wrote
    sender = next((field["Value"] for field in written if field["Name"].lower() == "return-path"), None)
    return [_delivery(sender, [said["OriginalRecipient"]], bytes_of(said["RawEmail"]))]


def _mandrill(post: Post) -> list[Delivery]:
    events = read_json(post.fields["mandrill_events"])
    messages = [event["msg"] for event in events if event.get("event") == "inbound"]
    return [_delivery(None, [message["email"]], bytes_of(message["raw_msg"])) for message in messages]


def _sparkpost(post: Post) -> list[Delivery]:
    relayed = [event["msys"]["relay_message"] for event in post.json() if event["msys"]]  # without: a ping
    return [
        _delivery(
            message.get("msg_from"),
            [message["rcpt_to"]],
            _raw(message["content"]["email_rfc822"], base64=message["content"]["email_rfc822_is_base64"]),
        )
        for message in relayed
    ]


def _mailersend(post: Post) -> list[Delivery]:
    data = post.json()["data"]
    recipients = [recipient["email"] for recipient in data["recipients"]["rcptTo"]]
    return [_delivery((data.get("sender") or {}).get("email"), recipients, bytes_of(data["raw"]))]


def _amazon_ses(post: Post) -> list[Delivery]:
    notice = post.json()
    if notice["Type"] == "SubscriptionConfirmation":
        _subscribe(notice["SubscribeURL"])
    if notice["Type"] != "Notification" or not notice["Message"].startswith("{"):
        return []
    said = read_json(bytes_of(notice["Message"]))
    receipt = said["receipt"]
    raw = _raw(said["content"], base64=receipt["action"].get("encoding") == "BASE64")
    return [_delivery(said["mail"].get("source"), receipt["recipients"], raw)]


def _subscribe(url: str) -> None:
    """Confirm that Amazon SNS may post here: whoever asks for it knows the secret. Raises OSError."""
    if not _SUBSCRIBE.fullmatch(url):
        raise NoRawMessage
    _visit(url)


def _visit(url: str) -> None:
    with urlopen(url, timeout=10) as answer:  # noqa: S310 the address was checked
        answer.read(1)


def _raw(text: str, *, base64: bool) -> bytes:
    return b64decode(text) if base64 else bytes_of(text)


def _delivery(sender: str | None, recipients: Iterable[str], raw: bytes) -> Delivery:
    if not raw.strip():
        raise NoRawMessage
    named = tuple(recipient.strip() for recipient in recipients)
    return Delivery(sender=None if sender is None else sender.strip("<> "), recipients=named, raw=raw)


PROVIDERS = {
    "amazon_ses": Provider(read=_amazon_ses),
    "mailersend": Provider(
        read=_mailersend,
        setting="MAILERSEND_INBOUND_SECRET",
        option="inbound_secret",
        view=MailerSendInboundWebhookView,
    ),
    "mailgun": Provider(
        read=_mailgun,
        setting="MAILGUN_WEBHOOK_SIGNING_KEY",
        option="webhook_signing_key",
        view=MailgunInboundWebhookView,
        refusal=406,
    ),
    "mandrill": Provider(
        read=_mandrill, setting="MANDRILL_WEBHOOK_KEY", option="webhook_key", view=MandrillCombinedWebhookView
    ),
    "postmark": Provider(read=_postmark, refusal=403),
    "sendgrid": Provider(read=_sendgrid),
    "sparkpost": Provider(read=_sparkpost),
}
"""By their name in the address, which is anymail's."""


def deliveries(provider: Provider, post: Post) -> list[Delivery]:
    """Return the messages of a genuine post; none where it is a test or tells of something else.

    Raises NoRawMessage where it holds a message in another form, and what reading a post raises.
    """
    try:
        return provider.read(post)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise NoRawMessage from error
