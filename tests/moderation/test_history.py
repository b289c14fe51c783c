import pytest

from submissions.lifecycle import move, undo
from submissions.models import HeldFor, Kind, Party
from submissions.moderation import actions
from submissions.moderation.history import changes_since, history_of
from submissions.moderation.lapsing import LAPSED
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db


def told(submission):
    return [(line.what, line.who) for line in history_of(submission)]


def test_history_is_plain_words_newest_first(letters_editor):
    letters_editor.first_name, letters_editor.last_name = "Ada", "Editor"
    letters_editor.save()
    letter = factories.make_submission(State.QUEUED)
    by = {"by": letters_editor}
    actions.hold(letter, **by, expecting=letter.version, reason=HeldFor.CALL)
    actions.resume(letter, **by, expecting=letter.version)
    actions.edit(letter, **by, expecting=letter.version, headline="Open", body="New.", byline="W.", reason="cut")
    actions.sort(letter, **by, expecting=letter.version, kind=Kind.OPINION)
    actions.decline(letter, **by, expecting=letter.version, reason="space", subject="s", text="t")
    undo(letter, **by, expecting=letter.version)
    actions.pin(letter, **by)
    actions.unpin(letter, **by)

    assert told(letter) == [
        ("pin taken off", "Ada Editor"),
        ("pinned as a safety case", "Ada Editor"),
        ("undone, back to new", "Ada Editor"),
        ("declined: No room, with a mail", "Ada Editor"),
        ("sorted as opinion piece", "Ada Editor"),
        ("edited, revision 1", "Ada Editor"),
        ("put back", "Ada Editor"),
        ("held for a phone call", "Ada Editor"),
        ("address confirmed by link", "the writer"),
        ("screened", "the system"),
        ("received", "the writer"),
    ]


def test_lapsed_and_silent_declines_are_told_apart(letters_editor):
    silent, lapsed = factories.make_submission(State.QUEUED), factories.make_submission()
    move(lapsed, State.DECLINED, by=Party.SYSTEM, expecting=lapsed.version, reason=LAPSED)
    actions.decline(silent, by=letters_editor, expecting=silent.version, reason="gone", silent=True)
    assert told(lapsed)[0] == ("declined in silence: never confirmed", "the system")
    assert told(silent)[0] == ("declined: gone, in silence", "ada")


def test_changes_since_a_version_leave_out_what_was_seen(letters_editor):
    letter = factories.make_submission(State.QUEUED)
    seen = letter.version
    actions.shortlist(letter, by=letters_editor, expecting=seen)
    actions.add_note(letter, by=letters_editor, text="Nice.")
    assert [line.what for line in changes_since(letter, seen)] == ["shortlisted"]
