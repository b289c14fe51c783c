"""A server for the run, and a mailbox for each test."""

from collections.abc import Callable, Iterator

import pytest

from submissions.intake.email.imap.account import account, folders, moves
from submissions.intake.email.imap.oauth import Tokens, grant
from submissions.intake.email.imap.poller import Poller
from submissions.intake.email.imap.stop import Stop
from submissions.intake.email.imap.watch import Watch
from tests.intake.email.imap.dovecot import Dovecot, Mailbox


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
def watch(rings) -> Callable[[], Watch]:
    """A new process, as it were: nothing is remembered but what the database knows."""

    def begin() -> Watch:
        of = grant()
        poller = Poller(account=account(), folders=folders(), moves=moves(), stop=Stop())
        return Watch(poller, Tokens(of) if of else None)

    return begin


@pytest.fixture
def look(watch) -> Callable[[], int]:
    """Look once, as a new process."""
    return lambda: watch().once()
