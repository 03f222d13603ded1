"""`make bench`: what the budgets promise, measured on this machine in this run.

Each module of this folder named `bench_<subject>.py` has a function `measure()` that yields `Measurement`s. Time is told as
a ratio to something bare measured in the same run, so that a slow machine does not matter; counts are counts.
"""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from tests.bench import Measurement

FOLDER = Path(__file__).parent


def subjects(names: list[str]) -> list[str]:
    """Return the subjects asked for, all of them without names."""
    known = [path.stem.removeprefix("bench_") for path in sorted(FOLDER.glob("bench_*.py"))]
    return [name for name in known if not names or name in names]


def report(subject: str, measurements: Iterable[Measurement]) -> bool:
    """Print each measurement with its budget as it comes; return whether all were kept."""
    kept = True
    sys.stdout.write(f"{subject}\n")
    for found in measurements:
        kept = kept and found.is_kept
        sys.stdout.write(f"  {found}\n")
        sys.stdout.flush()
    return kept


@contextmanager
def database() -> Iterator[None]:
    """Make a fresh, migrated database in a folder of its own and take it away again."""
    import django  # noqa: PLC0415 - the settings must be named first
    from django.test.runner import DiscoverRunner  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    for folder in ("cache", "media", "private", "queue/messages", "queue/control"):
        (settings.VAR / folder).mkdir(parents=True, exist_ok=True)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    made = runner.setup_databases()
    try:
        yield
    finally:
        runner.teardown_databases(made)
        runner.teardown_test_environment()


def main(names: list[str]) -> int:
    """Measure; 1 when a budget was not kept."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="ashar-bench-"))
    with database():
        kept = [report(name, import_module(f"tests.bench.bench_{name}").measure()) for name in subjects(names)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
