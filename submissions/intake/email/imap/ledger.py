"""The ledger: a message and the line that says so are committed together, so that none is taken twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from submissions.intake.email.accept import Envelope, rows_for
from submissions.intake.email.imap.account import Account
from submissions.intake.email.spool import Contents
from submissions.models import ImapAccount, ImapMessage, ImapState, RawMessage

CODE_LENGTH = 40


@dataclass(frozen=True, kw_only=True)
class Place:
    """A folder in one of its lives: when a server renumbers it, UIDVALIDITY changes."""

    account: ImapAccount
    folder: str
    uidvalidity: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What becomes of one message; with an envelope it is accepted. `size` in bytes."""

    uid: int
    size: int
    state: ImapState
    envelope: Envelope | None = None
    contents: Contents | None = None


def row_of(account: Account) -> ImapAccount:
    """Return the row of an account, made where it is missing."""
    return ImapAccount.objects.get_or_create(key=account.key, defaults={"label": account.label[:300]})[0]


def note(account: ImapAccount, code: str) -> None:
    """Keep how a poll went: a code, "" when it went well."""
    now = timezone.now()
    went = {"last_poll_at": now, "last_error": code[:CODE_LENGTH]} | ({} if code else {"last_ok_at": now})
    ImapAccount.objects.filter(pk=account.pk).update(**went)


def known(place: Place, uids: Sequence[int]) -> dict[int, str]:
    """Return what became of those messages that the ledger knows."""
    if not uids:
        return {}
    wanted = set(uids)
    lines = _lines(place).filter(uid__range=(min(wanted), max(wanted))).values_list("uid", "state")
    return {uid: state for uid, state in lines if uid in wanted}


def write(place: Place, entries: Sequence[Entry]) -> list[Entry]:
    """Commit messages and their lines; return those that are now accepted, or noted, by us and nobody else.

    Missing are those that another poller took first, and those that the database refuses to take. Raises any other
    DatabaseError; then none was written.
    """
    try:
        _commit(place, entries)
    except (IntegrityError, DataError):
        if len(entries) == 1:
            return []
        return [written for entry in entries for written in write(place, [entry])]
    return list(entries)


def moved(place: Place, uids: Iterable[int]) -> None:
    """Note that accepted messages have been moved away."""
    _lines(place).filter(uid__in=list(uids), state=ImapState.ACCEPTED).update(state=ImapState.MOVED)


def _commit(place: Place, entries: Sequence[Entry]) -> None:
    # Made anew for each attempt: an attempt that failed leaves its keys on the rows.
    rows = {
        entry.uid: rows_for(entry.envelope, entry.contents)[0] for entry in entries if entry.envelope and entry.contents
    }
    with transaction.atomic(durable=True):
        RawMessage.objects.bulk_create(rows.values())
        ImapMessage.objects.bulk_create(
            ImapMessage(
                account=place.account,
                folder=place.folder,
                uidvalidity=place.uidvalidity,
                uid=entry.uid,
                size=entry.size,
                state=entry.state,
                raw_message=rows.get(entry.uid),
            )
            for entry in entries
        )


def _lines(place: Place) -> QuerySet[ImapMessage]:
    return ImapMessage.objects.filter(account=place.account, folder=place.folder, uidvalidity=place.uidvalidity)
