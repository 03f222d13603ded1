"""Addresses that lead on: to where a page has moved, and to the reader's own version of what another language would lend."""

from typing import NamedTuple

from django.http import HttpRequest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from ashar import language
from ashar.language import FALLBACKS
from cms.found.pages import is_closed, path_of
from cms.pages.written import Written


class Onward(NamedTuple):
    """Where an address leads, and whether for good."""

    href: str
    permanent: bool


def onward(request: HttpRequest, code: str, path_components: list[str], *, lent: Page | None) -> Onward | None:
    """Return where the address below the home of the language `code` leads that has no page of its own there, or nothing.

    First to what once stood at it; then to the best version of the page that is `lent` here, or that once stood at this
    address in another language. Nothing where that version is what is lent. Three queries at most.
    """
    moved = _moved(request, code, path_components)
    own = moved.pop(code, None)
    if own and own.link:
        return Onward(own.link, own.is_permanent)
    pages = [row.redirect_page for row in moved.values() if row.redirect_page]
    page = lent or next(iter(pages), None)
    best = _best(page, code) if page else None
    href = path_of(code, best.url_path) if best else ""
    return Onward(href, permanent=True) if best and href != f"/{code}/{'/'.join(path_components)}/" else None


def _moved(request: HttpRequest, code: str, path_components: list[str]) -> dict[str, Redirect]:
    """Return language code → what stands for a page that left this address in it, the next best language first."""
    below = "/".join(path_components)
    places = {f"/{each}/{below}": each for each in FALLBACKS[code]}
    rows = Redirect.get_for_site(Site.find_for_request(request)).filter(old_path__in=places)
    found = {places[row.old_path]: row for row in rows.select_related("redirect_page") if _leads_somewhere(row)}
    return {each: found[each] for each in FALLBACKS[code] if each in found}


def _leads_somewhere(row: Redirect) -> bool:
    return row.redirect_page is None or row.redirect_page.live


def _best(page: Page, code: str) -> Page | None:
    """Return the version of `page` that readers of the language `code` may read, their own or the best that can be lent."""
    versions = Page.objects.live().exclude(is_closed()).filter(translation_key=page.translation_key)
    known = {each.locale.language_code: each for each in versions.select_related("locale")}
    best = language.best(known, code)
    lendable = best and (best.locale.language_code == code or issubclass(best.specific_class, Written))
    return best if lendable else None
