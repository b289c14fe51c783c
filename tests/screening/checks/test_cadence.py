from datetime import UTC, datetime

from submissions.models import Noticed, Severity
from submissions.screening.checks.cadence import cadence
from submissions.screening.draft import History
from tests.screening.drafts import draft, policy

HISTORY = History(
    published=(datetime(2026, 10, 2, 12, tzinfo=UTC), datetime(2026, 11, 9, 12, tzinfo=UTC)),
    submitted=(datetime(2026, 11, 20, 3, tzinfo=UTC),),
)


def test_cadence_by_published_says_when_the_writer_may_come_again():
    found = cadence(draft(history=HISTORY), policy(cadence_days=30))
    assert found == [
        Noticed(
            rule="cadence",
            severity=Severity.WARN,
            message="This writer's last piece ran on 9 November 2026; eligible again on 9 December 2026",
            data={"eligible": "2026-12-09", "counts": "published", "earlier": 2},
        )
    ]


def test_cadence_by_submitted_counts_in_the_papers_own_time_zone():
    found = cadence(draft(history=HISTORY), policy(cadence_days=7, cadence_counts="submitted"))[0]
    assert found.message == "This writer's last piece came on 19 November 2026; eligible again on 26 November 2026"


def test_cadence_without_earlier_pieces_is_silent():
    assert cadence(draft(), policy()) == []


def test_cadence_of_no_days_is_no_rule():
    assert cadence(draft(history=HISTORY), policy(cadence_days=0)) == []
