"""`manage.py demo`: fill an empty installation with invented associations, projects and gifts, plainly marked."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.demo import loading


class Command(BaseCommand):
    """Load the demo. Running it twice changes nothing."""

    help = "Load the demo: associations, projects, settled gifts with honest books, a sign-in per role. Idempotent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer a demo that nobody has given to yet."""
        parser.add_argument("--without-gifts", action="store_true", help="nobody has given anything yet")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load what is missing, saying each step."""
        if not settings.DEMO:
            raise CommandError("The demo does not mix with real money: this installation runs with DEMO=0.")
        loading.load(
            at=timezone.now(), say=lambda step: self.stdout.write(f"  {step}"), with_gifts=not options["without_gifts"]
        )
        self.stdout.write("The demo is loaded.")
