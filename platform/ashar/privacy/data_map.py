"""The data map: every personal field, why, on what ground, how long, and how sensitive, as a page of our documentation."""

from collections.abc import Iterable
from itertools import groupby

from django.utils import translation

from ashar.privacy import classified, retention
from ashar.privacy.classified import Personal

HEAD = """# What we hold on people

Written by `python manage.py data_map` from each part's `personal_data.py`; do not edit. How long each kind is kept is a row
that staff can change (`privacy.RetentionRule`); below are the rules that we ship.
"""


def render() -> str:
    """Return the data map as Markdown, in English."""
    with translation.override("en"):
        sections = [_section(model, fields) for model, fields in groupby(classified.register().items(), _model_of)]
        return "\n".join([HEAD, *sections, _rules()])


def faults() -> list[str]:
    """Return what keeps the map from being whole.

    Fields that nobody classified, that vanished or that nobody would forget in time, and rules that nobody wrote.
    """
    missing = [f"{label} is not classified" for app in classified.ours() for label in classified.unclassified(app)]
    gone = [f"{label} is classified but is no field" for label in classified.vanished()]
    rules = retention.shipped()
    unwritten = {facts.retention for facts in classified.register().values()} - rules.keys()
    unkept = [f"{held} has no keeper" for held in retention.unkept()]
    unsaid = [f"{label} is not said in words" for label, facts in classified.register().items() if not facts.what]
    return missing + gone + unsaid + unkept + [f"retention rule {key} is not written" for key in sorted(unwritten)]


def _model_of(entry: tuple[str, Personal]) -> str:
    return entry[0].rpartition(".")[0]


def _section(model: str, fields: Iterable[tuple[str, Personal]]) -> str:
    lines = [
        f"## {model}\n",
        "| Field | In words | Held for | Ground | Kept | Sensitivity |",
        "|---|---|---|---|---|---|",
    ]
    for label, facts in fields:
        name = label.rpartition(".")[2]
        grade = f"{facts.sensitivity.value} {facts.sensitivity.name.lower()}"
        why = f"{facts.purpose} | {facts.basis.label} | {facts.retention}"
        lines.append(f"| `{name}` | {facts.what} | {why} | {grade} |")
    return "\n".join(lines) + "\n"


def _rules() -> str:
    lines = ["## How long\n", "| Rule | Days | In words |", "|---|---|---|"]
    lines += [
        f"| {key} | {row['days'] or '-'} | {row['text_en']} |" for key, row in sorted(retention.shipped().items())
    ]
    return "\n".join(lines) + "\n"
