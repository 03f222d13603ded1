"""From movements of the provider's balance to journals: to the tyiyn, for every way that money can go back."""

from datetime import timedelta

import pytest
from django.db import transaction

from ashar.ledger import posting, queries
from ashar.ledger.models import Role
from ashar.ledger.posting import Entry
from ashar.money import Money, rates
from ashar.payments import booking, facts
from ashar.payments.models import Movement
from tests.ashar.payments.books import legs_of, sums_of

SOM_GIVEN, SOM_FEE = 4372_50, 153_04


@pytest.fixture
def seen(clock):
    """A movement of the provider's balance, in dollars unless told otherwise."""
    numbers = iter(range(1, 100))

    def movement(kind: str, gross: int, *, fee: int = 0, settled: int | None = None, **said) -> facts.Transaction:
        settled = gross if settled is None else settled
        currency, settled_in = said.get("currency", "USD"), said.get("settled_in", "USD")
        return facts.Transaction(
            id=f"txn_{next(numbers)}",
            kind=kind,
            gross=Money(gross, currency),
            settled_gross=Money(settled, settled_in),
            fee=Money(fee, settled_in),
            net=Money(settled - fee, settled_in),
            created_at=clock(),
        )

    return movement


@pytest.fixture
def book(make_payment, clock, fresh_rates):
    """Book movements on one payment, one after the other."""
    payment = make_payment()

    def all_of(*movements: facts.Transaction) -> list[Movement]:
        with transaction.atomic():
            past = list(payment.movements.order_by("sequence"))
            for movement in movements:
                past.append(booking.book(payment, movement, past=past, at=clock()))
        return past

    return all_of


def spend(fund, minor: int, *, key: str, at) -> None:
    """Let the fund pay its builder."""
    with transaction.atomic():
        operations = posting.open_fund("operations", kind="operations", title="Operations")
        legs = [
            Entry(fund, Role.PAID_OUT, Money(minor, "KGS")),
            Entry(operations, Role.BANK, Money(-minor, "KGS")),
        ]
        posting.post(key, kind="payout", legs=legs, at=at)


def test_a_full_refund_returns_exactly_the_gift_and_the_project_pays_no_fee(book, seen, school_fund):
    _, refund = book(seen("charge", 50_00, fee=1_75), seen("refund", -50_00))
    assert sums_of(school_fund) == {}
    assert (refund.som_minor, refund.fee_som_minor, refund.cost_som_minor) == (-SOM_GIVEN, -SOM_FEE, 0)
    assert legs_of(refund) == {
        ("kok-bulak-school", "given", "KGS"): SOM_GIVEN,
        ("kok-bulak-school", "fees", "KGS"): -SOM_FEE,
        ("operations", "fees", "KGS"): SOM_FEE,
        ("operations", "conversion", "KGS"): -SOM_GIVEN,
        ("operations", "clearing", "USD"): -50_00,
        ("operations", "conversion", "USD"): 50_00,
    }


def test_a_refund_uses_the_rate_of_the_gift_not_of_the_day(book, seen, clock, school_fund):
    book(seen("charge", 50_00, fee=1_75))
    clock.forward(days=400)
    refund = book(seen("refund", -50_00))[-1]
    assert (refund.som_minor, refund.rate, refund.fee_rate) == (-SOM_GIVEN, None, None)


@pytest.mark.parametrize("parts", [[10_00, 40_00], [33_33, 16_67], [1, 1, 49_98], [7_77] * 6 + [3_38]])
def test_refunds_in_parts_return_exactly_the_gift_in_the_end(book, seen, school_fund, parts):
    movements = book(seen("charge", 50_00, fee=1_75), *(seen("refund", -part) for part in parts))
    assert sum(movement.som_minor for movement in movements) == 0
    assert sum(movement.fee_som_minor for movement in movements) == 0
    assert sums_of(school_fund) == {}


def test_a_part_returns_its_share_of_gift_and_fee(book, seen, school_fund):
    _, part = book(seen("charge", 50_00, fee=1_75), seen("refund", -10_00))
    assert (part.som_minor, part.fee_som_minor) == (-874_50, -30_60)
    assert sums_of(school_fund) == {"given": -3498_00, "fees": 122_44}


def test_a_failed_refund_is_the_mirror_of_the_refund(book, seen, school_fund):
    _, refund, failed = book(seen("charge", 50_00, fee=1_75), seen("refund", -20_00), seen("refund_failed", 20_00))
    assert legs_of(failed) == {account: -minor for account, minor in legs_of(refund).items()}
    assert sums_of(school_fund) == {"given": -SOM_GIVEN, "fees": SOM_FEE}


def test_a_dispute_costs_operations_its_fee_and_the_project_nothing(book, seen, school_fund):
    _, dispute = book(seen("charge", 50_00, fee=1_75), seen("dispute_withdrawn", -50_00, fee=15_00))
    assert sums_of(school_fund) == {}
    assert dispute.cost_som_minor == 1311_75
    legs = legs_of(dispute)
    assert legs[("operations", "fees", "KGS")] == SOM_FEE + 1311_75
    assert legs[("operations", "clearing", "USD")] == -65_00
    assert legs[("operations", "conversion", "KGS")] == -(SOM_GIVEN + 1311_75)


def test_a_dispute_won_gives_the_project_its_gift_and_fee_back(book, seen, school_fund):
    book(
        seen("charge", 50_00, fee=1_75),
        seen("dispute_withdrawn", -50_00, fee=15_00),
        seen("dispute_reinstated", 50_00),
    )
    assert sums_of(school_fund) == {"given": -SOM_GIVEN, "fees": SOM_FEE}


