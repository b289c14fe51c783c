import pytest
from django.core.signing import Signer

from submissions.models import Paper
from submissions.notifications.loop import is_ours, mark

PAPER = Paper(name="Star", reply_address="letters@wyomingstar.example")


def test_our_mark_is_known_also_when_folded():
    assert is_ours(mark(PAPER))
    assert is_ours(mark(PAPER).replace(":", ":\r\n "))


OTHERS = ["", "wyomingstar.example", "wyomingstar.example:forged", pytest.param(Signer().sign("x.example"), id="salt")]


@pytest.mark.parametrize("value", OTHERS)
def test_other_marks_are_not_ours(value):
    assert not is_ours(value)


def test_another_installations_mark_is_not_ours(settings):
    ours = mark(PAPER)
    settings.SECRET_KEY = "another"
    assert not is_ours(ours)
