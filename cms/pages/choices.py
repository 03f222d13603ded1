"""Ways to narrow a list, as links that need no script."""

from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list: a word, where it leads, and whether it is what one sees."""

    value: str
    label: str
    href: str
    chosen: bool


def asking(**words: str) -> str:
    """Return the query that asks for `words`; those that are empty ask for nothing."""
    asked = QueryDict(mutable=True)
    asked.update({name: word for name, word in words.items() if word})
    return f"?{asked.urlencode()}"
