"""A figure with all that makes it one, wherever it is written."""

import re
from dataclasses import dataclass

from ashar.web import counting

EARLIEST, LATEST = 1990, 2100  # years of figures
DIGITS = r"^\d{1,15}(\.\d{1,3})?$"


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure with all that makes it one. `value` and `up_to` are plain digits."""

    measure: str
    value: str
    up_to: str
    unit: str
    year: int
    definition: str
    source: str
    address: str

    @property
    def shown(self) -> str:
        """The value as people of the active language write it, with both ends of a range."""
        ends = [counting.digits(each) if re.match(DIGITS, each) else each for each in (self.value, self.up_to) if each]
        return " – ".join(ends)
