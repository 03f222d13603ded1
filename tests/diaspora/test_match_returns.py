"""What a pool gets back when a gift returns, to the tyiyn, and gives again when the return fails."""

from django.db import transaction

from ashar.ledger import posting
from ashar.ledger import queries as books
from ashar.ledger.models import FundKind, Role
from ashar.ledger.posting import Entry
from ashar.money import Money
from diaspora import giving
from diaspora.models import Allotment, MatchStep
from tests.diaspora.pooling import guards_agree, left, matched, som
from tests.factories.gifts import ReceivedGiftFactory, go_back, move
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory


def test_a_whole_refund_restores_the_pool_to_the_tyiyn(school, pool):
    gift = ReceivedGiftFactory(project=school, amount=Money(33_33, "USD"))
    go_back(gift)

    giving.follow(gift.payment_id, at=NOON)

    assert left(pool) == som(500_000)
    assert matched(school) == Money.zero("KGS")
    assert books.available(school.fund) == Money.zero("KGS")
    assert Allotment.objects.get(pool=pool).reserved_minor == 0
    assert guards_agree(pool)


def test_partial_refunds_take_back_parts_and_end_at_nothing(school, pool):
    gift = ReceivedGiftFactory(project=school, amount=Money(10_00, "USD"))
    parts = []
    for cents in (3_33, 3_33, 3_34):
        go_back(gift, Money(cents, "USD"))
        giving.follow(gift.payment_id, at=NOON)
        parts.append(matched(school).minor)

    assert parts == [gift.som_minor * 667 // 1000, gift.som_minor * 334 // 1000, 0]
    assert left(pool) == som(500_000)


def test_a_refund_that_failed_is_matched_again(school, pool):
    gift = ReceivedGiftFactory(project=school)
    go_back(gift)
    move(gift.payment, "refund_failed", gift.amount, at=NOON)

    giving.follow(gift.payment_id, at=NOON)

    assert [step.amount_minor for step in MatchStep.objects.order_by("pk")] == [
        gift.som_minor,
        -gift.som_minor,
        gift.som_minor,
    ]
    assert guards_agree(pool)


def test_a_dispute_takes_the_match_and_winning_it_brings_it_back(school, pool):
    gift = ReceivedGiftFactory(project=school)
    move(gift.payment, "dispute_withdrawn", -gift.amount, at=NOON)
    giving.follow(gift.payment_id, at=NOON)
    assert matched(school) == Money.zero("KGS")

    move(gift.payment, "dispute_reinstated", gift.amount, at=NOON)
    giving.follow(gift.payment_id, at=NOON)

    assert matched(school) == gift.som
    assert guards_agree(pool)


def come_back_after_another(school):
    """Give a gift, take it back, give another from what is left of the pool, and let the first one's refund fail."""
    pool = PoolFactory(cap=som(4_400), cap_per_project=som(4_400))
    gift = ReceivedGiftFactory(project=school)
    go_back(gift)
    giving.follow(gift.payment_id, at=NOON)
    other = ReceivedGiftFactory(project=school)
    move(gift.payment, "refund_failed", gift.amount, at=NOON)
    giving.follow(gift.payment_id, at=NOON)
    return pool, gift, other


def test_what_comes_back_when_others_have_emptied_the_pool_gets_what_is_left(school):
    pool, gift, other = come_back_after_another(school)

    assert MatchStep.objects.filter(gift=gift).order_by("-pk")[0].amount_minor == 4_400_00 - other.som_minor
    assert left(pool) == Money.zero("KGS")


def test_a_return_never_takes_more_from_a_pool_that_had_less_the_second_time(school):
    pool, gift, other = come_back_after_another(school)
    go_back(other)
    giving.follow(other.payment_id, at=NOON)

    go_back(gift, Money(1, "USD"))
    giving.follow(gift.payment_id, at=NOON)

    assert MatchStep.objects.filter(gift=gift).order_by("-pk")[0].amount_minor == 0
    assert guards_agree(pool)


def test_refunded_and_disputed_as_well_is_taken_back_once(school, pool):
    gift = ReceivedGiftFactory(project=school)
    go_back(gift)
    move(gift.payment, "dispute_withdrawn", -gift.amount, at=NOON)

    giving.follow(gift.payment_id, at=NOON)

    assert left(pool) == som(500_000)
    assert [step.amount_minor for step in MatchStep.objects.order_by("pk")] == [gift.som_minor, -gift.som_minor, 0]


def pay_out(project, amount) -> None:
    """Spend the project's money, as a later part will."""
    operations = posting.open_fund("operations", kind=FundKind.OPERATIONS, title="Operations")
    with transaction.atomic():
        legs = [Entry(project.fund, Role.PAID_OUT, amount), Entry(operations, Role.BANK, -amount)]
        posting.post(f"paid:{project.pk}", kind="paid_out", legs=legs, at=NOON)


def test_a_pool_is_made_whole_even_when_the_project_has_spent_the_money(school, pool):
    gift = ReceivedGiftFactory(project=school)
    pay_out(school, books.available(school.fund))
    go_back(gift)

    giving.follow(gift.payment_id, at=NOON)

    step = MatchStep.objects.order_by("-pk")[0]
    assert left(pool) == som(500_000)
    assert books.available(school.fund) == Money.zero("KGS")
    assert (step.amount_minor, step.covered_minor) == (-gift.som_minor, gift.som_minor)
    assert guards_agree(pool)


def test_what_operations_covered_comes_back_to_them_with_the_match(school, pool):
    gift = ReceivedGiftFactory(project=school)
    pay_out(school, books.available(school.fund))
    go_back(gift)
    giving.follow(gift.payment_id, at=NOON)
    move(gift.payment, "refund_failed", gift.amount, at=NOON)

    giving.follow(gift.payment_id, at=NOON)

    assert sum(MatchStep.objects.values_list("covered_minor", flat=True)) == 0
    assert matched(school) == gift.som
    assert guards_agree(pool)
