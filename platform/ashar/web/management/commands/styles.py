"""Assemble the stylesheet."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from ashar.web import ours, styles


class Command(BaseCommand):
    """`manage.py styles` writes static/web/styles.css; `--check` only says whether it is current."""

    requires_system_checks = ()  # works while other parts of the source are broken
    help = "Assemble static/web/styles.css from the stylesheets beside the templates."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help="fail when the file is not current; write nothing")

    def handle(self, *, check: bool, **_: object) -> None:
        """Write the sheet, or compare it."""
        text = styles.assemble(ours.folders())
        if not check:
            styles.SHEET.write_text(text, encoding="utf-8")
        elif not styles.SHEET.exists() or styles.SHEET.read_text(encoding="utf-8") != text:
            raise CommandError("static/web/styles.css is not current: run `manage.py styles`.")
