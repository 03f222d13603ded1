"""Every public page of the three trees, as search engines may know it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from ashar.web.sitemaps import Address
from cms.found.pages import Found, closed_paths, path_of


def kinds() -> list[type[Any]]:
    """Return every page type that mixes in `Found`, of any app."""
    return [model for model in apps.get_models() if issubclass(model, Found)]


def addresses() -> list[Address]:
    """Return every open page by its address, in a handful of queries however many pages and types of page there are.

    A page also changes when a page below it does: it lists them.
    """
    closed = closed_paths()
    rows = [(page, at) for page, at in _pages() if not page.path.startswith(closed)]
    translations: dict[Any, dict[str, str]] = defaultdict(dict)
    for page, _ in rows:
        translations[page.translation_key][page.locale.language_code] = _path(page)
    newest = _newest(rows)
    found = [Address(_path(page), translations[page.translation_key], newest.get(page.path)) for page, _ in rows]
    return sorted(found, key=lambda address: address.path)


def _pages() -> Iterator[tuple[Page, datetime | None]]:
    """Yield pages with their last change: those of plain types from one query, the others from what their types say."""
    types = kinds()
    plain = [kind for kind in types if not _says_more(kind)]
    rows = Page.objects.live().filter(content_type__in=ContentType.objects.get_for_models(*plain).values())
    yield from ((page, _published_at(page)) for page in rows.select_related("locale"))
    for kind in (kind for kind in types if kind not in plain):
        pages = list(kind.findable().select_related("locale"))
        changes = kind.changes(pages)
        yield from ((page, _latest(_published_at(page), changes.get(page.pk))) for page in pages)


def _says_more(kind: type[Any]) -> bool:
    """Say whether a type knows better than `Found` which of its pages may be known, or when they changed."""
    return any(getattr(kind, name).__func__ is not getattr(Found, name).__func__ for name in ("findable", "changes"))


def _newest(rows: list[tuple[Page, datetime | None]]) -> Mapping[str, datetime]:
    """Return tree path → the latest change at or below it."""
    newest: dict[str, datetime] = {}
    for page, at in ((page, at) for page, at in rows if at):
        for end in range(page.steplen, len(page.path) + 1, page.steplen):
            newest[page.path[:end]] = max(newest.get(page.path[:end], at), at)
    return newest


def _published_at(page: Page) -> datetime | None:
    return page.last_published_at or page.first_published_at


def _latest(*moments: datetime | None) -> datetime | None:
    return max((each for each in moments if each), default=None)


def _path(page: Page) -> str:
    return path_of(page.locale.language_code, page.url_path)
