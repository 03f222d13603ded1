"""Card numbers in free text, so that none is kept by us and none is shown to the world."""

import re
from collections.abc import Iterator

LENGTHS = range(13, 20)
DIGITS_IN_GROUPS = re.compile(r"\d+(?:[ \N{NO-BREAK SPACE}.\-]\d+)*")
FIRST_DIGITS = "23456789"  # 0 and 1 begin no payment card (ISO/IEC 7812-1)


def is_in(text: str) -> bool:
    """Tell whether `text` holds what is built like a card number: 13 to 19 digits, grouped or not, with Luhn's check digit.

    One in ten other numbers of that length passes too: ask the writer, do not cut. Source: ISO/IEC 7812-1, annex B.
    """
    return any(_is_card_number(digits) for run in DIGITS_IN_GROUPS.findall(text) for digits in _joined(run))


def _joined(run: str) -> Iterator[str]:
    """Yield what neighbouring groups of digits make together: a card number is often followed by a date."""
    groups = re.findall(r"\d+", run)
    for first in range(len(groups)):
        digits = ""
        for group in groups[first:]:
            digits += group
            if len(digits) > LENGTHS[-1]:
                break
            yield digits


def _is_card_number(digits: str) -> bool:
    if len(digits) not in LENGTHS or str(int(digits[0])) not in FIRST_DIGITS:
        return False
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0
