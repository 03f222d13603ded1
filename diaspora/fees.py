"""What the card rail takes, by exact integer arithmetic on dated terms.

The fee before a payment is an expectation that errs on the careful side: shares are rounded up. The fee in the books
is always the one that the provider states afterwards.
"""

from datetime import date

from ashar.money import Money
from diaspora.models import CardTerms

WHOLE_BP = 10_000


def terms_of(currency: str, *, on: date) -> CardTerms | None:
    """Return the terms in force on the day, or nothing when none are known. One query."""
    return CardTerms.objects.filter(currency=currency, valid_from__lte=on).order_by("-valid_from").first()


def fee(amount: Money, *, terms: CardTerms) -> Money:
    """Return what a payment of `amount` costs: the share rounded up to the minor unit, plus the fixed part."""
    return Money(_ceil(amount.minor * terms.rate_bp, WHOLE_BP) + terms.fixed_minor, amount.currency)


def arriving(amount: Money, *, terms: CardTerms) -> Money:
    """Return what is left of `amount` after the fee; never below zero."""
    return Money(max(amount.minor - fee(amount, terms=terms).minor, 0), amount.currency)


def covering(amount: Money, *, terms: CardTerms, multiple_of: int = 1) -> Money:
    """Return the smallest payment, in steps of `multiple_of` minor units, of which at least `amount` arrives."""
    needed = _ceil((amount.minor + terms.fixed_minor) * WHOLE_BP, WHOLE_BP - terms.rate_bp)
    return Money(_ceil(needed, multiple_of) * multiple_of, amount.currency)


def _ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)
