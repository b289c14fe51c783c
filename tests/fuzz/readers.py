"""What reads mail, one after another, as the worker runs it; and what must hold of what they say."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from submissions.intake.email.answering import no_answer
from submissions.intake.email.bounces.bounce import bounce_of
from submissions.intake.email.folding import fold, unfold
from submissions.intake.email.forwards import unwrap
from submissions.intake.email.headlines import headline_of
from submissions.intake.email.identity import marks_of
from submissions.intake.email.kinds.classify import classify
from submissions.intake.email.kinds.signs import envelope_sender
from submissions.intake.email.loops import loop_of
from submissions.intake.email.memorylimit import under
from submissions.intake.email.parsing.parse import ParsedMessage, parse
from submissions.intake.email.parsing.sanitised import html_of, sanitise
from submissions.intake.email.signature import suggestions
from submissions.intake.email.trust import spam_verdict, trust_of

SECONDS = 2.0
"""Of computing, for everything that is read of one message."""
MEMORY = 1_000_000_000
MAILBOX = "letters@wyomingstar.example"
AUTHSERV = "mx.example"


class TooSlow(BaseException):
    """A message took longer than SECONDS. No Exception, so that no guard swallows it."""


class Reading:
    """One message on its way through the readers; `at` says which of them has it."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, "parse"

    def run(self) -> None:
        """Read everything of the message. Raises what a reader raises, TooSlow, AssertionError for what must hold."""
        with under(MEMORY), computing(SECONDS):
            message = parse(self.raw)
            _check_texts(message)
            for name, read in READERS.items():
                self.at = name
                read(message, self.raw)


@contextmanager
def computing(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block after so many seconds of the processor's time, whatever else the machine does."""

    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _check_texts(message: ParsedMessage) -> None:
    texts = (message.subject, message.name, message.address, message.body, *(file.name for file in message.files))
    for text in texts:
        text.encode()
        assert "\0" not in text
    assert not any(len(text.splitlines()) > 1 for text in (message.subject, message.name, message.address))


def _trust(message: ParsedMessage, raw: bytes) -> None:
    sender = envelope_sender(message, None)
    trust = trust_of(
        message,
        raw,
        sender=sender,
        authserv_id=AUTHSERV,
        sealers=["seal.example"],
        look_up=lambda _name, _seconds: None,
    )
    no_answer(message, sender, message.address, trust)
    spam_verdict(message, authserv_id=AUTHSERV, hops=1)


def _classify(message: ParsedMessage, _raw: bytes) -> None:
    for sender in ("", None):
        verdict = classify(message, sender)
        assert verdict is None or len(verdict.reason) <= 200
        bounce_of(message, sender)


def _unwrap(message: ParsedMessage, _raw: bytes) -> None:
    found = unwrap(message)
    if found:
        for text in (found.name, found.address, found.subject, found.body, found.covering):
            text.encode()
            assert "\0" not in text


def _fold(message: ParsedMessage, _raw: bytes) -> None:
    folded = fold(message.body)
    assert unfold(folded).split() == message.body.split(), "words were lost"
    suggestions(folded, name=message.name)


def _headline(message: ParsedMessage, _raw: bytes) -> None:
    assert len(headline_of(message.subject)) <= 300


def _html(message: ParsedMessage, _raw: bytes) -> None:
    sanitise(html_of(message)).encode()


def _marks(message: ParsedMessage, raw: bytes) -> None:
    marks_of(MAILBOX, message, raw)
    loop_of(message, MAILBOX)


READERS: dict[str, Callable[[ParsedMessage, bytes], Any]] = {
    "marks": _marks,
    "trust": _trust,
    "classify": _classify,
    "unwrap": _unwrap,
    "fold": _fold,
    "headline": _headline,
    "html": _html,
}
