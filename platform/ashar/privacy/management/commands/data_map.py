"""`manage.py data_map`: write docs/data-map.md, or check that it is whole and fresh."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ashar.privacy import data_map


class Command(BaseCommand):
    """Writes the map of personal data from the code."""

    help = (
        "Write docs/data-map.md from the classification in the code; with --check, fail when it is stale or has gaps."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--check` and, for tests, `--to PATH`."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail on gaps and on a stale page")
        parser.add_argument("--to", type=Path, default=Path(settings.ROOT) / "docs" / "data-map.md")

    def handle(self, *, check: bool, to: Path, **_options: Any) -> None:
        """Write the page, or compare it."""
        text = data_map.render()
        if not check:
            to.write_text(text, encoding="utf-8")
            return
        faults = data_map.faults()
        if not to.exists() or to.read_text(encoding="utf-8") != text:
            faults.append(f"{to.name} is stale: run manage.py data_map")
        if faults:
            raise CommandError("\n".join(faults))
