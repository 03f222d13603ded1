"""Whole public pages kept for readers who are not signed in.

The key holds a version of the site; publishing a page and posting a journal give it another one, so a reader never sees a
sum older than the books by more than the moment of the commit. A preview, a signed-in reader, a form and any answer that
sets a cookie are never kept. A cache that does not answer is no cache: the page is made anew.

A page lies there packed, as it is sent, under a name made of its words; whoever has it already gets 304 and no page. It holds
nothing secret, so its length tells nothing.
"""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from ashar import caching
from ashar.web import offline, packing

PAGES = "pages"  # not the cache that counts attempts: filling this one pushes nothing out of that
KEPT_SECONDS = 300
KEPT_QUERIES = frozenset(
    {"oblast", "state", "stage", "country", "topic", "page"}
)  # any other question could fill the cache with the same page
LONGEST_ADDRESS = 200  # an address longer than any of ours is not worth a place
VERSION = "page-cache-version"
Page = tuple[bytes, Mapping[str, str]]  # packed, with the headers of its answer
Answer = Callable[[HttpRequest], HttpResponse]


def forget(**_signal: Any) -> None:
    """Make every kept page stale once what is being written stands: now, or with the commit. Idempotent.

    A receiver of signals, which are mostly sent before the commit. A page that somebody asks for meanwhile is made of the
    old rows; forgotten at once, it would be kept anew under the version of after.
    """
    transaction.on_commit(_forget, robust=True)


def version() -> str | None:
    """Return the version of the site that pages are kept under now; none without a cache."""
    found: str | None = caching.get_or_set(PAGES, VERSION, _fresh, None)
    return found


def keep(get_response: Answer) -> Answer:
    """Return middleware that answers anonymous GETs of pages marked by `mark` from the cache, without a query."""

    def answer(request: HttpRequest) -> HttpResponse:
        key = _key(request) if _may_be_kept(request) else None
        if key and (kept := caching.get(PAGES, key)):
            return _sent(request, *kept)
        response = get_response(request)
        if not (key and _is_worth_keeping(response)):
            return response
        page = _page(response)
        caching.put(PAGES, key, page, KEPT_SECONDS)
        return _sent(request, *page)

    return answer


def mark(response: HttpResponse) -> HttpResponse:
    """Return `response` marked as the same for every anonymous reader."""
    response.ashar_public = True  # type: ignore[attr-defined]
    return response


def _may_be_kept(request: HttpRequest) -> bool:
    """Say whether somebody unknown asks for a page; a dummy request is Wagtail's preview."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not hasattr(request, "is_dummy")
        and len(request.get_full_path()) <= LONGEST_ADDRESS
        and request.GET.keys() <= KEPT_QUERIES
    )


def _is_worth_keeping(response: HttpResponse) -> bool:
    return getattr(response, "ashar_public", False) and response.status_code == 200 and not response.cookies  # noqa: PLR2004 - HTTP OK


def _page(response: HttpResponse) -> Page:
    """Return what is kept of an answer."""
    response["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers.setdefault(
        "Cache-Control", "no-cache"
    )  # ask each time: what we forget, browsers are to forget as well
    response.headers.setdefault(*offline.ALLOW)
    patch_vary_headers(response, ["Accept-Encoding"])
    return packing.pack(response.content), dict(response.items())


def _sent(request: HttpRequest, packed: bytes, headers: Mapping[str, str]) -> HttpResponse:
    """Return a page as the browser takes it, or 304 to one that has it."""
    response = HttpResponse(packed, headers=headers)
    if packing.is_taken_by(request):
        response["Content-Encoding"] = "gzip"
    else:
        response.content = packing.unpack(packed)
    response["Content-Length"] = str(len(response.content))
    known: HttpResponse = get_conditional_response(request, etag=response["ETag"], response=response)
    return known


def _key(request: HttpRequest) -> str | None:
    """Return where the page lies under the version of now, which is read before the page is made; none without a cache."""
    now = version()
    address = f"{now}:{request.scheme}:{request.get_host()}:{request.get_full_path()}"
    return f"page:{hashlib.sha256(address.encode()).hexdigest()}" if now else None


def _forget() -> None:
    caching.put(PAGES, VERSION, _fresh(), None)


def _fresh() -> str:
    return secrets.token_hex(8)
