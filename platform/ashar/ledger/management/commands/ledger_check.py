"""`manage.py ledger_check`: prove the books, or say where they are wrong."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from ashar.ledger import checking
from ashar.ledger.models import Journal, Leg


class Command(BaseCommand):
    """Exit 0 when the books are whole, 1 with one line per fault when they are not."""

    help = "Prove the books: sums, chain, reversals, restricted funds, closed periods, triggers. Exits 1 and names each fault."

    def handle(self, **_options: Any) -> None:
        """Check and print."""
        faults = checking.check()
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            sys.exit(1)
        self.stdout.write(f"The books are whole: {Journal.objects.count()} journals, {Leg.objects.count()} legs.")
