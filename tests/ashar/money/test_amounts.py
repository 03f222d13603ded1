"""`Money`: arithmetic that neither loses nor invents a tyiyn."""

from copy import copy

import pytest

from ashar.money import CurrencyMismatch, Money

SOM = Money(1_000_00, "KGS")
DOLLARS = Money(50_00, "USD")
WON = Money(70_000, "KRW")


def test_amounts_of_one_currency_add_subtract_and_negate():
    assert SOM + Money(50, "KGS") == Money(1_000_50, "KGS")
    assert SOM - Money(1_500_00, "KGS") == Money(-500_00, "KGS")
    assert Money(-1_000_00, "KGS") == -SOM
    assert abs(-SOM) == SOM
    assert abs(SOM) == SOM


def test_amounts_sum_from_zero():
    assert sum([SOM, SOM], Money.zero("KGS")) == Money(2_000_00, "KGS")
    assert sum([], Money.zero("KRW")) == Money(0, "KRW")


def test_only_nothing_is_false():
    assert not Money.zero("KGS")
    assert Money(1, "KGS")
    assert Money(-1, "KGS")


def test_equality_needs_the_same_currency():
    assert Money(100, "USD") == Money(100, "USD")
    assert Money(100, "USD") != Money(100, "EUR")
    assert Money(100, "USD") != 100
    assert len({Money(100, "USD"), Money(100, "USD"), Money(100, "EUR")}) == 2


def test_amounts_of_one_currency_are_ordered():
    small, large = Money(1, "USD"), Money(2, "USD")
    assert small < large
    assert small <= large
    assert large > small
    assert large >= small
    assert max(small, large) is large


@pytest.mark.parametrize(
    "meet",
    [
        lambda: SOM + DOLLARS,
        lambda: SOM - DOLLARS,
        lambda: SOM < DOLLARS,
        lambda: SOM <= DOLLARS,
        lambda: SOM > DOLLARS,
        lambda: SOM >= DOLLARS,
        lambda: sum([SOM, DOLLARS], Money.zero("KGS")),
    ],
)
def test_two_currencies_never_meet(meet):
    with pytest.raises(CurrencyMismatch) as mismatch:
        meet()
    assert set(str(mismatch.value).split(" met ")) == {"KGS", "USD"}


@pytest.mark.parametrize("number", [1, 0, 1.5, "1", None])
def test_money_goes_with_money_only(number):
    with pytest.raises(TypeError, match="Money goes with Money"):
        SOM + number
    with pytest.raises(TypeError, match="Money goes with Money"):
        number > SOM  # noqa: B015 - the comparison is the test


@pytest.mark.parametrize("minor", [True, False, 1.0, 0.1 + 0.2, "100", None, float("nan"), b"1", 1 + 0j])
def test_minor_units_are_an_int(minor):
    with pytest.raises(TypeError, match="minor units are an int"):
        Money(minor, "KGS")


@pytest.mark.parametrize("currency", ["", "kgs", "KGS ", "XXX", "BTC", "RUR"])
def test_a_currency_is_one_of_the_table(currency):
    with pytest.raises(ValueError, match="no such currency"):
        Money(1, currency)


def test_an_amount_never_changes():
    with pytest.raises(AttributeError):
        SOM.minor = 5
    assert copy(SOM) == SOM
    assert not hasattr(SOM, "__dict__")


def test_times_multiplies_by_whole_numbers():
    assert SOM.times(3) == Money(3_000_00, "KGS")
    assert SOM.times(0) == Money(0, "KGS")
    assert SOM.times(-1) == -SOM


@pytest.mark.parametrize("n", [1.5, "3", True, None])
def test_times_refuses_what_is_not_whole(n):
    with pytest.raises(TypeError, match="an int, not"):
        SOM.times(n)


@pytest.mark.parametrize(
    ("minor", "numerator", "denominator", "portion"),
    [
        (100, 1, 3, 33),
        (100, 2, 3, 66),
        (100, 3, 3, 100),
        (100, 0, 3, 0),
        (-100, 2, 3, -66),
        (100, -2, 3, -66),
        (-100, -2, 3, 66),
        (1, 1, 2, 0),
        (-1, 1, 2, 0),
        (10**18, 10**18 - 1, 10**18, 10**18 - 1),
    ],
)
def test_portion_is_exact_and_rounds_towards_zero(minor, numerator, denominator, portion):
    assert Money(minor, "KGS").portion(numerator, denominator) == Money(portion, "KGS")


@pytest.mark.parametrize("denominator", [0, -1])
def test_portion_needs_a_denominator_above_zero(denominator):
    with pytest.raises(ValueError, match="above 0"):
        SOM.portion(1, denominator)


@pytest.mark.parametrize(("numerator", "denominator"), [(0.5, 1), (1, 2.0), (True, 1), ("1", 2)])
def test_portion_takes_ints_only(numerator, denominator):
    with pytest.raises(TypeError, match="an int, not"):
        SOM.portion(numerator, denominator)


@pytest.mark.parametrize(
    ("minor", "ratios", "parts"),
    [
        (100, [1], [100]),
        (100, [1, 1], [50, 50]),
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (100, [1, 2], [33, 67]),
        (1, [1, 1], [1, 0]),
        (2, [1, 1, 1], [1, 1, 0]),
        (0, [1, 2], [0, 0]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (100, [0, 1, 0], [0, 100, 0]),
        (7, [3, 0, 4], [3, 0, 4]),
        (10, [1, 5, 1], [2, 7, 1]),
    ],
)
def test_split_gives_the_remainder_to_the_largest_and_ties_to_the_first(minor, ratios, parts):
    assert Money(minor, "KGS").split(ratios) == [Money(part, "KGS") for part in parts]


@pytest.mark.parametrize("ratios", [[], [0], [0, 0], [-1, 2], [1, -1]])
def test_split_needs_sensible_ratios(ratios):
    with pytest.raises(ValueError, match="ratios are 0 or more"):
        SOM.split(ratios)


@pytest.mark.parametrize("ratio", [0.5, "1", True, None])
def test_split_takes_ints_only(ratio):
    with pytest.raises(TypeError, match="an int, not"):
        SOM.split([1, ratio])
