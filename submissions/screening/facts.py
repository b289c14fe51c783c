"""Everything that checks need of the database, loaded for many submissions by the same few queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BinaryField, prefetch_related_objects
from django.db.models.functions import Substr

from submissions import storage
from submissions.models import (
    Attachment,
    Channel,
    Finding,
    HousePolicy,
    Kind,
    Outcome,
    Paper,
    Publication,
    RawMessage,
    Submission,
)
from submissions.notifications.addresses import own_addresses
from submissions.screening.draft import Draft, History, SentFile
from submissions.screening.mail_headers import HEAD, MailHeaders, read_headers
from submissions.states import State

SAME_TEXTS_AT_MOST = 2_000
"""Rows of the same text that are looked at; a campaign is recognised long before."""

NEVER_COUNTED = (State.SPAM, State.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one submission: for the checks, and for its acknowledgement."""

    draft: Draft
    policy: HousePolicy
    noticed: frozenset[str]
    message_id: str
    paper: Paper


@dataclass(frozen=True, kw_only=True)
class _Shelf:
    """What was loaded for all."""

    paper: Paper
    own: set[str]
    published: dict[int, list[tuple[int, datetime]]]
    submitted: dict[int, list[tuple[int, datetime]]]
    same_text: dict[str, list[tuple[int, int]]]
    headers: dict[int, MailHeaders]
    files: dict[int, list[SentFile]]
    noticed: dict[int, set[str]]


def load(submissions: Sequence[Submission]) -> dict[int, Facts]:
    """Return the facts of submissions, by id. The number of queries does not depend on how many there are."""
    prefetch_related_objects(submissions, "writer", "current", "policy")
    ids = [submission.pk for submission in submissions]
    paper = Paper.current()
    writers = {submission.writer_id for submission in submissions}
    shelf = _Shelf(
        paper=paper,
        own=own_addresses(paper),
        published=_published(writers),
        submitted=_submitted(writers),
        same_text=_same_text({submission.text_hash for submission in submissions} - {""}),
        files=_files(ids),
        noticed=_noticed(ids),
        headers=_headers([submission.pk for submission in submissions if submission.channel == Channel.EMAIL]),
    )
    return {submission.pk: _facts(submission, shelf) for submission in submissions}


def load_bare(submission: Submission) -> Facts:
    """Return as little as an editor needs to get it unchecked: for what could not be loaded, or kills its worker."""
    noticed = frozenset(submission.findings.values_list("rule", flat=True))
    return Facts(
        draft=Draft(body=""), policy=policy_of(submission), noticed=noticed, message_id="", paper=Paper.current()
    )


def policy_of(submission: Submission) -> HousePolicy:
    """Return the rules that a submission is held to: those at its receipt, for the kind that it is now."""
    ruled = Kind.LETTER if submission.kind == Kind.UNSORTED else submission.kind
    if submission.policy.kind == ruled:
        return submission.policy
    return HousePolicy.objects.in_force(submission.kind, submission.received_at)


def _facts(submission: Submission, shelf: _Shelf) -> Facts:
    policy, text = policy_of(submission), submission.current
    headers = shelf.headers.get(submission.pk, MailHeaders())
    draft = Draft(
        body=(text and text.body) or "",
        headline=(text and text.headline) or "",
        kind=Kind(submission.kind),
        name=submission.name,
        email=submission.email,
        phone=submission.phone,
        address=submission.address,
        city=submission.city,
        region=submission.region,
        exclusive=submission.exclusive,
        paper=shelf.paper.name,
        also_to=tuple(address for address in headers.recipients if address not in shelf.own),
        files=tuple(shelf.files[submission.pk]),
        history=_history(submission, policy, shelf),
    )
    noticed = frozenset(shelf.noticed[submission.pk])
    return Facts(draft=draft, policy=policy, noticed=noticed, message_id=headers.message_id, paper=shelf.paper)


def _history(submission: Submission, policy: HousePolicy, shelf: _Shelf) -> History:
    """Return what came before it: pieces of this writer within the policy's days, and the same text by anybody."""
    since = submission.received_at - timedelta(days=policy.cadence_days)
    mine = (submission.received_at, submission.pk)
    same = [(pk, writer) for pk, writer in shelf.same_text.get(submission.text_hash, []) if pk < submission.pk]
    return History(
        published=tuple(
            at for pk, at in shelf.published.get(submission.writer_id, []) if pk != submission.pk and at > since
        ),
        submitted=tuple(
            at for pk, at in shelf.submitted.get(submission.writer_id, []) if since < at and (at, pk) < mine
        ),
        same_text=tuple(pk for pk, _ in same),
        same_text_writers=len({writer for _, writer in same} - {submission.writer_id}),
    )


def _files(ids: list[int]) -> dict[int, list[SentFile]]:
    found = defaultdict(list)
    for file in Attachment.objects.filter(submission__in=ids).order_by("pk"):
        found[file.submission_id].append(SentFile(name=file.name, media_type=file.media_type, size=file.size))
    return found


def _noticed(ids: list[int]) -> dict[int, set[str]]:
    found = defaultdict(set)
    for pk, rule in Finding.objects.filter(submission__in=ids).values_list("submission", "rule"):
        found[pk].add(rule)
    return found


def _published(writers: set[int]) -> dict[int, list[tuple[int, datetime]]]:
    found = defaultdict(list)
    rows = Publication.objects.filter(submission__writer__in=writers)
    for writer, pk, at in rows.values_list("submission__writer", "submission", "published_at"):
        found[writer].append((pk, at))
    return found


def _submitted(writers: set[int]) -> dict[int, list[tuple[int, datetime]]]:
    found = defaultdict(list)
    rows = Submission.objects.filter(writer__in=writers).exclude(state__in=NEVER_COUNTED)
    for writer, pk, at in rows.values_list("writer", "pk", "received_at"):
        found[writer].append((pk, at))
    return found


def _same_text(hashes: set[str]) -> dict[str, list[tuple[int, int]]]:
    found = defaultdict(list)
    rows = Submission.objects.filter(text_hash__in=hashes).order_by("pk")
    for text_hash, pk, writer in rows.values_list("text_hash", "pk", "writer")[:SAME_TEXTS_AT_MOST]:
        found[text_hash].append((pk, writer))
    return found


def _headers(mailed: list[int]) -> dict[int, MailHeaders]:
    """Return the headers of the mails that submissions came in."""
    rows = RawMessage.objects.filter(submission__in=mailed, outcome=Outcome.SUBMISSION).annotate(
        head=Substr("content", 1, HEAD, output_field=BinaryField())
    )
    return {
        pk: read_headers(bytes(head) if head is not None else _head_of(file))
        for pk, file, head in rows.values_list("submission", "file", "head")
        if pk is not None
    }


def _head_of(name: str | None) -> bytes:
    """Return the beginning of a stored file; nothing where it is gone or was erased."""
    try:
        with storage.path_of(name or "").open("rb") as file:
            return file.read(HEAD)
    except (OSError, ValueError):
        return b""
