"""Pools put in their share after a gift, and take it back after a return."""

import pytest
from django.db import IntegrityError, transaction

from ashar.ledger.models import Journal
from ashar.ledger.refusals import KeyReused
from ashar.money import Money
from ashar.outbox import delivering
from diaspora import giving, matching
from diaspora.associations import SlugTaken
from diaspora.models import Allotment, Match, MatchPool, MatchStep
from diaspora.rules import NotAllowed
from tests.diaspora.pooling import guards_agree, left, matched, som
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, arrive, go_back
from tests.factories.moments import NEXT_MONTH, NOON, YESTERDAY
from tests.factories.people import EditorFactory, FinanceOfficerFactory
from tests.factories.pools import EmptyPoolFactory, PoolFactory
from tests.factories.projects import OpenProjectFactory


def test_a_gift_is_matched_som_for_som(school, pool):
    gift = ReceivedGiftFactory(project=school)

    assert matched(school) == gift.som
    assert left(pool) == som(500_000) - gift.som
    assert guards_agree(pool)


def test_the_ledger_says_which_gift_and_which_pools(school, pool):
    gift = ReceivedGiftFactory(project=school)
    step = MatchStep.objects.get(gift=gift)

    assert step.journal.key == f"match:{step.movement_id}"
    assert step.journal.kind == "match"
    assert step.journal.facts == {"gift": str(gift.pk), "pools": {"ministry": gift.som_minor}}


@pytest.mark.parametrize(
    ("ratio", "per", "given", "expected"), [(1, 1, 12345, 12345), (3, 1, 100, 300), (1, 2, 101, 50), (2, 3, 100, 66)]
)
def test_terms_are_floored_to_the_tyiyn(ratio, per, given, expected):
    assert matching.wanted(MatchPool(ratio=ratio, per=per), Money(given, "KGS")) == expected


def test_a_pool_gives_what_is_left_and_then_nothing(school):
    pool = PoolFactory(cap=som(5_000), cap_per_project=som(5_000))
    first, second, third = (ReceivedGiftFactory(project=school) for _ in range(3))

    amounts = [MatchStep.objects.get(gift=gift).amount_minor for gift in (first, second, third)]

    assert amounts == [first.som_minor, 5_000_00 - first.som_minor, 0]
    assert left(pool) == Money.zero("KGS")
    assert guards_agree(pool)


def test_a_step_that_moved_nothing_is_remembered_and_stays_nothing(school):
    pool = PoolFactory(cap=som(4_000), cap_per_project=som(4_000))
    first, late = ReceivedGiftFactory(project=school), ReceivedGiftFactory(project=school)
    go_back(first)
    giving.follow(first.payment_id, at=NOON)

    giving.follow(late.payment_id, at=NOON)

    assert MatchStep.objects.get(gift=late).journal is None
    assert left(pool) == som(4_000)


def test_a_pool_gives_only_what_was_paid_in(school):
    pool = PoolFactory(paid_in=som(1_000))

    ReceivedGiftFactory(project=school)

    assert matched(school) == som(1_000)
    assert guards_agree(pool)


def test_an_empty_pool_gives_nothing(school):
    EmptyPoolFactory()

    ReceivedGiftFactory(project=school)

    assert matched(school) == Money.zero("KGS")


def test_one_project_takes_no_more_than_its_cap(school):
    PoolFactory(cap_per_project=som(3_000))
    other = OpenProjectFactory()

    ReceivedGiftFactory(project=school)
    ReceivedGiftFactory(project=school)
    gift = ReceivedGiftFactory(project=other)

    assert matched(school) == som(3_000)
    assert matched(other) == min(gift.som, som(3_000))


def test_a_pool_of_chosen_projects_passes_the_others_by(school):
    other = OpenProjectFactory()
    PoolFactory(projects=[other])

    ReceivedGiftFactory(project=school)
    gift = ReceivedGiftFactory(project=other)

    assert (matched(school), matched(other)) == (Money.zero("KGS"), gift.som)


@pytest.mark.parametrize("period", [{"opens_on": NEXT_MONTH, "closes_on": NEXT_MONTH}, {"closes_on": YESTERDAY}])
def test_a_pool_outside_its_period_gives_nothing(school, period):
    PoolFactory(**period)

    ReceivedGiftFactory(project=school)

    assert matched(school) == Money.zero("KGS")


