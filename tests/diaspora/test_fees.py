"""What the card takes, and paying it on top, in integers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.money import Money
from ashar.money.table import CURRENCIES
from diaspora import fees
from diaspora.models import CardTerms

DOLLARS = CardTerms(currency="USD", rate_bp=290, fixed_minor=30)

amounts = st.integers(min_value=1, max_value=99_999_999).map(lambda minor: Money(minor, "USD"))
terms = st.builds(
    CardTerms,
    rate_bp=st.integers(min_value=0, max_value=9_999),
    fixed_minor=st.integers(min_value=0, max_value=100_000),
)


@pytest.mark.parametrize(("cents", "fee"), [(50_00, 1_75), (1, 31), (100_00, 3_20), (33_33, 1_27), (10_00, 59)])
def test_the_fee_is_rounded_up(cents, fee):
    assert fees.fee(Money(cents, "USD"), terms=DOLLARS) == Money(fee, "USD")


def test_nothing_arrives_of_less_than_the_fee():
    assert fees.arriving(Money(20, "USD"), terms=DOLLARS) == Money(0, "USD")


@given(amounts, terms)
def test_covering_lets_the_whole_amount_arrive_and_a_unit_less_would_not(amount, card):
    gross = fees.covering(amount, terms=card)

    assert fees.arriving(gross, terms=card) >= amount
    assert fees.arriving(Money(gross.minor - 1, "USD"), terms=card) < amount


@given(amounts, terms, st.sampled_from([1, 5, 100]))
def test_covering_in_steps_is_the_first_step_that_is_enough(amount, card, step):
    gross = fees.covering(amount, terms=card, multiple_of=step)

    assert gross.minor % step == 0
    assert 0 <= gross.minor - fees.covering(amount, terms=card).minor < step


def test_every_currency_of_the_card_rail_has_terms_with_a_source(db):
    chargeable = {code for code, currency in CURRENCIES.items() if currency.chargeable}

    assert set(CardTerms.objects.values_list("currency", flat=True)) == chargeable
    assert not CardTerms.objects.filter(source="").exists()


def test_the_latest_terms_not_in_the_future_are_in_force(db):
    CardTerms.objects.create(
        currency="USD", valid_from=date(2027, 1, 1), rate_bp=150, fixed_minor=30, source="contract"
    )

    assert fees.terms_of("USD", on=date(2026, 12, 31)).rate_bp == 290
    assert fees.terms_of("USD", on=date(2027, 1, 1)).rate_bp == 150
    assert fees.terms_of("USD", on=date(2025, 1, 1)) is None
    assert fees.terms_of("KGS", on=date(2027, 1, 1)) is None
