"""Stripe's test cards, and how each of them behaves."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

NUMBER = re.compile(r"[0-9]{12,19}\Z", re.ASCII)
CVC = re.compile(r"[0-9]{3,4}\Z", re.ASCII)
EXPIRY = re.compile(r"(?P<month>[0-9]{1,2})\s*[/.\-]\s*(?:20)?(?P<year>[0-9]{2})\Z", re.ASCII)


class Behaviour(StrEnum):
    """What a card does besides paying."""

    PAYS = "pays"
    ASKS = "asks"  # 3-D Secure: the bank asks its customer first
    DISPUTES = "disputes"  # the holder disputes the charge at once
    REFUND_FAILS = "refund fails"  # a refund succeeds, then fails
    REFUND_WAITS = "refund waits"  # a refund is pending, then succeeds


@dataclass(frozen=True, slots=True)
class Decline:
    """Why a charge failed: Stripe's code, the bank's reason and Stripe's sentence."""

    code: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Card:
    """A play card as typed."""

    number: str
    behaviour: Behaviour = Behaviour.PAYS
    decline: Decline | None = None
    brand: str = "visa"
    month: int = 12
    year: int = 2034


class WrongCard(Exception):  # noqa: N818 - it names what is wrong
    """The typed card cannot be one; `field` is the field and `code` Stripe's word for the fault."""

    def __init__(self, field: str, code: str) -> None:
        self.field, self.code = field, code
        super().__init__(code)


GENERIC = Decline("card_declined", "generic_decline", "Your card was declined.")
POOR = Decline("card_declined", "insufficient_funds", "Your card has insufficient funds.")
EXPIRED = Decline("expired_card", "expired_card", "Your card has expired.")
WRONG_CVC = Decline("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect.")
BROKEN = Decline(
    "processing_error", "processing_error", "An error occurred while processing your card. Try again in a little bit."
)
UNAUTHENTICATED = Decline(
    "payment_intent_authentication_failure",
    "authentication_failure",
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
)
REAL = Decline(
    "card_declined",
    "test_mode_live_card",
    "Your card was declined. Your request was in test mode, but used a non test card.",
)
CARDS = {
    card.number: card
    for card in (
        Card("4242424242424242"),
        Card("5555555555554444", brand="mastercard"),
        Card("4000000000000002", decline=GENERIC),
        Card("4000000000009995", decline=POOR),
        Card("4000000000000069", decline=EXPIRED),
        Card("4000000000000127", decline=WRONG_CVC),
        Card("4000000000000119", decline=BROKEN),
        Card("4000002500003155", Behaviour.ASKS),
        Card("4000000000000259", Behaviour.DISPUTES),
        Card("4000000000005126", Behaviour.REFUND_FAILS),
        Card("4000000000007726", Behaviour.REFUND_WAITS),
    )
}
# Those that the page offers with one click, by the key of their sentence in `texts`.
OFFERED = {
    "4242424242424242": "card_pays",
    "4000000000000002": "card_declined",
    "4000000000009995": "card_poor",
    "4000002500003155": "card_asks",
    "4000000000000259": "card_disputes",
}


def known(number: str) -> Card:
    """Return the test card of that number, valid for years; any other number is a card that test mode declines."""
    return CARDS.get(number, Card(number, decline=REAL))


def typed(number: str, expiry: str, cvc: str, *, year: int, month: int) -> Card:
    """Return the card that somebody typed in `month` of `year`; raises `WrongCard`."""
    digits = re.sub(r"[\s\-]", "", number)
    if not NUMBER.match(digits) or not _luhn(digits):
        raise WrongCard("number", "incorrect_number")
    dated = EXPIRY.match(expiry.strip())
    if not dated or not 1 <= int(dated["month"]) <= 12:  # noqa: PLR2004 - December
        raise WrongCard("expiry", "invalid_expiry")
    until = (2000 + int(dated["year"]), int(dated["month"]))
    if until < (year, month):
        raise WrongCard("expiry", "expired_card")
    if not CVC.match(cvc.strip()):
        raise WrongCard("cvc", "invalid_cvc")
    return replace(known(digits), year=until[0], month=until[1])


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0
