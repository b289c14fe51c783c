"""What a mail provider asks before it forwards somebody's mail to us: shown to an administrator, opened by a button."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from submissions.intake.email.bounces.texts import text_leaves
from submissions.intake.email.kinds.phrases import any_of
from submissions.intake.email.parsing.parse import ParsedMessage

MOST_LINKS = 200
MOST_CHARACTERS = 200_000


@dataclass(frozen=True, kw_only=True)
class ForwardingConfirmation:
    """Which provider asks, with which code, and the page where it is granted; either of the two may be "".

    `link` is https and on a host that is the provider's own. That From names the provider proves nothing by itself:
    show it beside what the mail system vouches for.
    """

    provider: str
    code: str
    link: str


@dataclass(frozen=True, kw_only=True)
class _Provider:
    name: str
    domains: frozenset[str]
    hosts: frozenset[str]
    sender: re.Pattern[str]
    """The local part that it writes from. People have addresses under some of the domains, but none of these."""
    path: re.Pattern[str]
    """Is found in what follows the host in the link that grants."""


_NOBODY = re.compile(
    r"([\w.-]{0,40}[-_.])?(no[-_]?reply|do[-_]?not[-_]?reply|notify|notifications?)([-_.][\w.-]{0,40})?|support"
)
_GRANTS = any_of("verif", "confirm", "forward", "accept", "approv", "activat", "validat", "bestaetig", "weiterleit")
_REFUSES = any_of(
    *(
        "unsubscribe",
        "cancel",
        "reject",
        "decline",
        "revoke",
        "delete",
        "privacy",
        "/help",
        "/legal",
        "redirect",
        "url=",
    )
)


def _provider(name: str, domains: str, hosts: str) -> _Provider:
    return _Provider(
        name=name, domains=frozenset(domains.split()), hosts=frozenset(hosts.split()), sender=_NOBODY, path=_GRANTS
    )


_PROVIDERS = (
    _Provider(
        name="Gmail",
        domains=frozenset({"google.com"}),
        hosts=frozenset({"mail-settings.google.com", "mail.google.com", "isolated.mail.google.com"}),
        sender=re.compile(r"forwarding-noreply"),
        path=re.compile(r"^/mail/v?f-"),  # uf- would refuse it
    ),
    _provider(
        "Microsoft",
        "microsoft.com accountprotection.microsoft.com email2.microsoft.com microsoftonline.com",
        "outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft account.live.com"
        " account.microsoft.com",
    ),
    _provider(
        "Yahoo",
        "yahoo.com yahooinc.com yahoo-inc.com cc.yahoo-inc.com mail.yahoo.com aol.com",
        "mail.yahoo.com login.yahoo.com edit.yahoo.com mail.aol.com login.aol.com",
    ),
    _provider(
        "iCloud",
        "apple.com id.apple.com email.apple.com icloud.com",
        "www.icloud.com icloud.com appleid.apple.com account.apple.com",
    ),
    _provider("Fastmail", "fastmail.com fastmailteam.com", "www.fastmail.com app.fastmail.com"),
    _provider(
        "Zoho",
        "zoho.com zoho.eu zoho.in zohomail.com zohoaccounts.com zohocorp.com",
        "mail.zoho.com mail.zoho.eu mail.zoho.in accounts.zoho.com accounts.zoho.eu accounts.zoho.in",
    ),
    _provider("Proton", "proton.me protonmail.com notify.proton.me", "account.proton.me mail.proton.me"),
    _provider("GMX", "gmx.net gmx.de gmx.at gmx.ch gmx.com", "www.gmx.net navigator.gmx.net bap.navigator.gmx.net"),
    _provider("WEB.DE", "web.de", "web.de navigator.web.de bap.navigator.web.de"),
    _provider("Yandex", "yandex.ru yandex.com", "mail.yandex.ru mail.yandex.com passport.yandex.ru"),
    _provider("Mail.ru", "mail.ru corp.mail.ru", "e.mail.ru account.mail.ru"),
    _provider("Cloudflare", "cloudflare.com notify.cloudflare.com", "dash.cloudflare.com"),
)
_ABOUT_FORWARDING = any_of(
    *("forwarding", "forward (your |all )?e?-?mail", "email routing", "weiterleitung", "transfert", "redirection"),
    *("reenv[ií]o", "encaminha", "inoltro", "doorstur", "vidarebefordr", "videresend", "przekazywan", "пересыл"),
    *("переадрес", "転送", "转发", "轉寄", "yönlendirme"),
)
_CODE_IN_SUBJECT = re.compile(r"#(\d{6,12})\b")
_CODE = re.compile(
    r"(?:code|codice|código|kod|код|コード|代码|代碼)[^\n\d]{0,40}?\n{0,2}[ \t]{0,9}"
    r"(?<![A-Z\d-])((?=[A-Z-]{0,11}\d)[A-Z\d-]{4,12})(?![\w-])",
    re.IGNORECASE,
)
_LINK = re.compile(r"https://[^\s<>\"'\\^`{|}\u0080-\U0010ffff]{4,2000}")


def forwarding_confirmation(message: ParsedMessage) -> ForwardingConfirmation | None:
    """Return what a provider asks, None for any other mail; whoever merely looks like a provider is none."""
    provider = _provider_of(_sole_sender(message))
    if not provider or not _is_about_forwarding(provider, message):
        return None
    link = next((found for found in _links(message) if _grants(provider, found)), "")
    code = _CODE_IN_SUBJECT.search(message.subject) or _CODE.search(message.body[:MOST_CHARACTERS])
    found = ForwardingConfirmation(provider=provider.name, code=code[1] if code else "", link=link)
    return found if found.link or found.code or provider.name == "Gmail" else None


def _sole_sender(message: ParsedMessage) -> str:
    """Return the address in From, "" where there are several: one of them may be the name of another."""
    found = {address.lower() for _, address in message.headers.mailboxes("from")}
    return next(iter(found)) if len(found) == 1 else ""


def _provider_of(address: str) -> _Provider | None:
    local, _, domain = address.rpartition("@")
    known = (provider for provider in _PROVIDERS if domain in provider.domains)
    return next((provider for provider in known if provider.sender.fullmatch(local)), None)


def _is_about_forwarding(provider: _Provider, message: ParsedMessage) -> bool:
    """Whether it asks for that, and is no news of the provider. Gmail writes from an address that has no other use."""
    return provider.name == "Gmail" or bool(_ABOUT_FORWARDING.search(message.subject))


def _grants(provider: _Provider, link: str) -> bool:
    """Whether a link is the provider's own and grants. A port or a user in it is no provider's habit."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme != "https" or parts.netloc.lower() not in provider.hosts:
        return False
    rest = link[len("https://") + len(parts.netloc) :]
    return bool(provider.path.search(rest)) and not _REFUSES.search(rest)


def _links(message: ParsedMessage) -> Iterator[str]:
    """Yield the links of a mail as text, then those that its HTML hides behind words."""
    found = [hit.rstrip(".,;:!?)]") for hit in _LINK.findall(message.body[:MOST_CHARACTERS])]
    yield from found[:MOST_LINKS]
    for leaf in text_leaves(message.tree):
        if leaf.content_type == "text/html":
            yield from _hrefs(leaf.text()[:MOST_CHARACTERS])


def _hrefs(source: str) -> list[str]:
    try:
        nodes = LexborHTMLParser(source.replace("\x00", " ")).css("a[href]")[:MOST_LINKS]
        hrefs = [(node.attributes.get("href") or "").strip() for node in nodes]
    except (SelectolaxError, ValueError, RuntimeError, AttributeError):
        return []
    return [href for href in hrefs if _LINK.fullmatch(href)]
