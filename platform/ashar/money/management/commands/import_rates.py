"""`manage.py import_rates PATH --source nbkr-daily`: take in a feed of the National Bank."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ashar.errors import Refused
from ashar.money import rates


class Command(BaseCommand):
    """Import exchange rates from a file, or the demo's invented ones dated today."""

    help = "Import the National Bank's daily.xml or weekly.xml (PATH), or the demo's rates dated today (--demo)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Either a path or --demo."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("path", nargs="?", type=Path)
        what.add_argument("--demo", action="store_true")
        parser.add_argument("--source", default="", help="default: nbkr-daily or nbkr-weekly, by the file's name")

    def handle(self, **options: Any) -> None:
        """Import and say how many rates are new."""
        try:
            count = self._demo() if options["demo"] else self._file(options["path"], options["source"])
        except (Refused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} new rates")

    def _demo(self) -> int:
        if not settings.DEMO:
            raise CommandError("Invented rates are for the demo only; this installation is not one (DEMO=0).")
        return rates.import_demo(at=timezone.now())

    def _file(self, path: Path, source: str) -> int:
        return rates.import_feed(path.read_bytes(), source=source or rates.source_of(path.name), at=timezone.now())
