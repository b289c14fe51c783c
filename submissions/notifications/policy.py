"""Whom we answer without a person having read the mail (RFC 3834), and how often.

1. Never a list, a bounce, an automatic reply or one of our own addresses: intake leaves the finding `no_answer` on
   those; and never an address that plainly belongs to a machine.
2. Mails are answered once an hour for an address; what came by form or desk three times.
3. A needed confirmation is never withheld. While a writer is unconfirmed every acknowledgement carries the confirm
   link, and one confirmation covers all that the writer sent. So where rule 2 withholds one, a link to that very
   address is already under way or less than an hour old; one that failed or was cancelled does not count.
"""

import re
from datetime import timedelta

from django.utils import timezone

from submissions.models import Channel, Notification, Owed, Paper, Submission
from submissions.notifications.addresses import own_addresses, sole_address

PERIOD = timedelta(hours=1)
ANSWERS = {Channel.EMAIL: 1}
ANSWERS_OTHERWISE = 3

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


def answers_left(submission: Submission, address: str) -> bool:
    """Whether rule 2 allows another acknowledgement to an address."""
    lately = Notification.objects.filter(
        submission__writer=submission.writer_id,
        template="acknowledgement",
        to__iexact=address,
        state__in=(Owed.OWED, Owed.SENT),
        created_at__gt=timezone.now() - PERIOD,
    )
    return lately.count() < ANSWERS.get(Channel(submission.channel), ANSWERS_OTHERWISE)
