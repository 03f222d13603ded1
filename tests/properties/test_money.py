"""What must hold for every amount there is."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ashar.money import CurrencyMismatch, Money, currencies, printed, rates, typed
from ashar.money.currencies import CURRENCIES
from ashar.money.models import ExchangeRate

codes = st.sampled_from(sorted(CURRENCIES))
languages = st.sampled_from(["ky", "ru", "en"])
sizes = st.integers(0, typed.LARGEST_MINOR)
minors = st.integers(-typed.LARGEST_MINOR, typed.LARGEST_MINOR)
amounts = st.builds(Money, minors, codes)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any)


@given(sizes, codes, languages)
@example(1_234, "KWD", "ru")
@example(1_234, "KRW", "en")
@example(1_000_000, "KWD", "en")
@example(1_234_00, "KGS", "en")
def test_what_is_printed_is_read_back_or_asked_again_and_never_read_as_another_sum(minor, code, language):
    money = Money(minor, code)
    lone_comma = language == "en" and 1_000 <= minor / 100 < 1_000_000 and CURRENCIES[code].exponent == 2
    if lone_comma and minor % 100 == 0:
        with pytest.raises(typed.Ambiguous):
            typed.parse(printed.show(money, language), code)
    else:
        assert typed.parse(printed.show(money, language), code) == money


@given(sizes, codes)
def test_the_plain_form_is_read_back(minor, code):
    money = Money(minor, code)
    assert typed.parse(printed.plain(money), code) == money


@given(st.integers(1, typed.LARGEST_MINOR), codes, languages)
def test_what_is_printed_with_a_minus_is_never_read(minor, code, language):
    with pytest.raises(typed.Signed):
        typed.parse(printed.show(Money(-minor, code), language), code)


@given(st.text(max_size=50), codes)
def test_any_text_is_an_amount_or_a_named_refusal(text, code):
    try:
        money = typed.parse(text, code)
    except typed.Unreadable as refusal:
        outcome = type(refusal)
    else:
        outcome = type(money)
        assert (money.currency, 0 <= money.minor <= typed.LARGEST_MINOR) == (code, True)
    assert outcome in {Money, *typed.Unreadable.__subclasses__()}


@given(st.text(alphabet="0123456789., '\N{NO-BREAK SPACE}", max_size=24), codes)
def test_what_is_read_means_what_its_digits_say(text, code):
    try:
        money = typed.parse(text, code)
    except typed.Unreadable:
        return
    digits = "".join(sign for sign in text if sign.isdigit())
    exponent = CURRENCIES[code].exponent
    assert money.minor in {int(digits) * 10**places for places in range(exponent + 1)}


@given(amounts, weights)
def test_split_loses_nothing_and_is_fair(money, ratios):
    parts = money.split(ratios)
    assert sum(parts, Money.zero(money.currency)) == money
    for part, ratio in zip(parts, ratios, strict=True):
        assert abs(part.minor - Fraction(money.minor * ratio, sum(ratios))) < 1
        assert part or ratio == 0 or abs(money.minor * ratio) < sum(ratios)


@given(amounts, weights)
def test_split_is_stable(money, ratios):
    assert money.split(ratios) == money.split(list(ratios))
    assert (-money).split(ratios) == [-part for part in money.split(ratios)]
    equal = money.split([1] * len(ratios))
    assert equal == sorted(equal, key=abs, reverse=True)


@given(amounts, st.lists(st.integers(0, 1000), min_size=1, max_size=10))
def test_cumulative_portions_add_up_to_the_whole(money, steps):
    whole = max(sum(steps), 1)
    taken, returned = 0, Money.zero(money.currency)
    for step in [*steps, whole - sum(steps)]:
        taken += step
        returned += money.portion(taken, whole) - returned
    assert returned == money


@given(amounts, st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_portion_never_exceeds_its_share(money, numerator, denominator):
    exact = Fraction(money.minor * numerator, denominator)
    portion = money.portion(numerator, denominator).minor
    assert abs(portion) <= abs(exact) < abs(portion) + 1


@given(amounts, amounts)
def test_amounts_meet_only_within_a_currency(one, other):
    if one.currency == other.currency:
        assert one + other == other + one
        assert one + other - other == one
        assert (one < other) == (one.minor < other.minor)
    else:
        with pytest.raises(CurrencyMismatch):
            one + other


@given(sizes, codes)
def test_the_card_processors_units_come_back_as_they_went(minor, code):
    money = Money(minor - minor % CURRENCIES[code].stripe_multiple_of, code)
    assert currencies.from_provider(currencies.to_provider(money), code) == money


@given(amounts, st.integers(1, 10**7), st.integers(1, 10**7))
def test_conversion_is_within_half_a_tyiyn(money, nominal, value_e4):
    rate = ExchangeRate(currency=money.currency, nominal=nominal, value_e4=value_e4)
    exact = Fraction(money.minor * value_e4 * 100, 10 ** CURRENCIES[money.currency].exponent * 10_000 * nominal)
    assert abs(rates.to_som(money, rate=rate).minor - exact) <= Fraction(1, 2)
    assert rates.to_som(-money, rate=rate) == -rates.to_som(money, rate=rate)
