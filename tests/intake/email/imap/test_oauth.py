import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from submissions.intake.email.imap import oauth
from submissions.intake.email.imap.oauth import Tokens, grant
from submissions.intake.email.imap.trouble import Disconnected, LoginRefused


def tokens():
    return Tokens(grant())


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(oauth.time, "monotonic", lambda: now[0])
    return now


def test_without_settings_there_is_no_grant(settings):
    assert grant() is None


def test_client_asks_in_its_own_right_without_a_refresh_token(token_server, settings):
    settings.IMAP_SCOPE = "mail"
    assert tokens().access_token() == "token-1"
    assert token_server.asked == [
        {"grant_type": "client_credentials", "client_id": "client", "client_secret": "sesame", "scope": "mail"}
    ]


def test_refresh_token_is_used_where_there_is_one(token_server, settings):
    settings.IMAP_REFRESH_TOKEN, settings.IMAP_CLIENT_SECRET = "refresh-1", ""
    assert tokens().access_token() == "token-1"
    assert token_server.asked == [{"grant_type": "refresh_token", "refresh_token": "refresh-1", "client_id": "client"}]


def test_token_is_kept_until_shortly_before_it_expires(token_server, clock):
    one = tokens()
    token_server.answers = [(200, {"access_token": f"token-{number}", "expires_in": 600}) for number in (1, 2)]
    given = [one.access_token()]
    clock[0] += 479
    given.append(one.access_token())
    clock[0] += 1
    given.append(one.access_token())
    assert (given, len(token_server.asked)) == (["token-1", "token-1", "token-2"], 2)


@pytest.mark.parametrize("lifetime", [None, "soon", 0])
def test_token_of_no_or_odd_lifetime_is_used(token_server, lifetime):
    token_server.answers = [(200, {"access_token": "t", "expires_in": lifetime})]
    assert tokens().access_token() == "t"


def test_forgotten_token_is_asked_for_anew(token_server):
    one = tokens()
    one.access_token()
    one.forget()
    one.access_token()
    assert len(token_server.asked) == 2


def test_replaced_refresh_token_is_kept_for_the_next_process(token_server, settings, tmp_path):
    settings.IMAP_REFRESH_TOKEN = "refresh-1"
    token_server.answers = [
        (200, {"access_token": "t", "expires_in": 1, "refresh_token": f"refresh-{number}"}) for number in (2, 3)
    ]
    tokens().access_token()
    tokens().access_token()
    kept = list((tmp_path / "imap_tokens").iterdir())
    assert [asked["refresh_token"] for asked in token_server.asked] == ["refresh-1", "refresh-2"]
    assert [(path.read_text(), stat.S_IMODE(path.stat().st_mode)) for path in kept] == [("refresh-3", 0o600)]
    settings.IMAP_REFRESH_TOKEN = "new"
    tokens().access_token()
    assert token_server.asked[-1]["refresh_token"] == "new"


@pytest.mark.parametrize(
    ("status", "answer", "code"),
    [
        (400, {"error": "invalid_grant", "error_description": "typed"}, "invalid_grant"),
        (401, {"error": "invalid_client"}, "invalid_client"),
        (400, {"error": "typed by a stranger"}, "token_refused"),
        (403, b"<html>", "token_refused"),
        (200, {}, "token_missing"),
        (200, {"access_token": 5}, "token_missing"),
        (200, b"[" * 100_000, "token_missing"),
        (200, b"\xff", "token_missing"),
    ],
)
def test_refusal_has_a_code_and_no_typed_text(token_server, status, answer, code):
    token_server.answers = [(status, answer)]
    with pytest.raises(LoginRefused) as refused:
        tokens().access_token()
    assert (refused.value.code, str(refused.value)) == (code, code)


@pytest.mark.parametrize("status", [302, 429, 500, 503])
def test_server_in_trouble_is_asked_again_later_and_nothing_follows_it(token_server, status):
    token_server.answers = [(status, b"")]
    with pytest.raises(Disconnected):
        tokens().access_token()
    assert len(token_server.asked) == 1


def test_absent_server_is_asked_again_later(token_server):
    token_server.close()
    with pytest.raises(Disconnected) as absent:
        tokens().access_token()
    assert absent.value.code == "token_server"


def test_microsoft_needs_only_its_tenant(settings):
    settings.IMAP_TENANT, settings.IMAP_CLIENT_ID, settings.IMAP_CLIENT_SECRET = "paper.example", "client", "sesame"
    found = grant()
    assert (found.token_url, found.scope) == (
        "https://login.microsoftonline.com/paper.example/oauth2/v2.0/token",
        "https://outlook.office365.com/.default",
    )
    assert "sesame" not in repr(found)
    settings.IMAP_REFRESH_TOKEN = "refresh"
    assert grant().scope == ""


@pytest.mark.parametrize(
    "named",
    [
        {"IMAP_TOKEN_URL": "http://token.example", "IMAP_CLIENT_ID": "c", "IMAP_CLIENT_SECRET": "s"},
        {"IMAP_TOKEN_URL": "file:///etc/passwd", "IMAP_CLIENT_ID": "c", "IMAP_CLIENT_SECRET": "s"},
        {"IMAP_TOKEN_URL": "https://token.example", "IMAP_CLIENT_SECRET": "s"},
        {"IMAP_TENANT": "paper.example", "IMAP_CLIENT_ID": "c"},
    ],
)
def test_settings_without_sense_are_refused(settings, named):
    for name, value in named.items():
        setattr(settings, name, value)
    with pytest.raises(ImproperlyConfigured):
        grant()
