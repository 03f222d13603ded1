"""`manage.py outbox`: how the queue is doing, what was given up, and how to go on."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from ashar.outbox import delivering, keeping, queries


class Command(BaseCommand):
    """Shows and mends the outbox."""

    help = "Show what waits and what is dead; --revive gives dead deliveries new attempts, --drain delivers what is due here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do besides showing."""
        parser.add_argument("--revive", action="store_true", help="give every dead delivery all its attempts again")
        parser.add_argument("--drain", action="store_true", help="deliver in this process everything that is due")

    def handle(self, *, revive: bool, drain: bool, **_: object) -> None:
        """Revive, drain, then show."""
        if revive:
            self.stdout.write(f"Revived: {keeping.revive(queries.dead_letters(), at=timezone.now())}")
        if drain:
            self.stdout.write(f"Delivered: {delivering.drain(timezone.now())}")
        pulse = queries.pulse()
        self.stdout.write(
            f"Waiting: {pulse.waiting}\nDead: {pulse.dead}\nLast heartbeat: {pulse.heartbeat_at or 'never'}"
        )
        for letter in queries.dead_letters():
            self.stdout.write(f"{letter.message} → {letter.consumer}, {letter.attempts} attempts, {letter.last_error}")
