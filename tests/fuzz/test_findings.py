from random import Random

import pytest

from tests.fuzz import readers
from tests.fuzz.findings import Trouble, keep, shrunk, trouble_of
from tests.fuzz.mutations import LARGEST, Mutator
from tests.intake.email.mails import mail

pytestmark = pytest.mark.django_db

RAW = mail("Keep it.\r\n" * 50 + "POISON\r\n" + "Open.\r\n" * 50)


@pytest.fixture
def poisoned(monkeypatch):
    """A reader that fails at one word, and one that never ends at another."""

    def read(message, _raw):
        if "POISON" in message.body:
            raise KeyError
        while "SLEEP" in message.body:
            pass

    monkeypatch.setattr(readers, "READERS", {"poisoned": read})


def test_a_letter_is_no_trouble():
    assert trouble_of(mail()) is None


def test_what_a_reader_raises_is_told_by_its_place(poisoned):
    assert trouble_of(RAW) == Trouble("poisoned", "KeyError", "test_findings.py:read")


def test_what_takes_too_long_is_stopped(poisoned, monkeypatch):
    monkeypatch.setattr(readers, "SECONDS", 0.05)
    found = trouble_of(mail("SLEEP"))
    assert found
    assert (found.reader, found.error) == ("poisoned", "TooSlow")


def test_a_finding_is_made_smaller_and_kept_once(poisoned, tmp_path):
    trouble = trouble_of(RAW)
    small = shrunk(RAW, trouble, 10)
    assert [keep(tmp_path, trouble, small), keep(tmp_path, trouble, RAW)] == [True, False]
    assert tmp_path.joinpath(f"{trouble.name}.eml").read_bytes() == small
    assert small.strip() == b"POISON"
    assert trouble_of(small) == trouble


def test_a_seed_makes_the_same_messages_again():
    first, second = (Mutator(Random(7), [RAW]) for _ in range(2))
    made = [first.fresh() for _ in range(50)]
    assert made == [second.fresh() for _ in range(50)]
    assert max(map(len, made)) < LARGEST
    assert len(set(made)) > 25
