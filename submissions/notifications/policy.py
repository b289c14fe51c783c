"""Whom we answer without a person having read the mail (RFC 3834), and how often.

1. Never a list, a bounce, an automatic reply or one of our own addresses: intake leaves the finding `no_answer` on
   those; never what was imported from an archive, of which the staff is not told either: intake leaves `imported` on
   it; and never an address that plainly belongs to a machine.
2. Whoever passed another's letter on gets one receipt a day. Else mails are answered once an hour for an address; what
   came by form or desk three times; ten times a day in all.
3. No more than `Paper.answers_per_hour` leave in an hour, whoever writes: what goes round through changing addresses
   ends there too.
4. A needed confirmation is not withheld by rule 2. While a writer is unconfirmed every acknowledgement carries the
   confirm link, and one confirmation covers all that the writer sent. So where that rule withholds one, a link to that
   very address is already under way or less than a day old; one that failed or was cancelled does not count.
5. What rules 2 and 3 withhold leaves the finding `no_answer` too, so that an editor sees it.
"""

import re
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from submissions.models import Channel, Notification, Owed, Paper, Submission
from submissions.notifications.addresses import own_addresses, sole_address

NO_ANSWER = "no_answer"
IMPORTED = "imported"
UNANSWERED = frozenset({NO_ANSWER, IMPORTED})
"""The findings of rule 1."""
ANSWERING = ("acknowledgement", "receipt")
"""The mails that answer a mail without a person having read it."""
PERIOD = timedelta(hours=1)
ANSWERS = {Channel.EMAIL: 1}
ANSWERS_OTHERWISE = 3
DAY, ANSWERS_A_DAY = timedelta(days=1), 10

_MACHINE = re.compile(
    r"(?:no|do[-_.]?not)[-_.]?reply\b.*|mailer-daemon|postmaster|hostmaster|(?:bounces?|errors?)(?:[-_.+].*)?"
    r"|(?:owner|majordomo|listserv|listproc)(?:-.*)?|.*-(?:request|owner|bounces?|errors|subscribe|unsubscribe)",
    re.IGNORECASE,
)


def may_answer(address: str | None, paper: Paper | None = None) -> bool:
    """Whether an address is one person's, as far as one can see: no machine's, no list's, not our own."""
    sole = sole_address(address)
    if sole is None or sole.casefold() in own_addresses(paper or Paper.current()):
        return False
    return not _MACHINE.fullmatch(sole.partition("@")[0])


def receipt_left(address: str, paper: Paper) -> bool:
    """Whether whoever passed a letter on may have a receipt: one a day for an address, within rule 3."""
    now = timezone.now()
    today = Notification.objects.filter(template="receipt", created_at__gt=now - DAY, to__iexact=address)
    return _fewer(today, 1) and _house_may(paper, now)


def answers_left(submission: Submission, address: str, paper: Paper) -> bool:
    """Whether rules 2 and 3 allow another acknowledgement to an address. Three counts, none longer than its limit."""
    now = timezone.now()
    theirs = _answers().filter(template="acknowledgement", submission__writer=submission.writer_id, to__iexact=address)
    an_hour = ANSWERS.get(Channel(submission.channel), ANSWERS_OTHERWISE)
    return (
        _fewer(theirs.filter(created_at__gt=now - PERIOD), an_hour)
        and _fewer(theirs.filter(created_at__gt=now - DAY), ANSWERS_A_DAY)
        and _house_may(paper, now)
    )


def _house_may(paper: Paper, now: datetime) -> bool:
    """Whether rule 3 allows another answer."""
    return _fewer(_answers().filter(created_at__gt=now - PERIOD), paper.answers_per_hour)


def _answers() -> QuerySet[Notification]:
    """Return what a machine has answered, or is about to."""
    return Notification.objects.filter(template__in=ANSWERING, state__in=(Owed.OWED, Owed.SENT))


def _fewer(rows: QuerySet[Notification], limit: int) -> bool:
    return rows.order_by()[:limit].count() < limit
