"""The retention rules that we ship, as of November 2026. The rows in the database are what counts; staff may change them."""

import csv
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "data"
SHIPPED = "retention_2026_11"


def shipped() -> dict[str, dict[str, str]]:
    """Return the shipped rules by key."""
    with (FOLDER / f"{SHIPPED}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["key"]: row for row in csv.DictReader(lines)}


def load(model: Any) -> None:  # noqa: ANN401 - a historical model
    """Bring the shipped rules into `model`; a rule that is there already stays as staff left it."""
    for key, row in shipped().items():
        model.objects.get_or_create(key=key, defaults={**row, "days": int(row["days"]) if row["days"] else None})


def unload(model: Any) -> None:  # noqa: ANN401 - a historical model
    """Take away the rules that `load` brought."""
    model.objects.filter(key__in=shipped()).delete()
