"""Card numbers are found in whatever dress they come, and other numbers are left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.privacy import card_numbers

VISA = "4242424242424242"


@pytest.mark.parametrize(
    "text",
    [
        VISA,
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "4242.4242.4242.4242",
        "4242\N{NO-BREAK SPACE}4242 4242 4242",
        "Менин картам 4242 4242 4242 4242 12/27 123",
        "to 5555555555554444, please",
        "378282246310005.",
        "12 4242 4242 4242 4242",
        "４２４２ ４２４２ ４２４２ ４２４２",
        "4222222222222",
    ],
)
def test_a_card_number_is_found(text):
    assert card_numbers.is_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Мектепке, 4-класс",
        "4242 4242 4242 4241",
        "+996 555 123 456",
        "0555123456 0555123457",
        "1 234 567,50 сом",
        "000000000000000000",
        "424242424242",
        "42424242424242424242",
        "2026-11-25 2027-12-31",
    ],
)
def test_other_numbers_are_left_in_peace(text):
    assert not card_numbers.is_in(text)


@given(st.text("23456789", min_size=1, max_size=1), st.text("0123456789", min_size=11, max_size=17))
def test_of_ten_last_digits_exactly_one_makes_a_card_number(first, middle):
    assert sum(card_numbers.is_in(first + middle + last) for last in "0123456789") == 1


@given(st.text(max_size=300))
def test_no_text_breaks_it(text):
    assert card_numbers.is_in(text) in {True, False}
