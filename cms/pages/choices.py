"""Ways to narrow a list, as links that need no script."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list: a word, where it leads, and whether it is what one sees."""

    value: str
    label: str
    href: str
    chosen: bool


class Chosen(Protocol):
    """A way to narrow a list, of whatever part."""

    @property
    def value(self) -> str:
        """Return the word that an address asks for it with."""

    @property
    def chosen(self) -> bool:
        """Say whether it is what one sees."""


def chosen(ways: Iterable[Chosen]) -> str:
    """Return the word of the way that was chosen, or nothing."""
    return next((way.value for way in ways if way.chosen), "")


def asking(**words: str) -> str:
    """Return the query that asks for `words`; those that are empty ask for nothing."""
    asked = QueryDict(mutable=True)
    asked.update({name: word for name, word in words.items() if word})
    return f"?{asked.urlencode()}"
