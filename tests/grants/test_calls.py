"""Verbs on a call: what they do, what they refuse, and that each refusal changes nothing."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from ashar.accounts.rules import NotAllowed
from ashar.audit.models import Entry
from ashar.money import Money
from ashar.outbox.models import Message
from ashar.workflow.models import Transition
from ashar.workflow.moving import UnlawfulMove
from grants import calls, states
from grants.models import Call
from grants.models.calls import TEXTS
from grants.states import CallState
from tests import lawful
from tests.factories.calls import (
    BUDGET,
    QUARTER_MILLION_SOM,
    WORDS,
    DraftCallFactory,
)
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)


def conditions(**facts) -> calls.Conditions:
    told = {"limit": QUARTER_MILLION_SOM, "opens_at": NOON, "closes_at": LATER, "texts": WORDS}
    return calls.Conditions(**(told | facts))


def topics() -> Counter[str]:
    return Counter(Message.objects.filter(topic__startswith="call.").values_list("topic", flat=True))


def call_in(state: str) -> Call:
    """A call in `state`, fit for every rule but the state: paid for, and before its deadline."""
    call = DraftCallFactory()
    calls.fund(call, amount=BUDGET, reference="first transfer", by=None, at=NOON)
    if state != CallState.DRAFT:
        calls.publish(call, seen=calls.edition(call), by=None, at=NOON)
    if state in {CallState.OPEN, CallState.CLOSED}:
        calls.follow_clock(call, at=call.opens_at)
    if state == CallState.CLOSED:
        calls.follow_clock(call, at=call.closes_at)
    if state == CallState.CANCELLED:
        calls.cancel(call, reason="Money went elsewhere", by=None, at=NOON)
    return call


def test_a_call_obeys_its_table():
    """A clock refuses nothing aloud, and a deadline that moves is a move of the state only after it had passed."""
    verbs = {
        "publish": lambda call: calls.publish(call, seen=calls.edition(call), by=None, at=NOON),
        "open": lambda call: moved(call, lambda: calls.follow_clock(call, at=call.opens_at)),
        "close": lambda call: moved(call, lambda: close_what_is_open(call)),
        "reopen": lambda call: moved(call, lambda: later(call)),
        "cancel": lambda call: calls.cancel(call, reason="Money went elsewhere", by=None, at=NOON),
    }
    lawful.assert_obeyed(states.CALL, make=call_in, verbs=verbs)


def moved(call: Call, act) -> None:
    """Do `act` and raise what a verb raises when it left the state as it was."""
    before = call.state
    act()
    if Call.objects.get(pk=call.pk).state == before:
        raise UnlawfulMove(entity="call", verb="", state=before)


def close_what_is_open(call: Call) -> None:
    """An announced call that slept through its whole time is opened first: see `TestTheClock`."""
    if call.state != CallState.PUBLISHED:
        calls.follow_clock(call, at=call.closes_at)


def later(call: Call) -> None:
    calls.extend(call, closes_at=call.closes_at + timedelta(days=1), by=None, at=NOON)


class TestDrafting:
    def test_keeps_what_it_offers_and_opens_its_budget(self, editor):
        call = calls.draft("business", conditions=conditions(ratio=2, per=1), by=editor, at=NOON)
        kept = Call.objects.get()
        assert (kept.state, kept.limit, kept.ratio, kept.per, kept.closes_at) == (
            "draft",
            QUARTER_MILLION_SOM,
            2,
            1,
            LATER,
        )
        assert {name: getattr(kept, name) for name in TEXTS} == WORDS
        assert (call.fund.key, call.fund.kind, call.fund.title) == ("call-business", "call", "Дело 1+1")
        assert Entry.objects.filter(verb="call.draft", by=editor).count() == 1
        assert topics() == {}

    @pytest.mark.parametrize(
        ("facts", "refusal"),
        [
            ({"limit": Money(0, "KGS")}, calls.MoneyIsNotSom),
            ({"limit": Money(100, "USD")}, calls.MoneyIsNotSom),
            ({"closes_at": NOON}, calls.ClosesBeforeItOpens),
            ({"ratio": 0}, calls.SharesAreNotPositive),
            ({"per": -1}, calls.SharesAreNotPositive),
            ({"opens_at": datetime(1, 1, 1, tzinfo=UTC)}, calls.MomentIsUnlikely),
            ({"closes_at": datetime(9999, 12, 31, tzinfo=UTC)}, calls.MomentIsUnlikely),
            ({"texts": {"title_ru": "", "summary_ru": "Тем, кто вернулся."}}, calls.TitleIsMissing),
        ],
    )
    def test_refuses_what_cannot_be_kept(self, editor, facts, refusal):
        with pytest.raises(refusal):
            calls.draft("business", conditions=conditions(**facts), by=editor, at=NOON)
        assert not Call.objects.exists()

    def test_refuses_an_address_that_is_taken(self, draft, editor):
        with pytest.raises(calls.AddressTaken):
            calls.draft("business", conditions=conditions(), by=editor, at=NOON)
        assert Call.objects.count() == 1

    def test_is_for_editors(self, officer):
        for somebody in (PersonFactory(), officer):
            with pytest.raises(NotAllowed):
                calls.draft("business", conditions=conditions(), by=somebody, at=NOON)


class TestRevising:
    def test_changes_a_draft(self, draft, editor):
        other = conditions(per=3, texts=WORDS | {"title_ru": "Другое дело"})
        calls.revise(draft, conditions=other, seen=calls.edition(draft), by=editor, at=NOON)
        kept = Call.objects.get()
        assert (kept.per, kept.title_ru, draft.per) == (3, "Другое дело", 3)
        assert kept.fund.title == "Другое дело"

    def test_loses_nothing_of_what_somebody_else_changed(self, draft, editor):
        seen = calls.edition(draft)
        calls.revise(draft, conditions=conditions(per=3), seen=seen, by=editor, at=NOON)
        with pytest.raises(calls.ChangedMeanwhile):
            calls.revise(draft, conditions=conditions(per=5), seen=seen, by=editor, at=NOON)
        assert Call.objects.get().per == 3

    def test_leaves_what_was_announced(self, published, editor):
        with pytest.raises(calls.CallIsPublished):
            calls.revise(published, conditions=conditions(per=3), seen=calls.edition(published), by=editor, at=NOON)
        assert Call.objects.get().per == 1

    def test_is_for_editors(self, draft, officer):
        with pytest.raises(NotAllowed):
            calls.revise(draft, conditions=conditions(), seen=calls.edition(draft), by=officer, at=NOON)


def test_an_edition_is_of_what_is_offered_whatever_zone_its_hours_are_told_in(draft):
    known = calls.edition(draft)
    draft.opens_at, draft.closes_at = (
        moment.astimezone(ZoneInfo("Asia/Seoul")) for moment in (draft.opens_at, draft.closes_at)
    )
    assert calls.edition(draft) == known
    draft.closes_at += timedelta(minutes=1)
    assert calls.edition(draft) != known


class TestPublishing:
    def test_announces_it_before_its_hour(self, published):
        assert (published.state, published.published_at) == ("published", NOON - timedelta(days=30))
        assert topics() == {"call.published": 1}

    def test_waits_for_money(self, draft, editor):
        with pytest.raises(calls.BudgetIsTooSmall):
            calls.publish(draft, seen=calls.edition(draft), by=editor, at=NOON)
        assert Call.objects.get().state == "draft"

    def test_waits_for_money_for_one_grant_at_least(self, draft, editor):
        less = Money(draft.limit_minor - 1, "KGS")
        calls.fund(draft, amount=less, reference="no 17", by=None, at=NOON)
        with translation.override("ru"), pytest.raises(calls.BudgetIsTooSmall) as refusal:
            calls.publish(draft, seen=calls.edition(draft), by=editor, at=NOON)
        assert refusal.value.facts["budget"].replace("\xa0", " ") == "249 999,99 сом"
        calls.fund(draft, amount=Money(1, "KGS"), reference="no 18", by=None, at=NOON)
        calls.publish(draft, seen=calls.edition(draft), by=editor, at=NOON)

    def test_waits_for_every_language_and_names_what_is_missing(self, editor):
        call = DraftCallFactory(title_ky="", applying_en="")
        with translation.override("en"), pytest.raises(calls.WordsAreMissing) as refusal:
            calls.publish(call, seen=calls.edition(call), by=editor, at=NOON)
        assert refusal.value.facts == {"missing": "title in Kyrgyz, how to apply, in English"}

    def test_announces_nothing_that_somebody_has_not_read(self, draft, editor):
        seen = calls.edition(draft)
        calls.revise(draft, conditions=conditions(per=3), seen=seen, by=None, at=NOON)
        with pytest.raises(calls.ChangedMeanwhile):
            calls.publish(draft, seen=seen, by=editor, at=NOON)
        assert Call.objects.get().state == "draft"

    def test_comes_too_late_at_the_deadline(self, draft, editor):
        calls.fund(draft, amount=BUDGET, reference="no 17", by=None, at=NOON)
        with pytest.raises(calls.DeadlineIsPast):
            calls.publish(draft, seen=calls.edition(draft), by=editor, at=draft.closes_at)

    def test_is_for_editors(self, draft, officer):
        with pytest.raises(NotAllowed):
            calls.publish(draft, seen=calls.edition(draft), by=officer, at=NOON)


class TestCancelling:
    def test_keeps_why(self, open_call, editor):
        before = topics()
        calls.cancel(open_call, reason=" Money went elsewhere ", by=editor, at=NOON)
        assert Transition.objects.get(verb="cancel").note == "Money went elsewhere"
        assert topics() - before == {"call.changed": 1}

    def test_comes_too_late_at_the_deadline_whatever_was_written_down(self, open_call, editor):
        with pytest.raises(calls.DeadlineIsPast):
            calls.cancel(open_call, reason="Money went elsewhere", by=editor, at=open_call.closes_at)
        assert Call.objects.get().state == "open"

    def test_wants_a_sentence_and_no_book(self, open_call, editor):
        with pytest.raises(calls.ReasonIsTooLong):
            calls.cancel(open_call, reason="x" * (calls.LONGEST_REASON + 1), by=editor, at=NOON)

    def test_wants_a_reason(self, open_call, editor):
        with pytest.raises(calls.ReasonIsMissing):
            calls.cancel(open_call, reason=" ", by=editor, at=NOON)

    def test_is_for_editors(self, open_call, officer):
        with pytest.raises(NotAllowed):
            calls.cancel(open_call, reason="Money went elsewhere", by=officer, at=NOON)


@pytest.mark.parametrize(
    ("column", "value"),
    [("limit_minor", 0), ("ratio", 0), ("per", 0), ("closes_at", NOON - timedelta(days=7)), ("state", "lost")],
)
def test_the_database_keeps_what_it_can(draft, column, value):
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.update(**{column: value})


def test_a_call_is_called_by_its_title_in_the_language_of_the_reader(draft):
    for code in ("ky", "ru", "en"):
        with translation.override(code):
            assert str(draft) == WORDS[f"title_{code}"]
