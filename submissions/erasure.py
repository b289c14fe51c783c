"""Removing content: the leave to do so is recorded first, hashes and ids stay, a legal hold refuses it."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from submissions import storage
from submissions.lifecycle import LifecycleError, record
from submissions.models import (
    Attachment,
    Erasure,
    Finding,
    Fold,
    Forward,
    Note,
    Notification,
    Party,
    RawMessage,
    Reply,
    Submission,
    Suggestion,
)
from submissions.states import Action


class OnLegalHold(LifecycleError):
    """The content must be kept."""


@transaction.atomic
def erase(submission: Submission, *, by: AbstractBaseUser | None, reason: str) -> Erasure:
    """Replace all that a submission's sender gave us by nothing; `reason` is a code. Raises OnLegalHold.

    Text, mails as they arrived, files and contact details go; the history, the hashes and the ids stay. Files leave the
    disk once the transaction commits, unless another submission holds the same bytes.
    """
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.legal_hold:
        raise OnLegalHold("This submission is on legal hold: a chief editor must lift the hold first.")
    erasure = Erasure.objects.create(submission=submission, by=by, reason=reason)  # type: ignore[misc]
    submission.revisions.update(headline=None, body=None, byline=None, in_response_to=None)
    files = {
        *submission.attachments.values_list("file", flat=True),
        *submission.messages.values_list("file", flat=True),
    }
    submission.messages.update(envelope_from=None, envelope_to=None, extension=None, content=None, file=None, trust={})
    submission.attachments.update(file=None, name="erased")
    Finding.objects.filter(submission=submission).delete()
    for beside in (Note, Fold, Suggestion, Forward):
        beside.objects.filter(submission=submission).delete()
    Reply.objects.filter(submission=submission).update(name="", address="", subject="", text="", folded="")
    Notification.objects.filter(submission=submission).cancel_unleased()
    Notification.objects.filter(submission=submission).update(to=None, subject="", text="")
    Submission.objects.filter(pk=submission.pk).update(
        name="", email="", phone="", address="", city="", region="", interests="", paid_by=""
    )
    record(submission, Action.ERASE, by=by or Party.SYSTEM, data={"erasure": erasure.pk, "reason": reason})
    transaction.on_commit(lambda: _unlink({name for name in files if name}))
    return erasure


def _unlink(names: set[str]) -> None:
    """Remove stored files that nothing refers to any more."""
    still = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
    still |= set(RawMessage.objects.filter(file__in=names).values_list("file", flat=True))
    for name in names - still:
        storage.path_of(name).unlink(missing_ok=True)
