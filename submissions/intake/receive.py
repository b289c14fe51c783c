"""The one door: whatever comes in by web, email or desk becomes a submission here, durable before anybody is told."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from submissions import storage
from submissions.doorbell import ring
from submissions.lifecycle import Actor, begin
from submissions.models import (
    AiUse,
    Attachment,
    Channel,
    Finding,
    HousePolicy,
    Kind,
    Noticed,
    Revision,
    Role,
    Submission,
    Writer,
)
from submissions.models.revision import normalised_hash


@dataclass(frozen=True, kw_only=True)
class File:
    """A file as it came; `media_type` is what its bytes say."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What a door hands over. `identity` (64 hex digits) makes a repeat of the same the same submission."""

    identity: str
    kind: Kind
    channel: Channel
    body: str
    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    headline: str = ""
    in_response_to: str = ""
    role: Role = Role.NONE
    interests: str = ""
    paid_by: str = ""
    ai_use: AiUse | str = ""
    exclusive: bool | None = None
    consented: bool = False
    files: tuple[File, ...] = ()
    findings: tuple[Noticed, ...] = field(default=())
    received_at: datetime | None = None


def receive(arrival: Arrival, *, by: Actor) -> tuple[Submission, bool]:
    """Store an arrival and ring screening; return its submission and whether it is new.

    When the outermost transaction commits, the files and the text are durable. A second arrival with the same identity
    stores nothing and returns the first one's submission. Raises OSError or DatabaseError when the disk or the database
    cannot take it; then nothing of it is stored in the database.
    """
    known = Submission.objects.filter(identity=arrival.identity).first()
    if known is not None:
        return known, False
    kept = [(file, storage.keep(file.content)) for file in arrival.files]
    with transaction.atomic():
        submission, new = begin(_submission(arrival), _revision(arrival), by=by)
        if new:
            _keep_files(submission, kept)
            _keep_findings(submission, arrival.findings)
            ring("screening")
        else:
            transaction.set_rollback(True)  # nothing of a repeat stays, not even a writer
    return submission, new


def _submission(arrival: Arrival) -> Submission:
    now = arrival.received_at or timezone.now()
    return Submission(
        identity=arrival.identity,
        kind=arrival.kind,
        channel=arrival.channel,
        received_at=now,
        state_since=now,
        writer=_writer(arrival),
        name=arrival.name,
        email=arrival.email,
        phone=arrival.phone,
        address=arrival.address,
        city=arrival.city,
        region=arrival.region,
        role=arrival.role,
        interests=arrival.interests,
        paid_by=arrival.paid_by,
        ai_use=arrival.ai_use,
        exclusive=arrival.exclusive,
        policy=HousePolicy.objects.in_force(arrival.kind),
        consented_at=now if arrival.consented else None,
        text_hash=normalised_hash(arrival.body),
    )


def _revision(arrival: Arrival) -> Revision:
    return Revision(
        headline=arrival.headline,
        body=arrival.body,
        byline=", ".join(part for part in (arrival.name, arrival.city) if part),
        in_response_to=arrival.in_response_to,
    )


def _writer(arrival: Arrival) -> Writer:
    """Return the writer: by address, else by phone and name, else a new one. Nothing known of them is overwritten."""
    details = {name: getattr(arrival, name) for name in ("name", "phone", "address", "city", "region")}
    if arrival.email:
        try:
            return Writer.objects.get_or_create(email=arrival.email.casefold(), defaults=details)[0]
        except IntegrityError:
            return Writer.objects.get(email=arrival.email.casefold())
    known = Writer.objects.filter(email=None, phone=arrival.phone, name__iexact=arrival.name).order_by("pk").first()
    return (known if arrival.phone else None) or Writer.objects.create(**details)


def _keep_files(submission: Submission, kept: list[tuple[File, str]]) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            submission=submission,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=name.partition("/")[2],
            file=name,
        )
        for file, name in kept
    )


def _keep_findings(submission: Submission, findings: tuple[Noticed, ...]) -> None:
    Finding.objects.bulk_create(
        Finding(submission=submission, revision=submission.current, policy=submission.policy, **vars(noticed))
        for noticed in findings
    )