def test_the_day_of_the_charge_counts_not_the_day_we_hear_of_it(school):
    PoolFactory(closes_on=NOON.date())
    gift = StartedGiftFactory(project=school)
    arrive(gift, at=NOON)

    giving.follow(gift.payment_id, at=NOON.replace(month=12))

    assert matched(school) == Money(arrived_som(gift), "KGS")


def arrived_som(gift) -> int:
    gift.refresh_from_db()
    return gift.som_minor


def test_several_pools_each_match_the_whole_gift(school):
    partners = [PoolFactory(slug=slug) for slug in ("migrants", "oblast", "republic")]

    gift = ReceivedGiftFactory(project=school)

    assert matched(school) == gift.som.times(3)
    assert [left(pool) for pool in partners] == [som(500_000) - gift.som] * 3


def test_an_exhausted_partner_fails_alone_and_the_order_is_by_opening_day_then_address(school):
    PoolFactory(slug="b")
    PoolFactory(slug="a", cap=som(10), cap_per_project=som(10))
    PoolFactory(slug="c", opens_on=YESTERDAY)

    gift = ReceivedGiftFactory(project=school)

    amounts = list(Match.objects.order_by("pk").values_list("pool__slug", "amount_minor"))
    assert amounts == [("a", 10_00), ("b", gift.som_minor), ("c", gift.som_minor)]


def test_following_again_changes_nothing(school, pool):
    gift = ReceivedGiftFactory(project=school)
    before = Journal.objects.count()

    giving.follow(gift.payment_id, at=NOON)
    delivering.drain(NOON)

    assert Journal.objects.count() == before


def test_the_estimate_is_what_then_happens_when_nobody_comes_first(school):
    PoolFactory(cap=som(1_000), cap_per_project=som(900))
    PoolFactory(ratio=1, per=2)
    gift = StartedGiftFactory(project=school)
    arrive(gift)
    expected = matching.estimate(
        matching.rooms(school, on=NOON.date()), som=Money(gift.payment.movements.get().som_minor, "KGS")
    )

    giving.follow(gift.payment_id, at=NOON)

    assert matched(school) == expected


def test_the_database_itself_keeps_a_pool_within_what_was_paid_in(pool):
    with (
        pytest.raises(IntegrityError, match=r"pool_gives_only_what_was_paid_in|pool_stays_under_its_cap"),
        transaction.atomic(),
    ):
        MatchPool.objects.filter(pk=pool.pk).update(reserved_minor=500_000_01)


def test_the_database_itself_keeps_an_allotment_under_its_cap(school, pool):
    with pytest.raises(IntegrityError, match="allotment_stays_under_its_cap"), transaction.atomic():
        Allotment.objects.create(pool=pool, project=school, cap_minor=1, reserved_minor=2)


def test_money_is_paid_in_once_per_reference(pool):
    matching.fund_pool(pool, amount=som(10), by=None, at=NOON, reference="42")
    matching.fund_pool(pool, amount=som(10), by=None, at=NOON, reference="42")

    assert left(pool) == som(500_010)
    assert guards_agree(pool)


def test_the_same_reference_with_another_sum_is_refused(pool):
    matching.fund_pool(pool, amount=som(10), by=None, at=NOON, reference="42")

    with pytest.raises(KeyReused):
        matching.fund_pool(pool, amount=som(11), by=None, at=NOON, reference="42")

    assert guards_agree(pool)


@pytest.mark.parametrize("amount", [Money(0, "KGS"), Money(-1, "KGS"), Money(100, "USD")])
def test_only_a_positive_sum_in_som_is_paid_in(pool, amount):
    with pytest.raises(matching.PoolMoneyIsNotSom):
        matching.fund_pool(pool, amount=amount, by=None, at=NOON)


def test_a_finance_officer_handles_pools_and_an_editor_does_not(pool):
    matching.fund_pool(pool, amount=som(1), by=FinanceOfficerFactory(), at=NOON)

    with pytest.raises(NotAllowed):
        matching.fund_pool(pool, amount=som(1), by=EditorFactory(), at=NOON)


def test_two_pools_do_not_share_an_address(pool):
    with pytest.raises(SlugTaken):
        PoolFactory(slug=pool.slug)


def test_who_looked_before_another_took_gets_nothing_and_tries_again(school, pool):
    seen_before = MatchPool.objects.get(pk=pool.pk)
    MatchPool.objects.filter(pk=pool.pk).update(reserved_minor=500_000_00)

    with pytest.raises(matching.PoolWasBusy):
        matching._take(seen_before, school.pk, 1)

    MatchPool.objects.filter(pk=pool.pk).update(reserved_minor=0)
    assert MatchStep.objects.count() == 0
