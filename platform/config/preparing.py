"""Brings an installation up to date before it starts: folders, database, words, styles, rates, demo. Repeatable."""

import hashlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation.reloader import translation_file_changed

from config import guarding

FOLDERS = ("cache", "media", "private", "queue/messages", "queue/control", "run")


def prepare() -> None:
    """Do every step, saying so on stderr. Ctrl-C ends it with one sentence; every step picks up where it was left."""
    try:
        _prepare()
    except KeyboardInterrupt:
        message = "stopped before everything was ready. Run it again to go on."
        raise CommandError(message) from None


def _prepare() -> None:
    for folder in FOLDERS:
        (settings.VAR / folder).mkdir(parents=True, exist_ok=True)
    with _said("words in three languages"):
        _call("catalogues", "--compile")
        translation_file_changed(None, Path("django.mo"))  # this process may have read the old ones
    with _said("database"):
        _call("migrate", "--verbosity=0", "--no-input")
        guarding.refuse_demo_people()
        _call("plant")
    with _said("styles and pictures"):
        collect_static()
    if settings.DEMO:
        with _said("exchange rates"):
            _call("import_rates", "--demo")
        sys.stderr.write("  the demo\n")
        call_command("demo", stdout=sys.stderr)


def collect_static(fingerprint: Callable[[], str] | None = None) -> bool:
    """Collect and compress static files when any of them changed since last time; return whether it was needed."""
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    now = (fingerprint or static_fingerprint)()
    if stamp.exists() and stamp.read_text() == now:
        return False
    _call("collectstatic", "--verbosity=0", "--no-input", "--clear")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now)
    return True


def static_fingerprint() -> str:
    """Return a digest of the name, size and date of every static file there is."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _call(command: str, *arguments: str) -> None:
    """Call a management command, keeping its words to ourselves: ours say what is being done."""
    call_command(command, *arguments, stdout=StringIO())


@contextmanager
def _said(what: str) -> Iterator[None]:
    """Say what is being done while it is done, and how long it took."""
    started = time.monotonic()
    sys.stderr.write(f"  {what} ... ")
    sys.stderr.flush()
    yield
    sys.stderr.write(f"{time.monotonic() - started:.1f} s\n")
