"""Rows for tests, whole by default. Submissions come in by the one door, so their history and counts are true."""

import uuid
from datetime import UTC, datetime

from django.contrib.auth.models import Group, User

from submissions.intake.receive import Arrival, receive
from submissions.lifecycle import move
from submissions.models import (
    Channel,
    ConfirmedHow,
    Disclaimer,
    HousePolicy,
    Kind,
    Paper,
    Party,
    ReplyText,
    Submission,
    Writer,
)
from submissions.moderation.verification import confirm
from submissions.permissions import install_groups
from submissions.states import State

TEXT = (
    "The footbridge over the tracks was closed without a word to those who walk it every day.\n\n"
    "An inspection takes a week. The fence has a lock meant for years."
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
"""Before any day to which a test travels: the rules were in force then."""

PATHS = {
    State.UNCONFIRMED: [],
    State.QUEUED: [State.QUEUED],
    State.SPAM: [State.SPAM],
    State.SHORTLISTED: [State.QUEUED, State.SHORTLISTED],
    State.ACCEPTED: [State.QUEUED, State.ACCEPTED],
    State.READY: [State.QUEUED, State.ACCEPTED, State.READY],
    State.DECLINED: [State.QUEUED, State.DECLINED],
}


def make_house() -> None:
    """The paper, a policy for each kind, one disclaimer and one reply text."""
    Paper.objects.get_or_create(pk=1, defaults={"name": "Wyoming Star", "reply_address": "letters@wyomingstar.example"})
    for kind, words in ((Kind.LETTER, 250), (Kind.OPINION, 800)):
        if not HousePolicy.objects.filter(kind=kind).exists():
            HousePolicy.objects.create(
                kind=kind,
                number=1,
                in_force_from=LONG_AGO,
                max_words=words,
                required_fields=["name", "city"],
                attachment_types=["image/jpeg", "image/png", "application/pdf", "text/plain"],
                rules_text=[f"{words} words or fewer"],
                terms="The text is my own work, and you may edit and publish it under my name.",
            )
    Disclaimer.objects.get_or_create(code="general", number=1, defaults={"text": "The views are the writer's own."})
    ReplyText.objects.get_or_create(
        code="space", defaults={"label": "No room", "subject": "Your letter", "text": "We had no room for it."}
    )


def make_user(group: str = "Letters editor", name: str = "") -> User:
    """A staff account in one group; "superuser" makes one of those."""
    if not Group.objects.exists():  # a flush took them
        install_groups()
    name = name or group.split()[0].lower()
    user = User.objects.create(username=name, email=f"{name}@wyomingstar.example", is_staff=True)
    if group == "superuser":
        user.is_superuser = True
        user.save()
    else:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_arrival(**fields: object) -> Arrival:
    """A letter by web form, unless told otherwise."""
    defaults: dict[str, object] = {
        "identity": uuid.uuid4().hex * 2,
        "kind": Kind.LETTER,
        "channel": Channel.WEB,
        "name": "W. Prairie",
        "email": "w.prairie@example.org",
        "city": "Laramie",
        "headline": "Keep the footbridge open",
        "body": TEXT,
        "consented": True,
    }
    return Arrival(**{**defaults, **fields})  # type: ignore[arg-type]


def make_submission(
    state: State = State.UNCONFIRMED, *, by: User | Party = Party.SYSTEM, **fields: object
) -> Submission:
    """A submission that walked to its state by legal moves; beyond unconfirmed its writer is confirmed."""
    if state == State.UNCONFIRMED and Writer.objects.filter(confirmed_how=ConfirmedHow.LINK).exists():
        fields.setdefault("email", f"{uuid.uuid4().hex}@example.org")  # what a confirmed writer sends is never that
    submission, _ = receive(make_arrival(**fields), by=Party.WRITER)
    if state == State.RECEIVED:
        return submission
    if state == State.SPAM:
        move(submission, State.SPAM, by=by, expecting=submission.version)
        return submission
    move(submission, State.UNCONFIRMED, by=Party.SYSTEM, expecting=submission.version)
    if state != State.UNCONFIRMED:
        confirm(submission.writer, ConfirmedHow.LINK, by=Party.WRITER)
        submission.refresh_from_db()
    for step in PATHS[state][1:]:
        move(submission, step, by=by, expecting=submission.version)
    return submission
