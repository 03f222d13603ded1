"""A migrated SQLite database, kept between test runs: some hundred migrations take longer than most tests.

It is kept under the digest of everything that migrations are made of, so a changed migration, or a module or data file that
one of them uses, begins from nothing. PostgreSQL is always migrated from nothing.
"""

import ast
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "tests"
SOURCE_ROOTS = (ROOT / "platform", ROOT)
DATA = {".csv", ".json", ".sql", ".toml", ".xml"}
OTHERS = ("Django", "wagtail", "wagtail-localize", "django-allauth")


def take() -> bool:
    """Lay a kept database where the tests will look for theirs; return whether there was one."""
    return connection.vendor == "sqlite" and lay(settings.DATABASES["default"]["TEST"]["NAME"])


def lay(place: Path) -> bool:
    """Copy the kept database to `place`; return whether there was one."""
    try:
        shutil.copyfile(_kept(), place)
    except FileNotFoundError:
        return False
    return True


def keep(database: sqlite3.Connection) -> None:
    """Keep a copy of the freshly migrated database, and the two kept before it: another run may be copying one."""
    KEPT.mkdir(parents=True, exist_ok=True)
    fresh = KEPT / f"{os.getpid()}.new"
    with sqlite3.connect(fresh) as copy:
        database.backup(copy)
    copy.close()
    fresh.replace(_kept())
    for old in sorted(KEPT.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)[3:]:
        old.unlink(missing_ok=True)


def digest() -> str:
    """Return the digest of every migration, what it imports of ours, our data files and the packages' versions."""
    found = hashlib.sha256(" ".join(map(version, OTHERS)).encode())
    for path in sorted(_parts()):
        found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:16]


def imported(path: Path) -> Iterator[Path]:
    """Return the modules of ours that the module at `path` imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from _modules([node.module, *(f"{node.module}.{alias.name}" for alias in node.names)])
        if isinstance(node, ast.Import):
            yield from _modules([alias.name for alias in node.names])


def _kept() -> Path:
    return KEPT / f"{digest()}.sqlite3"


def _parts() -> set[Path]:
    """Migrations and data files, then whatever those import of ours, and so on."""
    folders = [ROOT / "platform", ROOT / "diaspora", ROOT / "grants", ROOT / "cms", ROOT / "search"]
    known = {path for folder in folders for path in folder.rglob("*") if path.suffix in DATA}
    waiting = [path for folder in folders for path in folder.rglob("migrations/*.py")]
    while waiting:
        path = waiting.pop()
        if path not in known:
            known.add(path)
            waiting.extend(imported(path))
    return known


def _modules(names: list[str]) -> Iterator[Path]:
    for name in names:
        for root in SOURCE_ROOTS:
            base = root / name.replace(".", "/")
            yield from (path for path in (base.with_suffix(".py"), base / "__init__.py") if path.exists())
