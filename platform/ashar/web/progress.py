"""The bar of a goal: raised and matched beside each other, never mixed, and honest below 1 % and above 100 %."""

from dataclasses import dataclass

from ashar.money import Money
from ashar.web import counting


@dataclass(frozen=True, slots=True)
class Bar:
    """Widths in per cent, the share as the reader writes it, and what is missing or above the goal (one is None)."""

    given: int
    matched: int
    share: str
    missing: Money | None
    over: Money | None


def measure(goal: Money, given: Money, matched: Money) -> Bar:
    """Return the bar of `given` and `matched` against `goal`.

    All three must share a currency. Above the goal the bar is full and the two parts keep their proportion to each
    other. The share is rounded down, so 100 % is never shown before it is reached.
    """
    total = given + matched
    whole = max(goal, total)
    ends = [_per_cent(part, whole) for part in (given, total)]
    return Bar(
        given=ends[0],
        matched=ends[1] - ends[0],
        share=_share(total, goal),
        missing=goal - total if total < goal else None,
        over=total - goal if total > goal else None,
    )


def _per_cent(part: Money, whole: Money) -> int:
    return max(part.minor, 0) * 100 // whole.minor if whole.minor > 0 else 0


def _share(total: Money, goal: Money) -> str:
    share = _per_cent(total, goal)
    return f"< {counting.per_cent(1)}" if share == 0 and total.minor > 0 else counting.per_cent(share)
