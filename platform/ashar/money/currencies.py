"""Looking currencies up, and crossing the border to the card processor's minor units."""

from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused
from ashar.money.amounts import Money
from ashar.money.table import CURRENCIES, Currency

__all__ = [
    "CURRENCIES",
    "Currency",
    "Indivisible",
    "UnknownCurrency",
    "chargeable",
    "from_provider",
    "get",
    "to_provider",
]


class UnknownCurrency(Refused):
    """A code that is not in the table, or not written as three capital letters."""

    code = "unknown_currency"
    message = _("We do not know this currency.")


class Indivisible(Refused):
    """The card processor does not take so small a fraction of this currency."""

    code = "indivisible"
    message = _("By card, %(currency)s can be given only in steps the card service accepts; please round the amount.")


def get(code: str) -> Currency:
    """Return the currency of an ISO 4217 code, written exactly ("KGS"); raise `UnknownCurrency` for anything else."""
    try:
        return CURRENCIES[code]
    except (KeyError, TypeError):
        raise UnknownCurrency from None


def chargeable() -> tuple[Currency, ...]:
    """Return the currencies people may give in by card, in the order of the table."""
    return tuple(currency for currency in CURRENCIES.values() if currency.chargeable)


def to_provider(money: Money) -> int:
    """Return `money` in Stripe's minor units; raise `Indivisible` when Stripe would not take that fraction."""
    currency = CURRENCIES[money.currency]
    amount: int = money.minor * 10**currency.stripe_exponent // 10**currency.exponent
    if amount % currency.stripe_multiple_of:
        raise Indivisible(currency=money.currency)
    return amount


def from_provider(amount: int, code: str) -> Money:
    """Return what Stripe states as `amount` minor units of `code` (its lower case is understood).

    Raises `UnknownCurrency`, and `Indivisible` for a fraction the currency itself does not have.
    """
    currency = get(code.upper())
    minor, rest = divmod(amount * 10**currency.exponent, 10**currency.stripe_exponent)
    if rest:
        raise Indivisible(currency=currency.code)
    return Money(minor, currency.code)
