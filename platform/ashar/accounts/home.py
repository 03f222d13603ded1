"""The home of who has signed in: blocks that other parts add in their `AppConfig.ready`, each for those it concerns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ashar.accounts.models import User


@dataclass(frozen=True, slots=True)
class Block:
    """One block: a template, and what it is `told`, which is all that it knows and the person's own."""

    template: str
    told: object


Source = Callable[[User, datetime], Block | None]
_sources: dict[str, tuple[int, Source]] = {}


def add(name: str, source: Source, *, order: int) -> None:
    """Show what `source` says to a person at a moment; it says nothing to whom it does not concern. Idempotent by name."""
    _sources[name] = order, source


def blocks(user: User, *, at: datetime) -> list[Block]:
    """Return the blocks of `user` in their order: work that waits stands above what is only to be read."""
    said = (source(user, at) for _order, source in sorted(_sources.values(), key=lambda each: each[0]))
    return [block for block in said if block]
