"""Rates, minimum sums and fees in whole numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ashar.payments.sandbox import tariff

currencies = some.sampled_from(sorted(tariff.DOLLARS_E9))
sums = some.integers(min_value=-tariff.MOST_MINOR, max_value=tariff.MOST_MINOR)


@pytest.mark.parametrize(
    ("minor", "source", "cents"),
    [
        (5000, "usd", 5000),
        (5000, "eur", 5424),  # 54.235, half away from zero
        (-5000, "eur", -5424),
        (70_000, "krw", 4858),
        (1, "krw", 0),
        (100_000, "kgs", 1144),
        (0, "gbp", 0),
    ],
)
def test_sums_in_dollars(minor, source, cents):
    assert tariff.convert(minor, source=source, target="usd") == cents


@given(sums, currencies, currencies)
def test_a_conversion_is_the_nearest_whole_number(minor, source, target):
    exact = Fraction(
        minor * tariff.DOLLARS_E9[source] * tariff.units(target), tariff.DOLLARS_E9[target] * tariff.units(source)
    )
    assert abs(tariff.convert(minor, source=source, target=target) - exact) <= Fraction(1, 2)


@given(sums, currencies, currencies)
def test_a_conversion_has_no_preferred_sign(minor, source, target):
    forth = tariff.convert(minor, source=source, target=target)
    assert tariff.convert(-minor, source=source, target=target) == -forth


@given(sums, currencies)
def test_within_a_currency_nothing_changes(minor, currency):
    assert tariff.convert(minor, source=currency, target=currency) == minor


@pytest.mark.parametrize(
    ("settled", "fee"),
    [(5000, 175), (4858, 171), (50, 31), (100, 33), (10_000, 320), (17, 30), (18, 31), (99_999_999, 2_900_030)],
)
def test_the_card_fee_is_2_9_percent_and_30_cents(settled, fee):
    assert tariff.card_fee(settled, settlement="usd") == fee


def test_fees_in_another_settlement_currency():
    assert tariff.card_fee(10_000, settlement="eur") == 290 + 28
    assert tariff.dispute_fee(settlement="eur") == 1383
    assert tariff.dispute_fee(settlement="usd") == 1500


@pytest.mark.parametrize(
    ("currency", "least"), [("usd", 50), ("eur", 47), ("gbp", 40), ("krw", 721), ("kzt", 25_907), ("jpy", 76)]
)
def test_half_a_dollar_is_the_least(currency, least):
    assert not tariff.too_small(least, currency=currency)
    assert tariff.too_small(least - 1, currency=currency)


def test_rates_are_shown_between_whole_units():
    assert tariff.exchange_rate(source="usd", target="usd") is None
    assert tariff.exchange_rate(source="krw", target="usd") == 0.000694
    assert tariff.exchange_rate(source="eur", target="usd") == 1.0847


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(1234, "usd", "$12.34"), (5, "usd", "$0.05"), (1_234_567, "eur", "12,345.67 EUR"), (70_000, "krw", "70,000 KRW")],
)
def test_sums_in_messages(minor, currency, text):
    assert tariff.shown(minor, currency=currency) == text
