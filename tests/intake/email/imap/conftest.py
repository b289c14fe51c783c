"""A server for the run, and a mailbox for each test."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from submissions.intake.email.imap import login, poller
from submissions.intake.email.imap import watch as loop
from submissions.intake.email.imap.account import account, folders, moves
from submissions.intake.email.imap.oauth import Tokens, grant
from submissions.intake.email.imap.poller import Poller
from submissions.intake.email.imap.stop import Stop
from submissions.intake.email.imap.watch import Watch
from tests.intake.email.imap.dovecot import Dovecot, Mailbox
from tests.intake.email.imap.scripted import ScriptedServer
from tests.intake.email.imap.tokens import TokenServer


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A server that knows MOVE and IDLE, as most do."""
    server = Dovecot()
    yield server
    server.close()


@pytest.fixture
def dovecot_with() -> Iterator[Callable[..., Dovecot]]:
    """Servers of a test's own, by their further configuration."""
    servers: list[Dovecot] = []

    def start(*args: str, **named: bool) -> Dovecot:
        servers.append(Dovecot(*args, **named))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def mailbox(dovecot, use) -> Mailbox:
    """An empty mailbox that IMAP_URL names."""
    return use(dovecot.mailbox())


@pytest.fixture
def use(settings):
    """Let IMAP_URL name a mailbox."""

    def name(mailbox: Mailbox) -> Mailbox:
        settings.IMAP_URL = mailbox.url
        return mailbox

    return name


@pytest.fixture
def rings(monkeypatch) -> list[str]:
    """The rings of a test, which ring nothing."""
    heard: list[str] = []
    monkeypatch.setattr("submissions.intake.email.imap.taking.ring", heard.append)
    return heard


@pytest.fixture
def watch(rings, monkeypatch) -> Callable[[], Watch]:
    """A new process, as it were: nothing is remembered but what the database knows."""
    if connection.in_atomic_block:  # a test's transaction ends with its connection
        for module in (poller, loop):
            monkeypatch.setattr(module, "close_old_connections", lambda: None)

    def begin() -> Watch:
        of = grant()
        one = Poller(account=account(), folders=folders(), moves=moves(), stop=Stop())
        return Watch(one, Tokens(of) if of else None)

    return begin


@pytest.fixture
def look(watch) -> Callable[[], int]:
    """Look once, as a new process."""
    return lambda: watch().once()


@pytest.fixture
def scripted(settings, monkeypatch) -> Iterator[ScriptedServer]:
    """A server that does as the test says, and that IMAP_URL names."""
    server = ScriptedServer()
    monkeypatch.setattr(login, "SECONDS", 10)
    settings.IMAP_URL = f"imap://letters%40wyomingstar.example:secret@127.0.0.1:{server.port}"
    yield server
    server.close()


@pytest.fixture
def token_server(settings, tmp_path) -> Iterator[TokenServer]:
    """A server that gives out tokens, and the settings of a client that asks it."""
    server = TokenServer()
    settings.DATA_DIR = tmp_path
    settings.IMAP_TOKEN_URL, settings.IMAP_CLIENT_ID, settings.IMAP_CLIENT_SECRET = server.url, "client", "sesame"
    yield server
    server.close()
