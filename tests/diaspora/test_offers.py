"""What the giving page says of a sum before it is given."""

import pytest
from django.utils import translation

from ashar.money import Money, rates
from diaspora import buying, matching, offers
from diaspora.models import BudgetLine, CardTerms
from tests.factories.moments import NOON, TODAY
from tests.factories.pools import PoolFactory


def line(title, amount, unit=0, unit_title=""):
    return BudgetLine(title_en=title, amount_minor=amount * 100, unit_minor=unit * 100 or None, unit_en=unit_title)


ROOF, DESKS, BOOKS = line("Roof", 700_000), line("Desks", 300_000, 3_000, "one desk"), line("Books", 90_000, 400)


@pytest.mark.parametrize(
    ("som", "told"),
    [
        (7_500, "2 × one desk"),
        (3_000, "1 × one desk"),
        (2_999, "7 × Books"),
        (300, "0.3% of the line “Books”"),
        (10, ""),
    ],
)
def test_a_sum_buys_pieces_of_the_dearest_thing_it_reaches_or_a_share(som, told):
    with translation.override("en"):
        assert buying.told(Money(som * 100, "KGS"), [ROOF, DESKS, BOOKS]) == told


def test_without_pieces_it_is_a_share_of_the_smallest_line_it_does_not_fill():
    with translation.override("en"):
        assert buying.told(Money(175_000_00, "KGS"), [ROOF, line("Doors", 100_000)]) == "25% of the line “Roof”"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ky", "«Чатыр» беренесинин 5,5% бөлүгү"),
        ("ru", "5,5\N{NO-BREAK SPACE}% статьи «Крыша»"),
        ("en", "5.5% of the line “Roof”"),
    ],
)
def test_a_share_is_written_as_the_language_writes_it(language, told):
    roof = BudgetLine(title_ky="Чатыр", title_ru="Крыша", title_en="Roof", amount_minor=100_000_00)
    with translation.override(language):
        assert buying.told(Money(5_500_00, "KGS"), [roof]) == told


def test_without_a_budget_nothing_is_claimed():
    assert buying.told(Money(100_00, "KGS"), []) == ""


def test_more_than_the_whole_budget_claims_nothing():
    assert buying.told(Money(800_000_00, "KGS"), [ROOF]) == ""


def test_an_offer_tells_fee_arrival_worth_and_match(school, pool, fresh_rates):
    offer = offers.open_desk(school, currency="USD", at=NOON).offer(Money(50_00, "USD"))
    rate = rates.rate_for("USD", at=NOON)

    assert (offer.fee, offer.arrives, offer.covered) == (Money(1_75, "USD"), Money(48_25, "USD"), Money(51_81, "USD"))
    assert offer.som == rates.to_som(Money(50_00, "USD"), rate=rate)
    assert offer.match == matching.estimate(matching.rooms(school, on=TODAY), som=offer.som)
    assert offer.buys != ""


def test_when_the_fee_is_covered_worth_and_match_are_of_what_the_card_pays(school, pool, fresh_rates):
    desk = offers.open_desk(school, currency="USD", at=NOON)
    rate = rates.rate_for("USD", at=NOON)

    offer = desk.offer(Money(50_00, "USD"), covers_fee=True)

    assert (offer.amount, offer.pays, offer.arrives) == (Money(50_00, "USD"), Money(51_81, "USD"), Money(50_00, "USD"))
    assert offer.som == rates.to_som(Money(51_81, "USD"), rate=rate)
    assert offer.arrives_som == rates.to_som(Money(50_00, "USD"), rate=rate)
    assert offer.match == matching.estimate(matching.rooms(school, on=TODAY), som=offer.som)


def test_what_arrives_is_told_in_som_as_well(school, fresh_rates):
    offer = offers.open_desk(school, currency="USD", at=NOON).offer(Money(50_00, "USD"))

    assert offer.pays == Money(50_00, "USD")
    assert offer.arrives_som == rates.to_som(Money(48_25, "USD"), rate=rates.rate_for("USD", at=NOON))


def test_without_terms_no_fee_is_claimed_and_nothing_is_added(school, fresh_rates):
    CardTerms.objects.all().delete()
    desk = offers.open_desk(school, currency="USD", at=NOON)

    assert desk.offer(Money(50_00, "USD")).fee is None
    assert desk.covering(Money(50_00, "USD")) == Money(50_00, "USD")


def test_an_exhausted_pool_promises_nothing(school, fresh_rates):
    PoolFactory(paid_in=Money(1, "KGS"))

    offer = offers.open_desk(school, currency="USD", at=NOON).offer(Money(50_00, "USD"))

    assert offer.match == Money(1, "KGS")


@pytest.mark.parametrize("currency", ["USD", "EUR", "GBP", "KZT", "TRY", "KRW", "AED", "PLN"])
def test_every_currency_has_suggestions_that_say_what_they_buy(school, fresh_rates, currency):
    suggestions = offers.suggested(offers.open_desk(school, currency=currency, at=NOON), currency=currency)

    assert [bool(offer.buys and offer.som) for offer in suggestions] == [True] * 4


@pytest.mark.parametrize("sums", [1, 3])
@pytest.mark.parametrize("pools", [1, 3])
def test_a_desk_looks_everything_up_once_for_any_number_of_sums(
    school, fresh_rates, django_assert_num_queries, sums, pools
):
    for _ in range(pools):
        PoolFactory()
    with django_assert_num_queries(4):
        desk = offers.open_desk(school, currency="USD", at=NOON)

    with django_assert_num_queries(0):
        told = [desk.offer(Money(50_00 + number, "USD")) for number in range(sums)]
    assert [bool(offer.match) for offer in told] == [True] * sums
