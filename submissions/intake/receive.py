"""The one door: whatever comes in by web, email or desk becomes a submission here, durable before anybody is told."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils import timezone

from submissions import storage
from submissions.doorbell import ring
from submissions.intake.arrival import Arrival, File
from submissions.intake.writers import writers_of
from submissions.lifecycle import Actor, begin
from submissions.models import Attachment, Finding, HousePolicy, Revision, Submission, Writer
from submissions.models.revision import byline_of, normalised_hash

__all__ = ["Arrival", "File", "add_files", "receive", "receive_all"]


def receive(arrival: Arrival, *, by: Actor) -> tuple[Submission, bool]:
    """Store an arrival and ring screening; return its submission and whether it is new.

    When the outermost transaction commits, the files and the text are durable. A second arrival with the same identity
    stores nothing and returns the first one's submission. Raises OSError or DatabaseError when the disk or the database
    cannot take it; then nothing of it is stored in the database.
    """
    try:
        return receive_all([arrival], by=by)[0], True
    except IntegrityError:
        known = Submission.objects.filter(identity=arrival.identity).first()
        if known is None:
            raise
        return known, False


def receive_all(arrivals: Sequence[Arrival], *, by: Actor) -> list[Submission]:
    """Store new arrivals in one transaction and ring screening once; return their submissions in the same order.

    Raises IntegrityError where one of them is known already, and what `receive` raises; then none of them is stored.
    """
    kept = [[(file, storage.keep(file.content)) for file in arrival.files] for arrival in arrivals]
    with transaction.atomic():
        writers = writers_of(arrivals)
        rules = {kind: HousePolicy.objects.in_force(kind) for kind in {arrival.kind for arrival in arrivals}}
        pieces = [
            (_submission(arrival, writer, arrival.policy or rules[arrival.kind]), _revision(arrival))
            for arrival, writer in zip(arrivals, writers, strict=True)
        ]
        submissions = begin(pieces, by=by)
        _keep_files(zip(submissions, kept, strict=True))
        _keep_findings(zip(submissions, arrivals, strict=True))
        ring("screening")
    return submissions


def _submission(arrival: Arrival, writer: Writer, policy: HousePolicy) -> Submission:
    now = arrival.received_at or timezone.now()
    return Submission(
        identity=arrival.identity,
        kind=arrival.kind,
        channel=arrival.channel,
        received_at=now,
        state_since=now,
        writer=writer,
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
        policy=policy,
        consented_at=now if arrival.consented else None,
        text_hash=normalised_hash(arrival.body),
    )


def _revision(arrival: Arrival) -> Revision:
    return Revision(
        headline=arrival.headline,
        body=arrival.body,
        byline=byline_of(arrival.name, arrival.city),
        in_response_to=arrival.in_response_to,
    )


def add_files(submission: Submission, files: Iterable[File], *, label: str) -> None:
    """Store files that came later, with a reply; must run in a transaction. Raises what `receive` raises."""
    _keep_files([(submission, [(replace(file, label=label), storage.keep(file.content)) for file in files])])


def _keep_files(kept: Iterable[tuple[Submission, list[tuple[File, str]]]]) -> None:
    rows = [
        Attachment(
            submission=submission,
            name=file.name,
            label=file.label,
            media_type=file.media_type,
            size=len(file.content),
            sha256=name.partition("/")[2],
            file=name,
        )
        for submission, files in kept
        for file, name in files
    ]
    Attachment.objects.bulk_create(rows)


def _keep_findings(arrived: Iterable[tuple[Submission, Arrival]]) -> None:
    rows = [
        Finding(submission=submission, revision=submission.current, policy=submission.policy, **vars(noticed))
        for submission, arrival in arrived
        for noticed in arrival.findings
    ]
    Finding.objects.bulk_create(rows)
