"""Compiled message catalogues for a test run: `.mo` files are not in the repository, and a stale one would hide a word."""

import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages import mofile, pofile

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("platform", "diaspora", "grants", "cms", "search")


def compile_stale(root: Path = ROOT) -> list[Path]:
    """Compile each catalogue under `root` whose `.mo` is missing or older, and return those; safe beside another run."""
    stale = [source for source in sources(root) if _is_stale(source)]
    for source in stale:
        _compile(source)
    return stale


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Return every `.po` file of ours."""
    for part in PARTS:
        yield from sorted((root / part).rglob("locale/*/LC_MESSAGES/*.po"))


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    fresh = source.with_suffix(f".mo.{os.getpid()}")
    with source.open("rb") as words, fresh.open("wb") as compiled:
        mofile.write_mo(compiled, pofile.read_po(words))
    fresh.replace(source.with_suffix(".mo"))