def test_a_dispute_fee_given_back_comes_back_to_operations(book, seen):
    book(
        seen("charge", 50_00, fee=1_75),
        seen("dispute_withdrawn", -50_00, fee=15_00),
        seen("dispute_reinstated", 50_00, fee=-15_00),
    )
    operations = posting.open_fund("operations", kind="operations", title="Operations")
    assert queries.balance(operations, "fees").minor == 0


def test_what_exceeds_the_gift_is_the_cost_of_operations(book, seen, school_fund):
    """Refunded in full and then disputed as well: the project loses its gift once."""
    *_, dispute = book(
        seen("charge", 50_00, fee=1_75), seen("refund", -50_00), seen("dispute_withdrawn", -50_00, fee=15_00)
    )
    assert sums_of(school_fund) == {}
    assert (dispute.som_minor, dispute.fee_som_minor) == (0, 0)
    assert dispute.cost_som_minor == SOM_GIVEN + 1311_75


def test_what_exceeded_the_gift_comes_back_to_operations_first(book, seen, school_fund):
    *_, back = book(
        seen("charge", 50_00, fee=1_75),
        seen("refund", -50_00),
        seen("dispute_withdrawn", -50_00),
        seen("dispute_reinstated", 50_00),
    )
    assert sums_of(school_fund) == {}
    assert (back.som_minor, back.cost_som_minor) == (0, -SOM_GIVEN)


def test_a_dispute_for_more_than_the_gift_takes_the_gift_and_no_more(book, seen, school_fund):
    _, dispute = book(seen("charge", 50_00, fee=1_75), seen("dispute_withdrawn", -51_00))
    assert sums_of(school_fund) == {}
    assert dispute.cost_som_minor == 87_45


def test_operations_cover_what_the_project_has_spent(book, seen, school_fund, clock):
    book(seen("charge", 50_00, fee=1_75))
    spend(school_fund, 4000_00, key="payout:1", at=clock())
    dispute = book(seen("dispute_withdrawn", -50_00, fee=15_00))[-1]
    assert dispute.covered_som_minor == 4000_00
    assert queries.available(school_fund).minor == 0
    assert queries.balance(school_fund, "given").minor == 0


def test_what_operations_covered_they_get_back_first(book, seen, school_fund, clock):
    book(seen("charge", 50_00, fee=1_75))
    spend(school_fund, 4000_00, key="payout:1", at=clock())
    *_, dispute, won = book(seen("dispute_withdrawn", -50_00), seen("dispute_reinstated", 50_00))
    assert (dispute.covered_som_minor, won.covered_som_minor) == (4000_00, -4000_00)
    assert queries.available(school_fund).minor == SOM_GIVEN - SOM_FEE - 4000_00
    assert sums_of(school_fund) == {"given": -SOM_GIVEN, "fees": SOM_FEE, "paid_out": 4000_00}


def test_a_charge_in_won_is_worth_its_own_rate_and_its_fee_the_dollars(book, make_payment, seen, clock, fresh_rates):
    payment = make_payment(Money(70_000, "KRW"))
    charge = seen("charge", 70_000, fee=1_71, settled=48_58, currency="KRW")
    with transaction.atomic():
        movement = booking.book(payment, charge, past=[], at=clock())
    won, dollar = rates.rate_for("KRW", at=clock()), rates.rate_for("USD", at=clock())
    assert movement.som_minor == rates.to_som(Money(70_000, "KRW"), rate=won).minor
    assert movement.fee_som_minor == rates.to_som(Money(1_71, "USD"), rate=dollar).minor


def test_an_account_that_settles_in_som_needs_no_rate_for_its_fee(make_payment, seen, clock, fresh_rates, school_fund):
    charge = seen("charge", 50_00, settled=4300_00, fee=100_00, settled_in="KGS")
    with transaction.atomic():
        movement = booking.book(make_payment(), charge, past=[], at=clock())
    assert (movement.fee_som_minor, movement.fee_rate) == (100_00, None)
    assert legs_of(movement) == {
        ("kok-bulak-school", "given", "KGS"): -SOM_GIVEN,
        ("kok-bulak-school", "fees", "KGS"): 100_00,
        ("operations", "clearing", "KGS"): 4200_00,
        ("operations", "conversion", "KGS"): SOM_GIVEN - 100_00 - 4200_00,
    }


def test_a_rate_of_a_later_day_serves_when_there_was_none(make_payment, seen, clock, db):
    charge = seen("charge", 50_00, fee=1_75)
    later = clock() + timedelta(days=9)
    rates.import_demo(at=later)
    with transaction.atomic():
        movement = booking.book(make_payment(), charge, past=[], at=later)
    assert movement.som_minor == SOM_GIVEN


def test_without_any_fresh_rate_nothing_is_posted(make_payment, seen, clock, db):
    with pytest.raises(rates.StaleRate), transaction.atomic():
        booking.book(make_payment(), seen("charge", 50_00, fee=1_75), past=[], at=clock())
    assert Movement.objects.count() == 0


def test_movements_are_numbered_in_their_order(book, seen):
    movements = book(seen("charge", 50_00, fee=1_75), seen("refund", -1_00), seen("refund", -1_00))
    assert [movement.sequence for movement in movements] == [1, 2, 3]
