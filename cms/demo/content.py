"""Reads the demo's texts: associations, pools, projects and the budgets of their kinds, news and the people in them, guides, questions, figures, snippets."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ashar.language import LANGUAGES
from ashar.money import Money
from diaspora.projects import Line

FOLDER = Path(__file__).parent
Entry = Mapping[str, Any]


@cache
def _file(name: str) -> Entry:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def associations() -> Sequence[Entry]:
    """Return the associations as written."""
    entries: Sequence[Entry] = _file("associations.toml")["association"]
    return entries


def pools() -> Sequence[Entry]:
    """Return the match pools as written."""
    entries: Sequence[Entry] = _file("associations.toml")["pool"]
    return entries


def projects() -> Sequence[Entry]:
    """Return the projects as written."""
    entries: Sequence[Entry] = _file("projects.toml")["project"]
    return entries


def topics() -> Sequence[Entry]:
    """Return the topics of the news as written."""
    entries: Sequence[Entry] = _file("news.toml")["topic"]
    return entries


def people() -> Sequence[Entry]:
    """Return the people of the news as written."""
    entries: Sequence[Entry] = _file("news.toml")["person"]
    return entries


def articles() -> Sequence[Entry]:
    """Return the articles as written, newest first."""
    entries: Sequence[Entry] = _file("news.toml")["article"]
    return entries


def guides() -> Sequence[Entry]:
    """Return the guides as written."""
    entries: Sequence[Entry] = _file("guides.toml")["guide"]
    return entries


def practices() -> Sequence[Entry]:
    """Return the practices as written."""
    entries: Sequence[Entry] = _file("practices.toml")["practice"]
    return entries


def events() -> Sequence[Entry]:
    """Return the events as written."""
    entries: Sequence[Entry] = _file("events.toml")["event"]
    return entries


def calls() -> Sequence[Entry]:
    """Return the calls as written."""
    entries: Sequence[Entry] = _file("calls.toml")["call"]
    return entries


def questions() -> Sequence[Entry]:
    """Return the groups of questions as written."""
    entries: Sequence[Entry] = _file("faq.toml")["group"]
    return entries


def statistics() -> Sequence[Entry]:
    """Return the measures with their figures as written."""
    entries: Sequence[Entry] = _file("statistics.toml")["measure"]
    return entries


def snippets(kind: str) -> Sequence[Entry]:
    """Return the snippets of one kind as written."""
    entries: Sequence[Entry] = _file("snippets.toml")[kind]
    return entries


def contact_page() -> Sequence[Entry]:
    """Return the blocks of the page of contacts as written."""
    return snippets("contact_page")


def landing_pages() -> Sequence[Entry]:
    """Return the landing pages as written."""
    return snippets("landing")


def columns(entry: Entry, *fields: str) -> dict[str, str]:
    """Return the texts of `fields` by column name: `title_ky`, `title_ru`, `title_en` and so on."""
    return {f"{field}_{code}": entry[field][code] for field in fields for code in LANGUAGES}


def budget(kind: str, goal: Money) -> list[Line]:
    """Return the budget of a project of `kind`, split from its `goal` so that the lines add up to it exactly."""
    lines = _file("kinds.toml")[kind]["lines"]
    amounts = goal.split([line["share"] for line in lines])
    return [_line(line, amount) for line, amount in zip(lines, amounts, strict=True)]


def som(amount: int) -> Money:
    """Return `amount` whole som."""
    return Money(amount * 100, "KGS")


def _line(entry: Entry, amount: Money) -> Line:
    unit = entry.get("unit")
    return Line(
        {f"title_{code}": entry[code] for code in LANGUAGES},
        amount,
        unit=som(unit["som"]) if unit else None,
        unit_texts={f"unit_{code}": unit[code] for code in LANGUAGES} if unit else {},
    )
