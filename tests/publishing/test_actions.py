from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from submissions.lifecycle import IllegalMove, LifecycleError, StaleSubmission
from submissions.models import Disclaimer, Notification, Owed, Publication, QueueCount, Submission
from submissions.publishing import actions
from submissions.publishing.actions import publish, retract, schedule, unschedule
from submissions.publishing.gate import NotPublishable
from submissions.states import Action, State
from tests.factories import make_submission, make_user
from tests.publishing.pieces import make_publication, make_ready_piece

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def editor():
    return make_user("Letters editor")


@pytest.fixture
def piece():
    return make_ready_piece()


def test_publish_freezes_the_signed_text_and_its_disclaimers(piece, editor):
    publication = publish(piece, by=editor, expecting=piece.version)

    today = timezone.localdate()
    assert publication.revision == piece.current
    assert publication.sign_off.sha256 == piece.current.sha256
    assert [d["code"] for d in publication.disclaimers] == ["general"]
    assert (publication.year, publication.month, publication.kind) == (today.year, today.month, "letter")
    assert publication.slug == "keep-the-footbridge-open"


def test_publish_moves_the_submission_and_writes_who_did_it(piece, editor):
    publish(piece, by=editor, expecting=piece.version)

    event = piece.events.last()
    assert piece.state == State.PUBLISHED
    assert (event.action, event.user, event.data["revision"]) == (Action.PUBLISH, editor, 0)
    assert QueueCount.objects.get(kind="letter", state=State.PUBLISHED).count == 1


def test_publish_tells_the_writer_once(piece, editor):
    publication = publish(piece, by=editor, expecting=piece.version)

    owed = Notification.objects.get(template="published")
    assert (owed.to, owed.key) == ("w.prairie@example.org", f"published:{publication.pk}")
    assert owed.event == piece.events.last()


def test_publish_names_a_piece_without_headline_after_its_writer(editor):
    piece = make_ready_piece(headline="")

    assert publish(piece, by=editor, expecting=piece.version).slug == "letter-w-prairie-laramie"


def test_publish_twice_is_one_publication(piece, editor):
    version = piece.version
    stale = Submission.objects.get(pk=piece.pk)
    first = publish(piece, by=editor, expecting=version)

    assert publish(piece, by=editor, expecting=piece.version) == first
    assert publish(stale, by=editor, expecting=version) == first
    assert stale.state == State.PUBLISHED
    assert Notification.objects.filter(template="published").count() == 1


def test_publish_refuses_a_decision_on_an_older_text(piece, editor):
    with pytest.raises(StaleSubmission):
        publish(piece, by=editor, expecting=piece.version - 1)

    assert not Publication.objects.exists()


def test_publish_refuses_with_reasons_and_changes_nothing(piece, editor):
    Disclaimer.objects.update(active=False)

    with pytest.raises(NotPublishable, match="No disclaimer applies"):
        publish(piece, by=editor, expecting=piece.version)

    piece.refresh_from_db()
    assert piece.state == State.READY
    assert not Publication.objects.exists()
    assert not Notification.objects.filter(template="published").exists()


def test_publish_refuses_what_is_not_ready(editor):
    queued = make_submission(State.QUEUED)

    with pytest.raises(NotPublishable, match="no sign-off"):
        publish(queued, by=editor, expecting=queued.version)


def test_publish_is_all_or_nothing(piece, editor, monkeypatch):
    def broken(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(actions.outbox, "queue", broken)

    with pytest.raises(DatabaseError):
        publish(piece, by=editor, expecting=piece.version)

    assert not Publication.objects.exists()
    assert Disclaimer.objects.get().used_at is None
    assert Submission.objects.get().state == State.READY


def test_publish_takes_the_next_address_when_another_was_quicker(piece, editor, monkeypatch):
    make_publication()
    answers = iter(["keep-the-footbridge-open", "keep-the-footbridge-open-2"])
    monkeypatch.setattr(actions, "slug_for", lambda *_args: next(answers))

    assert publish(piece, by=editor, expecting=piece.version).slug == "keep-the-footbridge-open-2"


def test_publish_gives_up_without_a_free_address(piece, editor, monkeypatch):
    make_publication()
    monkeypatch.setattr(actions, "slug_for", lambda *_args: "keep-the-footbridge-open")

    with pytest.raises(NotPublishable, match="try again"):
        publish(piece, by=editor, expecting=piece.version)


def test_ran_in_counts_as_published_and_has_no_page(piece, editor, client):
    publication = publish(piece, by=editor, expecting=piece.version, ran_in=" Page 4,\n23 November ")

    assert publication.ran_in == "Page 4, 23 November"
    assert piece.state == State.PUBLISHED
    assert client.get(publication.get_absolute_url()).status_code == 404
    assert not Publication.objects.live().exists()


def test_schedule_sets_a_time_to_come(piece, editor):
    at = timezone.now() + timedelta(hours=2)

    schedule(piece, by=editor, expecting=piece.version, at=at)

    assert (piece.state, piece.scheduled_for) == (State.SCHEDULED, at)


def test_schedule_refuses_a_time_that_has_passed(piece, editor):
    with pytest.raises(IllegalMove, match="has passed"):
        schedule(piece, by=editor, expecting=piece.version, at=timezone.now())


def test_schedule_refuses_what_could_not_go_out(piece, editor):
    Disclaimer.objects.update(active=False)

    with pytest.raises(NotPublishable):
        schedule(piece, by=editor, expecting=piece.version, at=timezone.now() + timedelta(hours=2))


def test_unschedule_makes_it_ready_again(piece, editor):
    schedule(piece, by=editor, expecting=piece.version, at=timezone.now() + timedelta(hours=2))

    unschedule(piece, by=editor, expecting=piece.version)

    assert (piece.state, piece.scheduled_for) == (State.READY, None)


def test_scheduled_piece_can_be_published_at_once(piece, editor):
    schedule(piece, by=editor, expecting=piece.version, at=timezone.now() + timedelta(hours=2))

    publish(piece, by=editor, expecting=piece.version)

    assert (piece.state, piece.scheduled_for) == (State.PUBLISHED, None)


def test_retract_keeps_the_reason_with_the_piece_and_out_of_the_history(editor):
    publication = make_publication()

    event = retract(publication, by=editor, reason="It was not\nwritten by its signer.")

    assert publication.retraction_reason == "It was not written by its signer."
    assert publication.retracted_at is not None
    assert publication.submission.state == State.RETRACTED
    assert "signer" not in str(event.data)


def test_retract_cancels_the_news_that_has_not_left(editor):
    publication = make_publication()

    retract(publication, by=editor, reason="An error.")

    assert Notification.objects.get(template="published").state == Owed.CANCELLED


def test_retract_needs_a_reason(editor):
    with pytest.raises(LifecycleError, match="Say why"):
        retract(make_publication(), by=editor, reason=" ")


def test_retract_twice_is_refused(editor):
    publication = make_publication()
    retract(publication, by=editor, reason="An error.")

    with pytest.raises(IllegalMove, match="before"):
        retract(publication, by=editor, reason="Another error.")

    assert Publication.objects.get().retraction_reason == "An error."
