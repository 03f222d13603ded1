"""`manage.py reseal`: bring the secrets of second factors under the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ashar.accounts import sealing
from ashar.privacy.sealing import UnsealableError


class Command(BaseCommand):
    """Seals anew what an older key seals, so that the older key can leave the ring."""

    help = "Seal the secrets of second factors under the newest key of KEY_RING; then the older keys may go."

    def handle(self, **_options: Any) -> None:
        """Reseal, and say how many."""
        try:
            count = sealing.reseal()
        except UnsealableError as fault:
            raise CommandError(f"A second factor does not open: {fault}.") from fault
        self.stdout.write(f"Second factors sealed anew: {count}.")
