"""`manage.py audit_check`: prove that the audit log is as it was written."""

from django.core.management.base import BaseCommand, CommandError

from ashar.audit import checking
from ashar.audit.models import Head


class Command(BaseCommand):
    """Checks the chain of the audit log."""

    help = "Verify every hash of the audit log; exit 1 and name each broken entry if somebody touched it."

    def handle(self, **_: object) -> None:
        """Print the head of the chain, worth keeping elsewhere, or every fault."""
        faults = checking.check()
        if faults:
            raise CommandError("\n".join(f"Entry {fault.sequence} {fault.text}." for fault in faults))
        head = Head.objects.filter(pk=Head.THE_ONE).first()
        self.stdout.write(f"The audit log holds. Head: {head}" if head else "The audit log is empty.")
