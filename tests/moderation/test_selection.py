from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from submissions.models import Channel, Finding, Kind, Severity
from submissions.moderation.selection import Cursor, Selection
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def queued(minutes: int = 0, **fields):
    return factories.make_submission(State.QUEUED, received_at=NOON - timedelta(minutes=minutes), **fields)


def found(user, **fields):
    return Selection(user=user, **fields).page()[0]


def test_cursor_survives_the_address():
    cursor = Cursor(NOON.replace(microsecond=123456), 42)
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "x", "12", "12-", "-3", "1" * 39, "9" * 30 + "-1", "٣-1"])
def test_cursor_of_nonsense_is_none(text):
    assert Cursor.parse(text) is None


def test_parse_leaves_out_what_is_not_theirs(letters_editor):
    data = QueryDict("queue=nowhere&kind=opinion&channel=fax&severity=stop&q=%00 bridge &order=oldest")
    assert Selection.parse(data, letters_editor) == Selection(
        user=letters_editor, severity="stop", q="bridge", order="oldest"
    )


def test_address_names_what_narrows_it(letters_editor):
    selection = Selection(user=letters_editor, queue="held", channel="email")
    assert selection.address(kind="letter") == "queue=held&kind=letter&channel=email"


def test_newest_come_first_unless_asked_otherwise(letters_editor):
    old, new = queued(20), queued(10)
    assert found(letters_editor) == [new.pk, old.pk]
    assert found(letters_editor, order="oldest") == [old.pk, new.pk]


@pytest.mark.parametrize("order", ["", "oldest"])
def test_pages_follow_one_another_there_and_back(chief, order):
    moments = [queued(minute // 2, kind=[Kind.LETTER, Kind.OPINION][minute % 2]) for minute in range(7)]
    whole = found(chief, order=order)
    selection, by_pk = Selection(user=chief, order=order), {item.pk: item for item in moments}

    first, more = selection.page(limit=3)
    second, more_still = selection.page(after=Cursor.of(by_pk[first[-1]]), limit=3)
    back, none_before = selection.page(before=Cursor.of(by_pk[second[0]]), limit=3)

    assert (first + second, more, more_still) == (whole[:6], True, True)
    assert (back, none_before) == (first, False)


def test_rows_of_the_same_moment_are_each_shown_once(letters_editor):
    same = [queued() for _ in range(3)]
    selection = Selection(user=letters_editor)
    ids, _ = selection.page(limit=1)
    ids += selection.page(after=Cursor(NOON, ids[0]))[0]
    assert ids == [item.pk for item in reversed(same)]


def test_kinds_that_are_not_theirs_are_nowhere(letters_editor, opinion_editor):
    letter, piece = queued(), queued(kind=Kind.OPINION)
    unsorted = queued(kind=Kind.UNSORTED)
    assert set(found(letters_editor, queue="all")) == {letter.pk, unsorted.pk}
    assert set(found(opinion_editor, queue="all")) == {piece.pk, unsorted.pk}
    assert found(letters_editor, queue="unsorted") == [unsorted.pk]
    assert found(letters_editor, queue="all", q="footbridge", kind="letter") == [letter.pk]


def test_nobody_without_kinds_finds_anything(house):
    queued()
    administrator = factories.make_user("Administrator")
    assert found(administrator, queue="all") == []
    assert Selection(user=administrator).oldest() is None


def test_mine_is_what_i_claimed_and_is_open(letters_editor):
    mine = queued()
    mine.assignee = letters_editor
    mine.save(update_fields=["assignee"])
    queued()
    assert found(letters_editor, queue="mine") == [mine.pk]


def test_filters_narrow(letters_editor):
    plain = queued(channel=Channel.EMAIL)
    flagged = queued(channel=Channel.WEB)
    Finding.objects.create(
        submission=flagged, revision=flagged.current, policy=flagged.policy, rule="links", severity=Severity.WARN
    )
    assert found(letters_editor, channel="email") == [plain.pk]
    assert found(letters_editor, rule="links") == [flagged.pk]
    assert found(letters_editor, severity="stop") == []
    assert found(letters_editor, rule="links", severity="warn") == [flagged.pk]


def test_filter_by_confirmation(letters_editor):
    confirmed, reopened = queued(), queued(email="o.sage@example.org")
    reopened.writer.confirmed_at, reopened.writer.confirmed_how = None, ""
    reopened.writer.save()
    assert found(letters_editor, confirmed="yes") == [confirmed.pk]
    assert found(letters_editor, confirmed="no") == [reopened.pk]


@pytest.mark.parametrize(
    "text", ["footbridge OPEN", "a lock meant", "PRAIRIE", "w.prairie@", "307 555-0134", "{reference}"]
)
def test_search_finds_by_words_writer_phone_and_reference(letters_editor, text):
    letter = queued(phone="+13075550134")
    queued(headline="Snow", body="Snow fell.", name="O. Sage", email="o.sage@example.org")
    assert found(letters_editor, queue="all", q=text.format(reference=str(letter).lower())) == [letter.pk]


def test_search_takes_signs_literally(letters_editor):
    queued()
    assert found(letters_editor, queue="all", q="100%") == []
    assert found(letters_editor, queue="all", q="_") == []


def test_oldest_is_across_kinds(chief):
    queued(5)
    old = queued(90, kind=Kind.OPINION)
    assert Selection(user=chief).oldest() == old.received_at
    assert Selection(user=chief, queue="spam").oldest() is None
    assert timezone.is_aware(old.received_at)
