"""Sample data of components: `<name>.sample.json` beside `components/<name>.html`.

{"use": TEXT, "samples": [{"name": TEXT, "context": {…}}]}, where TEXT is a string or one per language
({"ky": …, "ru": …, "en": …}), and a value may also be {"$money": [minor, currency]}, {"$sum": the same, in words}, {"$day": "2026-11-22"},
{"$moment": "2026-11-22T10:00:00+00:00"}, {"$form": {field: value}} (a bound sample form; `null` for a fresh one),
{"$field": [name, {field: value}]}, {"$page": [number, of]}, {"$chart": {"kind": …, "labels": […], "series":
[{"name": …, "numbers": […]}], "currency": ""}}.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.paginator import Page, Paginator
from django.forms import BoundField

from ashar import language
from ashar.money import Money, printed
from ashar.web import charts, maps, ours
from ashar.web.sample_forms import SampleForm, SampleUpload

COLOURS = ("ground", "surface", "sunken", "ink", "ink-soft", "line", "indigo", "madder", "saffron", "moss", "night")


@dataclass(frozen=True, slots=True)
class Sample:
    """One way a component can look."""

    name: str
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Component:
    """One component: its template, what it is for, and its samples in the active language."""

    name: str
    template: str
    use: str
    samples: list[Sample]


def components() -> list[Component]:
    """Return the components of all our apps that have samples, by name."""
    files = [path for folder in ours.folders() for path in (folder / "templates" / "components").glob("*.sample.json")]
    return [_component(path) for path in sorted(files, key=lambda path: path.name)]


def _component(path: Path) -> Component:
    name = path.name.removesuffix(".sample.json")
    told = _Reader(name).read(json.loads(path.read_text(encoding="utf-8")))
    drawn = [Sample(each["name"], each["context"]) for each in told["samples"]]
    return Component(name, f"components/{name}.html", told["use"], drawn)


class _Reader:
    """Turns what JSON can say into what templates get. Forms get ids of their own: many stand on one page."""

    def __init__(self, name: str) -> None:
        self.name, self.forms = name, 0

    def read(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        if isinstance(value, list):
            return [self.read(each) for each in value]
        if not isinstance(value, dict):
            return value
        if set(value) == set(language.LANGUAGES):
            return value[language.current()]
        if len(value) == 1 and (kind := next(iter(value))).startswith("$"):
            return getattr(self, f"make_{kind[1:]}")(value[kind])
        return {key: self.read(each) for key, each in value.items()}

    def make_money(self, told: list[Any]) -> Money:
        return Money(told[0], told[1])

    def make_sum(self, told: list[Any]) -> str:
        return printed.show(Money(told[0], told[1]))

    def make_day(self, told: str) -> date:
        return date.fromisoformat(told)

    def make_moment(self, told: str) -> datetime:
        return datetime.fromisoformat(told)

    def make_form(self, told: dict[str, Any] | None) -> SampleForm:
        self.forms += 1
        return SampleForm(told, auto_id=f"{self.name}-{self.forms}-%s")

    def make_field(self, told: list[Any]) -> BoundField:
        return self.make_form(told[1])[told[0]]

    def make_page(self, told: list[int]) -> Page[int]:
        number, of = told
        return Paginator(range(of * 10), 10).page(number)

    def make_chart(self, told: dict[str, Any]) -> charts.Picture:
        series = tuple(charts.Series(self.read(each["name"]), tuple(each["numbers"])) for each in told["series"])
        return charts.draw(told["kind"], charts.Figures(tuple(self.read(told["labels"])), series, told["currency"]))

    def make_map(self, told: list[int]) -> list[maps.Area]:
        return maps.areas({code: maps.Figure(number, "#") for code, number in zip(maps.PATCHES, told, strict=True)})

    def make_file(self, told: list[Any]) -> BoundField:
        self.forms += 1
        return SampleUpload(told[1], None if told[1] is None else {}, auto_id=f"{self.name}-{self.forms}-%s")[told[0]]
