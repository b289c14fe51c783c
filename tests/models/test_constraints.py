"""Each named constraint of the database, violated once."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from submissions.models import (
    Attachment,
    ContactAddress,
    Disclaimer,
    Erasure,
    Event,
    Finding,
    Fold,
    Forward,
    HousePolicy,
    ImapAccount,
    ImapMessage,
    Kind,
    MailProbe,
    Notification,
    Paper,
    Publication,
    QueueCount,
    RawMessage,
    Reply,
    ReplyText,
    Revision,
    SignOff,
    Submission,
    Suggestion,
    Writer,
)
from submissions.states import State
from tests import factories

pytestmark = pytest.mark.django_db

NOW = timezone.now()
MODELS = list(apps.get_app_config("submissions").get_models())
NAMED = {c.name: (model, c) for model in MODELS for c in model._meta.constraints}
UNIQUE = {(m, f.name) for m in MODELS for f in m._meta.concrete_fields if f.unique and not f.primary_key}


@pytest.fixture
def rows(house):
    submission = factories.make_submission(State.QUEUED)
    return SimpleNamespace(
        submission=submission,
        revision=submission.current,
        editor=factories.make_user(),
        policy=submission.policy,
        writer=submission.writer,
    )


def publication(rows, **fields):
    sign_off = SignOff.objects.create(
        submission=rows.submission, revision=rows.revision, sha256=rows.revision.sha256, basis="not_owed"
    )
    whole = {
        "submission": rows.submission,
        "revision": rows.revision,
        "sign_off": sign_off,
        "kind": "letter",
        "disclaimers": [{"code": "general", "number": 1, "text": "The writer's own.", "placement": "foot"}],
        "year": 2026,
        "month": 7,
        "slug": "a-letter",
    }
    return Publication(**{**whole, **fields})


def policy(rows, **fields):
    whole = {"kind": "letter", "number": 2, "terms": "Mine."}
    return HousePolicy(**{**whole, **fields})


def message(**fields):
    return RawMessage(**{"door": "pipe", "kind": "letter", "sha256": "0" * 64, "size": 1, "content": b"x", **fields})


def imap_message(rows, **fields):
    account, _ = ImapAccount.objects.get_or_create(key="k")
    whole = {"account": account, "folder": "INBOX", "uidvalidity": 1, "uid": 1, "size": 1, "state": "skipped"}
    return ImapMessage(**{**whole, **fields})


def of_one_message(model):
    def make(rows):
        (row := message(outcome="reply", submission=rows.submission)).save()
        return [model(rows, row, n).save() for n in (1, 2)]

    return make


def forward(rows, **fields):
    return Forward(**{"submission": rows.submission, "how": "inline", "confidence": "high", **fields})


def suggestion(rows, **fields):
    return Suggestion(**{"submission": rows.submission, "field": "city", "value": "x", "words": "x", **fields})


def again(row, **fields):
    """The same row once more, as a new one."""
    row.pk, row._state.adding = None, True
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def other_submission(rows):
    return factories.make_submission(State.QUEUED, body="Another text.")


def sign_off(rows, **fields):
    whole = {"submission": rows.submission, "revision": rows.revision, "sha256": "0" * 64, "basis": "signed"}
    return SignOff(**{**whole, **fields})


def submission_with(**fields):
    return lambda r: Submission.objects.filter(pk=r.submission.pk).update(**fields)


def twice(make):
    return lambda r: (make(r).save(), again(make(r)).save())


# fmt: off
VIOLATIONS: dict[str, Callable[[SimpleNamespace], object]] = {
    "attachment_has_hash": lambda r: Attachment.objects.create(
        submission=r.submission, name="a.txt", media_type="text/plain", size=1, sha256=""),
    "contact_address_desk_unique": twice(lambda r: ContactAddress(desk="Letters", address="x", purpose="y")),
    "disclaimer_number_unique": lambda r: Disclaimer.objects.create(
        code="general", number=1, text="Other.", active=False),
    "disclaimer_one_active": lambda r: Disclaimer.objects.create(code="general", number=2, text="Other."),
    "disclaimer_has_text": lambda r: Disclaimer.objects.create(code="empty", text=""),
    "erasure_names_one": lambda r: Erasure.objects.create(reason="asked"),
    "erasure_has_reason": lambda r: Erasure.objects.create(submission=r.submission, reason=""),
    "event_action_known": lambda r: Event.objects.create(submission=r.submission, party="system", action="guess"),
    "event_party_named": lambda r: Event.objects.create(submission=r.submission, party="editor", action="note"),
    "finding_severity_known": lambda r: Finding.objects.create(
        submission=r.submission, revision=r.revision, policy=r.policy, rule="x", severity="odd", message="x"),
    "fold_kind_known": lambda r: Fold.objects.create(submission=r.submission, kind="odd", text="x", after=0),
    "forward_signed_by_known": lambda r: forward(r, signed_by="nobody").save(),
    "forward_confidence_known": lambda r: forward(r, confidence="some").save(),
    "forward_author_agrees": lambda r: forward(r, agreed_at=NOW).save(),
    "house_policy_number_unique": lambda r: policy(r, number=1).save(),
    "house_policy_kind_known": lambda r: policy(r, kind="unsorted").save(),
    "house_policy_words_ordered": lambda r: policy(r, min_words=300, max_words=250).save(),
    "house_policy_has_terms": lambda r: policy(r, terms="").save(),
    "imap_message_taken_once": twice(imap_message),
    "imap_message_state_known": lambda r: imap_message(r, state="lost").save(),
    "imap_message_accepted_linked": lambda r: imap_message(r, state="accepted").save(),
    "mail_probe_returned_whole": lambda r: MailProbe.objects.create(token="t", to="a@b.example", returned_at=NOW),
    "notification_state_known": lambda r: Notification.objects.create(
        key="k", template="t", message_id="m", state="lost"),
    "notification_sent_has_time": lambda r: Notification.objects.create(
        key="k", template="t", message_id="m", state="sent"),
    "paper_is_one": lambda r: Paper.objects.create(pk=2, name="Second", reply_address="a@example.org"),
    "publication_address_unique": lambda r: (
        publication(r).save(), again(publication(SimpleNamespace(submission=(o := other_submission(r)),
                                                                 revision=o.current))).save()),
    "publication_one_live": lambda r: ((first := publication(r)).save(), again(first, slug="b-letter").save()),
    "publication_has_disclaimers": lambda r: publication(r, disclaimers=[]).save(),
    "publication_kind_sorted": lambda r: publication(r, kind="unsorted").save(),
    "publication_month": lambda r: publication(r, month=13).save(),
    "publication_retraction_has_reason": lambda r: publication(r, retracted_at=NOW).save(),
    "queue_count_unique": lambda r: QueueCount.objects.create(kind="letter", state="queued"),
    "queue_count_not_negative": lambda r: QueueCount.objects.update(count=-1),
    "raw_message_outcome_known": lambda r: message(outcome="lost").save(),
    "raw_message_outcome_linked": lambda r: message(outcome="submission").save(),
    "raw_message_identity_unique": twice(lambda r: message(identity="1" * 64, outcome="loop", reason="x")),
    "raw_message_quarantine_reason": lambda r: message(outcome="quarantine").save(),
    "revision_number_unique": lambda r: Revision.objects.create(submission=r.submission, number=0, body="x"),
    "revision_edit_has_editor": lambda r: Revision.objects.create(submission=r.submission, number=1, body="x"),
    "revision_has_hash": lambda r: Revision.objects.bulk_create([Revision(submission=r.submission, number=0)]),
    "sign_off_basis_once": twice(sign_off),
    "sign_off_basis_known": lambda r: sign_off(r, basis="guessed").save(),
    "sign_off_waiver_has_reason": lambda r: sign_off(r, basis="waived", by=r.editor).save(),
    "submission_state_known": submission_with(state="nowhere"),
    "submission_kind_known": submission_with(kind="poem"),
    "submission_channel_known": submission_with(channel="fax"),
    "submission_came_from": submission_with(came_from="queued"),
    "submission_scheduled_has_time": submission_with(state="scheduled"),
    "submission_held_has_reason": submission_with(state="held", came_from="queued"),
    "suggestion_field_known": lambda r: suggestion(r, field="age").save(),
    "suggestion_one_a_field": twice(suggestion),
    "writer_email_unique": lambda r: Writer.objects.create(email=r.writer.email),
    "writer_email_null_or_given": lambda r: Writer.objects.create(email=""),
    "writer_confirmed_how": lambda r: Writer.objects.create(confirmed_at=NOW),
}
SAME_TWICE: dict[tuple[type[models.Model], str], Callable[[SimpleNamespace], object]] = {
    (Forward, "submission"): twice(forward),
    (ImapAccount, "key"): twice(lambda r: ImapAccount(key="k")),
    (ImapMessage, "raw_message"): of_one_message(
        lambda r, row, n: imap_message(r, uid=n, state="moved", raw_message=row)),
    (MailProbe, "token"): twice(lambda r: MailProbe(token="t", to="a@b.example")),
    (MailProbe, "message"): of_one_message(
        lambda r, row, n: MailProbe(token=str(n), to="a@b.example", returned_at=NOW, message=row)),
    (Reply, "message"): lambda r: (
        (row := message(outcome="reply", submission=r.submission)).save(),
        [Reply.objects.create(submission=r.submission, message=row, by_writer=True) for _ in "ab"]),
    (Notification, "key"): twice(lambda r: Notification(key="k", template="t", message_id=str(id(object())))),
    (Notification, "message_id"): lambda r: [
        Notification.objects.create(key=key, template="t", message_id="m") for key in "ab"],
    (ReplyText, "code"): lambda r: ReplyText.objects.create(code="space", label="x", subject="x", text="x"),
    (Submission, "reference"): lambda r: Submission.objects.filter(pk=other_submission(r).pk).update(
        reference=r.submission.reference),
    (Submission, "identity"): lambda r: Submission.objects.filter(pk=other_submission(r).pk).update(
        identity=r.submission.identity),
    (Submission, "current"): lambda r: Submission.objects.filter(pk=other_submission(r).pk).update(
        current=r.revision),
}
# fmt: on


def told_by_the_database(model, columns, name):
    """What the error names: SQLite names the columns of a unique constraint, everything else the constraint."""
    if connection.vendor == "sqlite" and columns:
        return "UNIQUE constraint failed: " + ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    return name


@pytest.mark.parametrize("name", NAMED)
def test_named_constraint_refuses(rows, name):
    model, constraint = NAMED[name]
    columns = [model._meta.get_field(field).column for field in getattr(constraint, "fields", [])]

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        VIOLATIONS[name](rows)

    assert told_by_the_database(model, columns, name) in str(refusal.value)


@pytest.mark.parametrize(("model", "field"), sorted(UNIQUE, key=str))
def test_unique_field_refuses_the_same_twice(rows, model, field):
    column = model._meta.get_field(field).column
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        SAME_TWICE[model, field](rows)
    assert f"{model._meta.db_table}{'.' if connection.vendor == 'sqlite' else '_'}{column}" in str(refusal.value)


def test_no_violation_is_left_over():
    assert set(VIOLATIONS) == set(NAMED)
    assert set(SAME_TWICE) == UNIQUE


def test_unsorted_piece_keeps_the_letters_rules(house):
    assert HousePolicy.objects.in_force(Kind.UNSORTED).kind == Kind.LETTER
