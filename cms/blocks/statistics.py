"""Figures of one measure, side by side where sources differ: one list of lines for the page and for its table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.snippets.statistic import EARLIEST, LATEST, Statistic
from cms.typed_number import NumberBlock


class StatisticBlock(blocks.StructBlock):
    """One figure of one source; a range has a second number."""

    value = NumberBlock(label=_("Value"))
    up_to = NumberBlock(label=_("Up to, in a range"), required=False)
    unit = blocks.CharBlock(label=_("Unit"), max_length=60)
    year = blocks.IntegerBlock(label=_("Year"), min_value=EARLIEST, max_value=LATEST)
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
