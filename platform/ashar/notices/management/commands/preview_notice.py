"""`manage.py preview_notice receipt --language ky`: see a notice before anybody gets it."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from ashar.language import LANGUAGES
from ashar.notices import rendering, samples


class Command(BaseCommand):
    """Shows one kind of notice with sample facts."""

    help = "Print a notice with sample facts: its subject, its text and, with --html, its HTML."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the kind and the language."""
        parser.add_argument("kind")
        parser.add_argument("--language", choices=LANGUAGES, default="ky")
        parser.add_argument("--html", action="store_true", help="print the HTML part instead of the text")

    def handle(self, *, kind: str, language: str, html: bool, **_: object) -> None:
        """Print it, or say which kinds there are."""
        if kind not in samples.kinds():
            raise CommandError(f"No kind {kind}. There are: {', '.join(samples.kinds()) or 'none'}.")
        try:
            facts = samples.facts_of(kind)
        except LookupError as fault:
            raise CommandError(f"No sample facts for {kind}: add them to its app's notice_samples.py.") from fault
        content = rendering.render(kind, language=language, facts=facts)
        self.stdout.write(content.html if html else f"{content.subject}\n\n{content.text}")
