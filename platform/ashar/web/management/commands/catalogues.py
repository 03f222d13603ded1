"""Keep the message catalogues of our apps."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ashar.web import catalogues, ours


class Command(BaseCommand):
    """`manage.py catalogues --update | --check | --compile [APP …]`."""

    requires_system_checks = ()  # works while other parts of the source are broken
    help = "Extract, check and compile the messages of our apps in Kyrgyz and Russian; needs no GNU gettext."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the three actions and the apps."""
        action = parser.add_mutually_exclusive_group(required=True)
        action.add_argument("--update", action="store_const", dest="action", const="update", help="read the source")
        action.add_argument("--check", action="store_const", dest="action", const="check", help="fail on any fault")
        action.add_argument("--compile", action="store_const", dest="action", const="compile", help="write .mo files")
        parser.add_argument("apps", nargs="*", metavar="APP", help="labels of apps; without any, all of ours")

    def handle(self, *, action: str, apps: list[str], **_: object) -> None:
        """Run one action over the chosen apps."""
        chosen = [config for config in ours.our_apps() if not apps or config.label in apps]
        unknown = set(apps) - {config.label for config in chosen}
        if unknown:
            raise CommandError(f"not an app of ours: {', '.join(sorted(unknown))}")
        getattr(self, f"run_{action}")({config.label: Path(config.path) for config in chosen})

    def run_update(self, folders: dict[str, Path]) -> None:
        """Write the catalogues and say which."""
        for folder in folders.values():
            for path in catalogues.update(folder):
                self.stdout.write(str(path))

    def run_compile(self, folders: dict[str, Path]) -> None:
        """Write the binary catalogues."""
        written = [path for folder in folders.values() for path in catalogues.compile_all(folder)]
        self.stdout.write(f"{len(written)} catalogues compiled")

    def run_check(self, folders: dict[str, Path]) -> None:
        """Name every fault and fail if there is one."""
        faults = [fault for label, folder in folders.items() for fault in catalogues.faults(folder, label)]
        faults += catalogues.disagreements(folders)
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} faults in the message catalogues: run `manage.py catalogues --update`.")
        self.stdout.write("message catalogues are complete")
