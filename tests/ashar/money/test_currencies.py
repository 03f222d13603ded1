"""The table of currencies, held against CLDR and against what the card processor states."""

import re

import pytest
from babel.numbers import get_currency_precision, list_currencies

from ashar.money import Money, currencies
from ashar.money.currencies import Indivisible, UnknownCurrency
from tests.badinput.money import NOT_CURRENCIES

PROMISED = {"KGS", "USD", "EUR", "RUB", "KZT", "TRY", "KRW", "GBP", "AED", "PLN"}
# Stripe's page on currencies: no decimals at all, three decimals of which the last is zero, whole units sent as hundredths.
STRIPE_ZERO_DECIMAL = {
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "JPY",
    "KMF",
    "KRW",
    "MGA",
    "PYG",
    "RWF",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
}
STRIPE_THREE_DECIMAL = {"BHD", "JOD", "KWD", "OMR", "TND"}
STRIPE_WHOLE_UNITS = {"ISK", "UGX"}


def test_the_promised_currencies_are_there():
    assert PROMISED - currencies.CURRENCIES.keys() == set()


@pytest.mark.parametrize("currency", currencies.CURRENCIES.values(), ids=lambda currency: currency.code)
def test_exponents_are_those_of_cldr(currency):
    assert currency.code in list_currencies()
    assert currency.exponent == get_currency_precision(currency.code)


@pytest.mark.parametrize("currency", currencies.CURRENCIES.values(), ids=lambda currency: currency.code)
def test_the_card_processors_exceptions_stand_beside(currency):
    three = currency.code in STRIPE_THREE_DECIMAL
    assert currency.stripe_exponent == (0 if currency.code in STRIPE_ZERO_DECIMAL else 3 if three else 2)
    assert currency.stripe_multiple_of == (10 if three else 100 if currency.code in STRIPE_WHOLE_UNITS else 1)


@pytest.mark.parametrize("currency", currencies.chargeable(), ids=lambda currency: currency.code)
def test_what_is_offered_is_what_the_card_processor_takes(currency):
    assert 0 < currency.stripe_minimum_minor < currency.minimum_charge_minor
    assert currency.minimum_charge_minor < min(currency.suggested_minor)
    assert max(currency.suggested_minor) < currency.maximum_charge_minor
    assert currencies.to_provider(Money(currency.maximum_charge_minor, currency.code)) == 99_999_999
    assert sorted(set(currency.suggested_minor)) == list(currency.suggested_minor)


def test_the_som_is_shown_and_never_charged():
    assert not currencies.get("KGS").chargeable
    assert [currency.code for currency in currencies.chargeable()] == [
        "USD",
        "EUR",
        "GBP",
        "KZT",
        "TRY",
        "KRW",
        "AED",
        "PLN",
    ]


def test_get_knows_each_code():
    assert [currencies.get(code).code for code in currencies.CURRENCIES] == list(currencies.CURRENCIES)
    assert all(re.fullmatch("[A-Z]{3}", code) for code in currencies.CURRENCIES)


@pytest.mark.parametrize("code", NOT_CURRENCIES, ids=repr)
def test_get_refuses_anything_else(code):
    with pytest.raises(UnknownCurrency) as refusal:
        currencies.get(code)
    assert refusal.value.code == "unknown_currency"


@pytest.mark.parametrize(
    ("money", "amount"),
    [
        (Money(50_00, "USD"), 5_000),
        (Money(70_000, "KRW"), 70_000),
        (Money(1_000, "ISK"), 100_000),
        (Money(5_120, "KWD"), 5_120),
        (Money(-50_00, "USD"), -5_000),
    ],
)
def test_the_border_to_the_card_processor_is_crossed_both_ways(money, amount):
    assert currencies.to_provider(money) == amount
    assert currencies.from_provider(amount, money.currency.lower()) == money


def test_the_last_fils_is_not_for_the_card_processor():
    with pytest.raises(Indivisible) as refusal:
        currencies.to_provider(Money(5_124, "KWD"))
    assert refusal.value.facts == {"currency": "KWD"}


def test_half_a_krona_is_not_money():
    with pytest.raises(Indivisible):
        currencies.from_provider(150, "isk")


def test_the_card_processor_may_name_a_currency_we_do_not_know():
    with pytest.raises(UnknownCurrency):
        currencies.from_provider(100, "xxx")
