"""A text's leave to run: given by its writer, not owed under the house policy, or waived with a reason."""

from datetime import datetime
from typing import cast

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone

from submissions import textdiff
from submissions.lifecycle import Actor, LifecycleError, account_of, move
from submissions.models import Basis, Forward, HousePolicy, Party, ProofRule, Revision, SignedBy, SignOff, Submission
from submissions.states import State

AGREED = ("mail", "phone")
"""How a writer may have agreed to an edited text, other than on its own page."""


class SignOffOwed(LifecycleError):
    """The writer has not agreed to this text, and the house policy says that they must."""


def text_of(submission: Submission) -> Revision:
    """Return the current text: every stored submission has one."""
    return cast("Revision", submission.current)


def proof_owed(submission: Submission, at: datetime | None = None) -> bool:
    """Whether the rules in force (at a time, or now) owe the writer a look at the current text.

    What the writer sent and nobody edited is the writer's own. Headlines are the paper's: only the body counts.
    """
    current = text_of(submission)
    own = submission.own_text()
    if current.number == own.number:
        return False
    policy = HousePolicy.objects.in_force(submission.kind, at)
    if policy.proof == ProofRule.WHEN_CHANGED:
        arrived, edited = own.body or "", current.body or ""
        cut = textdiff.cut_percent(arrived, edited)
        return cut > policy.proof_cut_percent or not textdiff.only_style_changed(arrived, edited)
    return policy.proof == ProofRule.ALWAYS


def awaits_author(submission: Submission) -> bool:
    """Whether somebody passed it on, and it is not settled whose it is or its author has not agreed."""
    forward = Forward.objects.filter(submission=submission).first()
    return forward is not None and forward.awaits_author


def standing(submission: Submission) -> SignOff | None:
    """Return what lets the current text run, or None: bound to its hash, and still true for its present kind."""
    current = text_of(submission)
    for sign_off in SignOff.objects.filter(revision=current, sha256=current.sha256).order_by("-pk"):
        if sign_off.basis != Basis.NOT_OWED or not proof_owed(submission, sign_off.at):
            return sign_off
    return None


def sign(submission: Submission, *, how: str) -> SignOff:
    """Record that the writer agreed to the current text; `how` is a code of AGREED, or "page"."""
    return _keep(submission, Basis.SIGNED, how, by=Party.WRITER)


@transaction.atomic
def make_ready(submission: Submission, *, by: Actor, expecting: int, how: str = "", waive: str = "") -> SignOff:
    """Move an accepted submission to ready, with why its text may run; return that.

    `how` ("mail" or "phone") says how the writer agreed; `waive` is the reason code of a chief editor who does without.
    Raises SignOffOwed where neither is given and one is owed, IllegalMove and StaleSubmission.
    """
    basis = _basis(submission, by, how, waive)
    move(submission, State.READY, by=by, expecting=expecting, reason=how or waive, data={"basis": basis})
    if basis == Basis.SIGNED:
        Forward.objects.filter(submission=submission, signed_by=SignedBy.AUTHOR, agreed_at=None).update(
            agreed_at=timezone.now()
        )
    return _keep(submission, basis, how or waive, by=by)


def _keep(submission: Submission, basis: Basis, how: str, *, by: Actor) -> SignOff:
    """Return the sign-off, kept once: a text that was signed off before, and came back unchanged, keeps its own."""
    current = text_of(submission)
    sign_off, _ = SignOff.objects.get_or_create(
        revision=current,
        basis=basis,
        defaults={
            "submission": submission,
            "sha256": current.sha256,
            "how": how,
            "by": account_of(by),
        },
    )
    return sign_off


def _basis(submission: Submission, by: Actor, how: str, waive: str) -> Basis:
    """Return on what the text may run. Raises SignOffOwed, and ValueError for a way to agree that there is not."""
    if how:
        if how not in AGREED:
            raise ValueError("a writer agrees by mail or by phone")
        return Basis.SIGNED
    if awaits_author(submission):
        raise SignOffOwed("Somebody passed this letter on: its author must agree first, and nobody can do without.")
    if waive:
        if not (isinstance(by, AbstractUser) and by.has_perm("submissions.waive_proof")):
            raise SignOffOwed("Only a chief editor may publish without the writer's agreement.")
        return Basis.WAIVED
    before = standing(submission)
    if before is not None:
        return Basis(before.basis)
    if proof_owed(submission):
        raise SignOffOwed("The writer must agree to the edited text first: ask by mail or phone, then say how.")
    return Basis.NOT_OWED
