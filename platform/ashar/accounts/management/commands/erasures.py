"""`manage.py erasures`: who wishes to be forgotten, and forgetting them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from ashar.accounts import rules
from ashar.accounts.models import User
from ashar.errors import Refused
from ashar.privacy import due, erasing
from ashar.privacy.models import ErasureRequest


class Command(BaseCommand):
    """Lists open wishes, or carries one out."""

    help = "List the open requests to erase an account; with --carry-out ID --by EMAIL, carry one out."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the wish and who carries it out."""
        parser.add_argument("--carry-out", type=int, metavar="ID", help="the request to carry out; it cannot be undone")
        parser.add_argument("--by", metavar="EMAIL", help="who carries it out: staff, never the person themselves")

    def handle(self, *, carry_out: int | None, by: str | None, **_options: Any) -> None:
        """List, or forget one person."""
        if carry_out is None:
            self._list()
            return
        wish = ErasureRequest.objects.select_related("person").filter(pk=carry_out).first()
        if wish is None:
            raise CommandError(f"There is no request {carry_out}.")
        self._carry_out(wish, by=_officer(by or ""))

    def _list(self) -> None:
        waiting = due.due(at=timezone.now())
        for line in waiting:
            self.stdout.write(_line(line))
        if not waiting:
            self.stdout.write("Nobody waits to be forgotten.")

    def _carry_out(self, wish: ErasureRequest, *, by: User) -> None:
        try:
            done = erasing.carry_out(wish, by=by, at=timezone.now())
        except Refused as refusal:
            with translation.override("en"):
                raise CommandError(str(refusal)) from refusal
        for part, counts in done.items():
            self.stdout.write(f"{part}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
        self.stdout.write(f"Request {wish.pk} is carried out; a letter tells the person.")


def _line(line: due.Due) -> str:
    wish = line.request
    left = f"{line.days_left} days left" if line.days_left >= 0 else f"{-line.days_left} days late"
    reminder = "  DUE" if line.is_urgent else ""
    return f"{wish.pk}  {wish.person.email}  asked {wish.asked_at:%Y-%m-%d}  {left}{reminder}"


def _officer(email: str) -> User:
    person: User | None = User.objects.filter(email=email.strip().lower()).first()
    if person is None or not rules.works_here(person):
        raise CommandError("Say --by EMAIL: the address of somebody who works here.")
    return person
