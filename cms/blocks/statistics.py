"""Figures of one measure, side by side where sources differ: one list of lines for the page and for its table."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ashar.web import counting

DIGITS = r"^\d{1,15}(\.\d{1,3})?$"
WRITE_DIGITS = {"invalid": _("Write digits without spaces, with a point before decimals: 1063000 or 30.5.")}


class StatisticBlock(blocks.StructBlock):
    """One figure of one source; a range has a second number."""

    value = blocks.RegexBlock(regex=DIGITS, label=_("Value"), max_length=19, error_messages=WRITE_DIGITS)
    up_to = blocks.RegexBlock(
        regex=DIGITS, label=_("Up to, in a range"), required=False, max_length=19, error_messages=WRITE_DIGITS
    )
    unit = blocks.CharBlock(label=_("Unit"), max_length=60)
    year = blocks.IntegerBlock(label=_("Year"), min_value=1990, max_value=2100)
    definition = blocks.TextBlock(label=_("What exactly is counted"), max_length=400)
    source = blocks.CharBlock(label=_("Source"), max_length=200)
    address = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "order"
        label = _("Figure")


class MeasureBlock(blocks.StructBlock):
    """What is measured, and every figure of it that we know."""

    title = blocks.CharBlock(label=_("What is measured"), max_length=150)
    note = blocks.TextBlock(label=_("Why the figures differ"), required=False, max_length=400)
    figures = blocks.ListBlock(StatisticBlock(), label=_("Figures"), min_num=1)

    class Meta:
        icon = "table"
        label = _("Measure")


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


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, with its figures."""

    title: str
    note: str
    figures: list[Statistic]


def measures(stream: Any) -> list[Measure]:  # noqa: ANN401 - a stream of `MeasureBlock`
    """Return what a stream of measures says, prepared."""
    return [_measure(block.value) for block in stream]


def _measure(told: Any) -> Measure:  # noqa: ANN401 - a struct value
    return Measure(told["title"], told["note"] or "", [_statistic(told["title"], each) for each in told["figures"]])


def _statistic(measure: str, told: Any) -> Statistic:  # noqa: ANN401 - a struct value
    said: dict[str, Any] = {name: words or "" for name, words in told.items()}
    return Statistic(measure=measure, **said)
