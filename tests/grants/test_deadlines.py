"""The time of a call: it opens and closes by the clock, and its deadline only moves away."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from ashar.accounts.rules import NotAllowed
from ashar.outbox.models import Message
from ashar.workflow.models import Transition
from grants import calls, tasks
from grants.models import Call
from tests.factories.calls import PublishedCallFactory
from tests.factories.moments import NOON

LATER = NOON + timedelta(days=30)


def topics() -> Counter[str]:
    return Counter(Message.objects.filter(topic__startswith="call.").values_list("topic", flat=True))


class TestTheClock:
    def test_opens_at_the_hour_and_not_before(self, published):
        calls.follow_clock(published, at=published.opens_at - timedelta(microseconds=1))
        assert published.state == "published"
        calls.follow_clock(published, at=published.opens_at)
        assert published.state == "open"

    def test_closes_at_the_deadline_and_not_before(self, open_call):
        calls.follow_clock(open_call, at=open_call.closes_at - timedelta(microseconds=1))
        assert open_call.state == "open"
        calls.follow_clock(open_call, at=open_call.closes_at)
        assert open_call.state == "closed"

    def test_catches_up_after_a_long_sleep(self, published):
        calls.follow_clock(published, at=published.closes_at)
        assert published.state == "closed"
        moves = Transition.objects.filter(entity="call").order_by("pk")
        assert list(moves.values_list("verb", flat=True)) == ["publish", "open", "close"]

    def test_leaves_drafts_and_cancelled_calls(self, draft):
        calls.follow_clock(draft, at=draft.closes_at)
        assert draft.state == "draft"
        calls.cancel(draft, reason="Money went elsewhere", by=None, at=NOON)
        calls.follow_clock(draft, at=draft.closes_at)
        assert draft.state == "cancelled"

    def test_the_task_moves_what_is_due_and_nothing_else(self, published):
        waiting = PublishedCallFactory(
            opens_at=published.closes_at + timedelta(days=36_000),
            closes_at=published.closes_at + timedelta(days=36_001),
        )
        tasks.follow_clock()
        assert dict(Call.objects.values_list("pk", "state")) == {published.pk: "open", waiting.pk: "published"}


class TestExtending:
    def test_moves_the_deadline_and_tells(self, open_call, editor):
        before = topics()
        calls.extend(open_call, closes_at=LATER, by=editor, at=NOON)
        assert (open_call.state, Call.objects.get().closes_at) == ("open", LATER)
        assert topics() - before == {"call.changed": 1}

    def test_opens_a_closed_call_again(self, open_call, editor):
        calls.follow_clock(open_call, at=open_call.closes_at)
        calls.extend(open_call, closes_at=LATER, by=editor, at=open_call.closes_at + timedelta(hours=1))
        assert Call.objects.get().state == "open"

    def test_never_moves_towards_the_applicants(self, open_call, editor):
        for moment in (open_call.closes_at, open_call.closes_at - timedelta(minutes=1)):
            with pytest.raises(calls.DeadlineIsNotLater):
                calls.extend(open_call, closes_at=moment, by=editor, at=NOON)

    def test_keeps_to_likely_years(self, open_call, editor):
        with pytest.raises(calls.MomentIsUnlikely):
            calls.extend(open_call, closes_at=datetime(9999, 1, 1, tzinfo=UTC), by=editor, at=NOON)

    def test_cannot_lie_in_the_past(self, open_call, editor):
        with pytest.raises(calls.DeadlineIsPast):
            calls.extend(open_call, closes_at=LATER, by=editor, at=LATER)

    def test_is_for_editors(self, open_call, officer):
        with pytest.raises(NotAllowed):
            calls.extend(open_call, closes_at=LATER, by=officer, at=NOON)
