"""`manage.py docs`: everything that is generated from the code and kept in the repository, written or checked at once."""

from argparse import ArgumentParser
from collections.abc import Iterator

from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import BaseCommand, CommandError

OURS = ("ashar.", "diaspora", "grants", "cms", "search")
APART = ("catalogues",)  # checked by itself: what it writes, people translate


class Command(BaseCommand):
    """Runs each of our commands that offers `--check`: without it they write, with it they only tell."""

    help = "Write the pages and sheets generated from the code; with --check only tell whether they are fresh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--check`."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail if anything is stale")

    def handle(self, *, check: bool, **_: object) -> None:
        """Write all of it, or fail naming all that is stale."""
        stale = []
        for name in generators():
            try:
                call_command(name, *(["--check"] if check else []), stdout=self.stdout)
            except CommandError as fault:
                stale.append(str(fault))
        if stale:
            raise CommandError("\n".join(stale))


def generators() -> Iterator[str]:
    """Return the names of our commands that write something and can check it instead."""
    for name, app in sorted(get_commands().items()):
        if str(app).startswith(OURS) and name not in APART:
            parser = load_command_class(str(app), name).create_parser("manage.py", name)
            if "--check" in parser._option_string_actions:  # noqa: SLF001 - argparse has no public list of its options
                yield name
