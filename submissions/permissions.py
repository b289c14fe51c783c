"""Who may fetch what: the one way to load a protected row."""

from django.contrib.auth.models import AbstractUser, AnonymousUser, Group, Permission
from django.db.models import QuerySet
from django.http import Http404

from submissions.models import Attachment, Kind, RawMessage, Submission, Writer

User = AbstractUser | AnonymousUser

MODERATE = {Kind.LETTER: "moderate_letter", Kind.OPINION: "moderate_opinion", Kind.UNSORTED: "moderate_unsorted"}

EDITOR = ["view_submission", "change_submission", "publish_submission", "moderate_unsorted"]
CHIEF = [*EDITOR, "moderate_letter", "moderate_opinion", "retract_submission", "waive_proof"]
HOUSE = [
    *(f"{verb}_{noun}" for verb in ("view", "add", "change") for noun in ("housepolicy", "disclaimer")),
    *(f"{verb}_{noun}" for verb in ("view", "add", "change", "delete") for noun in ("replytext", "contactaddress")),
    *("view_paper", "change_paper", "view_rawmessage", "change_rawmessage", "view_notification", "change_notification"),
    *("view_writer", "view_publication", "view_event", "view_erasure"),
]
GROUPS = {
    "Letters editor": [*EDITOR, "moderate_letter"],
    "Opinion editor": [*EDITOR, "moderate_opinion"],
    "Chief editor": [*CHIEF, *HOUSE],
    "Administrator": [*HOUSE, "view_user", "add_user", "change_user", "view_group"],
}
"""What each group may do, by codename."""


def install_groups() -> None:
    """Make the groups and give each exactly its permissions; may be called any number of times."""
    for name, codenames in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(
            Permission.objects.filter(codename__in=codenames, content_type__app_label__in=["submissions", "auth"])
        )


def kinds_for(user: User) -> list[Kind]:
    """Return the kinds of submission that an account may see and judge."""
    if not user.is_active or not user.is_staff:
        return []
    return [kind for kind, codename in MODERATE.items() if user.has_perm(f"submissions.{codename}")]


def submissions_for(user: User) -> QuerySet[Submission]:
    """Return the submissions that an account may see and judge."""
    return Submission.objects.filter(kind__in=kinds_for(user))


def get_submission(user: User, pk: int | str) -> Submission:
    """Return one submission with its writer and text; raises Http404 where there is none or it is not theirs to see."""
    found = (
        submissions_for(user).filter(pk=pk).select_related("writer", "current", "policy", "assignee").first()
        if str(pk).isdigit()
        else None
    )
    if found is None:
        raise Http404("No such submission.")
    return found


def writers_for(user: User) -> QuerySet[Writer]:
    """Return the writers of whom an account may see at least one submission."""
    return Writer.objects.filter(submissions__kind__in=kinds_for(user)).distinct()


def get_attachment(user: User, pk: int) -> Attachment:
    """Return one attachment; raises Http404 where its submission is not theirs to see."""
    found = Attachment.objects.filter(pk=pk, submission__in=submissions_for(user)).first()
    if found is None:
        raise Http404("No such file.")
    return found


def messages_for(user: User) -> QuerySet[RawMessage]:
    """Return the raw messages of visible submissions; with permission to view raw messages also those of none."""
    linked = RawMessage.objects.filter(submission__in=submissions_for(user))
    if user.has_perm("submissions.view_rawmessage"):
        return linked | RawMessage.objects.filter(submission=None)
    return linked


def get_message(user: User, pk: int) -> RawMessage:
    """Return one raw message; raises Http404 where it is not theirs to see."""
    found = messages_for(user).filter(pk=pk).first()
    if found is None:
        raise Http404("No such message.")
    return found
