"""Pools as a project's pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ashar.language import pick
from ashar.money import Money
from diaspora import matching


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A pool that matches gifts to the project now."""

    title: str
    ratio: int
    per: int
    left: Money
    closes_on: date


def pools_of(rooms: Iterable[matching.Room]) -> list[PoolRow]:
    """Return the pools of `matching.rooms` that can still put something in."""
    return [PoolRow(pick(pool, "title"), pool.ratio, pool.per, left, pool.closes_on) for pool, left in rooms if left]
