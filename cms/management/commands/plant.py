"""`manage.py plant`: the empty trees of pages in three languages."""

from typing import Any

from django.core.management.base import BaseCommand

from cms import trees


class Command(BaseCommand):
    """Create the home and index pages of every language where they are missing."""

    help = "Create the home and index pages of ky, ru and en where they are missing. Running it twice changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Plant the trees."""
        trees.plant()
        self.stdout.write("The page trees stand.")
