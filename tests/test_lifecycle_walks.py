"""Random walks over the lifecycle: whatever is done, counts, history and text stay true."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from submissions import lifecycle
from submissions.lifecycle import IllegalMove, LifecycleError, TooLate
from submissions.models import HeldFor, Kind, Party, Revision
from submissions.states import State, possible
from tests import factories
from tests.test_lifecycle import kept_counts, recount


class Walk(RuleBasedStateMachine):
    """One submission, and anything that anybody may do to it."""

    editor = None

    @initialize(kind=st.sampled_from(Kind))
    def arrive(self, kind):
        self.submission = factories.make_submission(State.RECEIVED, kind=kind)

    @rule(data=st.data(), by_editor=st.booleans())
    def move(self, data, by_editor):
        current = State(self.submission.state)
        came_from = State(self.submission.came_from) if self.submission.came_from else None
        ways = sorted(possible(current, came_from))
        to = data.draw(st.sampled_from(ways))
        lifecycle.move(
            self.submission,
            to,
            by=self.editor if by_editor else Party.SYSTEM,
            expecting=self.submission.version,
            reason=HeldFor.FACTS if to == State.HELD else "",
            until=timezone.now() + timedelta(days=1) if to in (State.SCHEDULED, State.HELD) else None,
        )

    @rule()
    def undo(self):
        before = self.submission.events.count()
        try:
            with transaction.atomic():
                lifecycle.undo(self.submission, by=self.editor, expecting=self.submission.version)
        except TooLate:
            assert self.submission.events.count() == before

    @rule()
    def edit(self):
        revision = Revision(body=f"Text of version {self.submission.version}.")
        try:
            with transaction.atomic():
                lifecycle.revise(self.submission, revision, by=self.editor, expecting=self.submission.version)
        except IllegalMove:
            assert self.submission.state in lifecycle.FINAL_TEXT

    @rule(kind=st.sampled_from(Kind))
    def sort(self, kind):
        try:
            with transaction.atomic():
                lifecycle.sort(self.submission, kind, by=self.editor, expecting=self.submission.version)
        except IllegalMove:
            assert kind == Kind.UNSORTED or self.submission.state in (State.PUBLISHED, State.RETRACTED)

    @rule(behind=st.integers(1, 3))
    def decide_on_an_old_version(self, behind):
        before = (self.submission.state, self.submission.version)
        with pytest.raises(LifecycleError), transaction.atomic():
            lifecycle.move(self.submission, State.DECLINED, by=self.editor, expecting=self.submission.version - behind)
        assert (self.submission.state, self.submission.version) == before

    @invariant()
    def counts_are_true(self):
        assert kept_counts() == recount()

    @invariant()
    def copy_history_and_row_agree(self):
        known = type(self.submission).objects.get(pk=self.submission.pk)
        last = self.submission.events.order_by("-pk").first()
        assert (known.state, known.version, known.kind) == (
            self.submission.state, self.submission.version, self.submission.kind,
        )  # fmt: skip
        assert last.to_state == known.state
        assert self.submission.events.count() == known.version + 1


@pytest.mark.django_db
def test_whatever_happens_counts_history_and_rows_agree(house):
    Walk.editor = factories.make_user()
    run_state_machine_as_test(
        Walk, settings=settings(max_examples=15, stateful_step_count=20, deadline=None, derandomize=True)
    )
