"""OAuth 2 for mailboxes that take no password: Microsoft 365, Google Workspace and others (RFC 6749).

Two grants: a refresh token that a person once agreed to, or the client's own right (Microsoft's IMAP.AccessAsApp).
"""

import hashlib
import json
import os
import secrets
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from submissions.intake.email.imap.trouble import Disconnected, LoginRefused

MICROSOFT = "https://login.microsoftonline.com/{}/oauth2/v2.0/token"
MICROSOFT_APP_SCOPE = "https://outlook.office365.com/.default"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
TIMEOUT = 30.0
MARGIN = 120.0
"""A token is replaced so many seconds before it expires."""
SHORTEST = 300.0
"""How long a token is kept whose lifetime is not told."""
MOST_BYTES = 1_000_000
CODES = {
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
}


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What the house may ask a token for."""

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    scope: str

    def form(self, refresh_token: str) -> dict[str, str]:
        """Return what is posted; without a refresh token the client asks in its own right."""
        if refresh_token:
            fields = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        else:
            fields = {"grant_type": "client_credentials"}
        fields |= {"client_id": self.client_id, "client_secret": self.client_secret, "scope": self.scope}
        return {name: value for name, value in fields.items() if value}


def grant() -> Grant | None:
    """Return the grant of the settings, None where a password is used. Raises ImproperlyConfigured."""
    url = settings.IMAP_TOKEN_URL
    if settings.IMAP_TENANT and not url:
        url = MICROSOFT.format(quote(settings.IMAP_TENANT, safe=""))
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ImproperlyConfigured("IMAP_TOKEN_URL must begin with https://.")
    if not settings.IMAP_CLIENT_ID:
        raise ImproperlyConfigured("IMAP_CLIENT_ID must be set, with IMAP_CLIENT_SECRET or IMAP_REFRESH_TOKEN.")
    if not (settings.IMAP_CLIENT_SECRET or settings.IMAP_REFRESH_TOKEN):
        raise ImproperlyConfigured("IMAP_CLIENT_SECRET or IMAP_REFRESH_TOKEN must be set.")
    as_app = bool(settings.IMAP_TENANT) and not settings.IMAP_REFRESH_TOKEN
    return Grant(
        token_url=url,
        client_id=settings.IMAP_CLIENT_ID,
        client_secret=settings.IMAP_CLIENT_SECRET,
        refresh_token=settings.IMAP_REFRESH_TOKEN,
        scope=settings.IMAP_SCOPE or (MICROSOFT_APP_SCOPE if as_app else ""),
    )


class Tokens:
    """Gives out an access token, asking for a new one shortly before the last expires."""

    def __init__(self, of: Grant) -> None:
        self.grant = of
        self._token, self._until = "", 0.0

    def access_token(self) -> str:
        """Return a token. Raises LoginRefused when none is given, Disconnected when nobody could be asked."""
        if time.monotonic() >= self._until:
            answer = _ask(self.grant.token_url, self.grant.form(self._refresh_token()))
            self._take(answer)
        return self._token

    def forget(self) -> None:
        """Ask anew the next time: the mail server did not like the token."""
        self._until = 0.0

    def _take(self, answer: dict[str, Any]) -> None:
        token, lifetime = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token:
            raise LoginRefused("token_missing")
        seconds = float(lifetime) if isinstance(lifetime, int | float) else SHORTEST
        self._token, self._until = token, time.monotonic() + max(seconds - MARGIN, 0)
        following = answer.get("refresh_token")
        if self.grant.refresh_token and isinstance(following, str) and following:
            self._keep(following)

    def _refresh_token(self) -> str:
        """Return the newest refresh token: Microsoft replaces them, and an old one ends after 90 days."""
        try:
            return self._kept_at().read_text() if self.grant.refresh_token else ""
        except FileNotFoundError:
            return self.grant.refresh_token

    def _keep(self, following: str) -> None:
        path = self._kept_at()
        path.parent.mkdir(parents=True, exist_ok=True)
        spool = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        spool.touch(mode=0o600)
        spool.write_text(following)
        with spool.open("rb") as written:
            os.fsync(written.fileno())
        spool.replace(path)

    def _kept_at(self) -> Path:
        """Return the file of what followed this very setting: a new IMAP_REFRESH_TOKEN starts another."""
        name = hashlib.sha256(self.grant.refresh_token.encode()).hexdigest()[:16]
        return Path(settings.DATA_DIR) / "imap_tokens" / name


class _NoRedirect(HTTPRedirectHandler):
    """Secrets go to the address that was set, and to no other."""

    def redirect_request(self, *_args: object, **_named: object) -> None:
        """Follow nothing."""


def _ask(url: str, form: dict[str, str]) -> dict[str, Any]:
    request = Request(url, data=urlencode(form).encode(), headers={"Accept": "application/json"})  # noqa: S310 https
    try:
        with build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as response:
            return _json(response.read(MOST_BYTES))
    except HTTPError as error:
        with error:
            code = _json(error.read(MOST_BYTES)).get("error")
        if error.code in (400, 401, 403):
            raise LoginRefused(code if code in CODES else "token_refused") from None
        raise Disconnected("token_server") from None
    except (OSError, HTTPException) as error:
        raise Disconnected("token_server") from error


def _json(content: bytes) -> dict[str, Any]:
    """Return a JSON object, an empty one for whatever else it is."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
