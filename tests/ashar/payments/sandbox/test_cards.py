"""The test cards, and what a typed card must look like."""

import pytest

from ashar.payments.sandbox import cards
from ashar.payments.sandbox.cards import Behaviour, WrongCard


def test_every_test_card_has_a_number_that_adds_up():
    for number in cards.CARDS:
        assert cards.typed(number, "12/34", "123", year=2026, month=11).number == number


def test_every_offered_card_is_a_test_card():
    assert set(cards.OFFERED) <= set(cards.CARDS)


@pytest.mark.parametrize(
    ("number", "behaviour"),
    [
        ("4242424242424242", Behaviour.PAYS),
        ("4000002500003155", Behaviour.ASKS),
        ("4000000000000259", Behaviour.DISPUTES),
        ("4000000000005126", Behaviour.REFUND_FAILS),
        ("4000000000007726", Behaviour.REFUND_WAITS),
    ],
)
def test_behaviours(number, behaviour):
    assert (cards.known(number).behaviour, cards.known(number).decline) == (behaviour, None)


def test_a_real_card_is_declined_in_test_mode():
    assert cards.known("4111111111111111").decline == cards.REAL


@pytest.mark.parametrize(
    ("expiry", "until"),
    [
        ("12/34", (12, 2034)),
        ("1/2030", (1, 2030)),
        ("03 / 27", (3, 2027)),
        ("11.26", (11, 2026)),
        ("11-26", (11, 2026)),
    ],
)
def test_dates_as_people_write_them(expiry, until):
    card = cards.typed("4242-4242 42424242", expiry, " 1234 ", year=2026, month=11)
    assert (card.month, card.year) == until


@pytest.mark.parametrize(
    ("number", "expiry", "cvc", "field", "code"),
    [
        ("4242424242424243", "12/34", "123", "number", "incorrect_number"),
        ("42424242424", "12/34", "123", "number", "incorrect_number"),
        ("4" * 20, "12/34", "123", "number", "incorrect_number"),
        ("4242424242424242", "1234", "123", "expiry", "invalid_expiry"),
        ("4242424242424242", "12/1934", "123", "expiry", "invalid_expiry"),
        ("4242424242424242", "10/26", "123", "expiry", "expired_card"),
        ("4242424242424242", "12/25", "123", "expiry", "expired_card"),
        ("4242424242424242", "12/34", "12345", "cvc", "invalid_cvc"),
        ("4242424242424242", "12/34", "１２３", "cvc", "invalid_cvc"),
    ],
)
def test_wrong_cards(number, expiry, cvc, field, code):
    with pytest.raises(WrongCard) as wrong:
        cards.typed(number, expiry, cvc, year=2026, month=11)
    assert (wrong.value.field, wrong.value.code) == (field, code)
