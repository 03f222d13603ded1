"""`manage.py states`: write docs/states.md from the tables in code, or check that it is fresh."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ashar.workflow import drawing, registry


class Command(BaseCommand):
    """Writes the page of states."""

    help = "Write docs/states.md from every states.py; with --check only tell whether it is fresh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the place of the page and whether to write it."""
        parser.add_argument("--path", type=Path, default=Path(settings.ROOT) / "docs" / "states.md")
        parser.add_argument("--check", action="store_true", help="change nothing; fail if the page is stale")

    def handle(self, *, path: Path, check: bool, **_: object) -> None:
        """Write the page, or fail when it does not equal what the code says."""
        text = drawing.page(registry.tables())
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            raise CommandError(f"{path} is stale: run `manage.py states`.")
        self.stdout.write(f"{path} {'is fresh' if check else 'is written'}.")
