"""Which page numbers a pager shows, and addresses that keep the rest of the query."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict


def numbers(current: int, last: int) -> list[int]:
    """Return the numbers to show, at most seven, with 0 where some are left out: 1 … 4 [5] 6 … 9."""
    return list(_with_gaps(sorted({1, last, *(n for n in (current - 1, current, current + 1) if 1 <= n <= last)})))


def query(parameters: QueryDict, number: int) -> str:
    """Return `?…` with `page` set to `number` and every other parameter kept; page 1 needs no `page`."""
    changed = parameters.copy()
    changed.pop("page", None)
    if number != 1:
        changed["page"] = str(number)
    return f"?{changed.urlencode()}"


def further(page: Page[Any]) -> str:
    """Return the number of a page of a list from the second one on; the first is the list itself."""
    return str(page.number) if page.number > 1 else ""


def canonical(page: Page[Any]) -> str:
    """Return the query under which a page of a list is known: none for the first."""
    return f"?page={page.number}" if further(page) else ""


def _with_gaps(shown: list[int]) -> Iterator[int]:
    before = 0
    for number in shown:
        if number - before == 2:  # noqa: PLR2004 - exactly one number is left out: show it rather than dots
            yield number - 1
        elif number - before > 1:
            yield 0
        yield number
        before = number
