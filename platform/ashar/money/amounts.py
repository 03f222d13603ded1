"""`Money`: whole minor units of one currency, and the only arithmetic that cannot lose or invent any."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import total_ordering
from typing import Self

from ashar.money.table import CURRENCIES


class CurrencyMismatch(ValueError):  # noqa: N818 - it names what happened
    """Two amounts of different currencies met where only one currency makes sense; convert first (`rates.to_som`)."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} met {other}")


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units: `Money(123450, "KGS")` is 1 234,50 som, `Money(70000, "KRW")` is 70 000 won.

    Refuses anything but an int (a bool too) and a currency outside the table. Amounts of one currency add, subtract,
    negate and compare; those of two raise `CurrencyMismatch`. There is no division: use `split` or `portion`.
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are an int, not {type(self.minor).__name__}")
        if self.currency not in CURRENCIES:
            raise ValueError(f"no such currency: {self.currency!r}")

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Return nothing, in `currency`."""
        return cls(0, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._alike(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._alike(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __abs__(self) -> "Money":
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        return self.minor < self._alike(other)

    def times(self, n: int) -> "Money":
        """Return `n` times the amount; `n` is an int, as in "three som per som"."""
        return Money(self.minor * _whole(n), self.currency)

    def portion(self, numerator: int, denominator: int) -> "Money":
        """Return `numerator`/`denominator` of the amount, exact, rounded towards zero; both ints, denominator above 0."""
        if _whole(denominator) <= 0:
            raise ValueError("the denominator is above 0")
        product = self.minor * _whole(numerator)
        size = abs(product) // denominator
        return Money(size if product >= 0 else -size, self.currency)

    def split(self, ratios: Sequence[int]) -> "list[Money]":
        """Return the amount divided by `ratios` so that the parts sum to it exactly.

        Largest remainder, ties to the first; each part lies within one minor unit of its exact share. Ratios are ints of
        0 or more with at least one above 0.
        """
        total = sum(map(_whole, ratios))
        if total <= 0 or min(ratios) < 0:
            raise ValueError("ratios are 0 or more, and one is above 0")
        shares = [divmod(abs(self.minor) * ratio, total) for ratio in ratios]
        left_over = abs(self.minor) - sum(share for share, _ in shares)
        by_remainder = sorted(range(len(shares)), key=lambda place: -shares[place][1])
        lucky = set(by_remainder[:left_over])
        sign = -1 if self.minor < 0 else 1
        return [Money(sign * (share + (place in lucky)), self.currency) for place, (share, _) in enumerate(shares)]

    def _alike(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise TypeError(f"Money goes with Money, not {type(other).__name__}")
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.minor


def _whole(n: int) -> int:
    if type(n) is not int:
        raise TypeError(f"an int, not {type(n).__name__}")
    return n
