"""Reads the tables that we ship: regions as of October 2025, host cities as of November 2026.

Migrations load them; a newer table is a new file and a new migration, so that old migrations keep meaning what they did.
"""

import csv
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the table `name`."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load(model: Any, name: str, *, key: str) -> None:  # noqa: ANN401 - a historical model
    """Bring the rows of the table `name` into `model`, new or renewed, by `key`. Idempotent."""
    for row in rows(name):
        model.objects.update_or_create(**{key: row[key]}, defaults=row)


def unload(model: Any, name: str, *, key: str) -> None:  # noqa: ANN401 - a historical model
    """Take away the rows that `load` brought."""
    model.objects.filter(**{f"{key}__in": [row[key] for row in rows(name)]}).delete()
