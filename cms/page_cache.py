"""Whole public pages kept for readers who are not signed in.

The key holds a version of the site; publishing a page and posting a journal give it another one, so a reader never sees a
sum older than the books by more than the moment of the commit. A preview, a signed-in reader, a form and any answer that
sets a cookie are never kept. A cache that does not answer is no cache: the page is made anew.

A page lies there packed, as it is sent, under a name made of its words; whoever has it already gets 304 and no page. It holds
nothing secret, so its length tells nothing.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response, patch_vary_headers

from ashar import caching
from ashar.web import offline, packing, tracking

PAGES = "pages"  # not the cache that counts attempts: filling this one pushes nothing out of that
KEPT_SECONDS = 300
VERSIONS = "pages-version"  # a cache of its own: what pages push out of theirs must not be this
QUESTIONS = frozenset({"oblast", "state", "stage", "country", "topic", "page"})  # those that pages of ours answer
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
    found: str | None = caching.get_or_set(VERSIONS, VERSION, _fresh, None)
    return found


def keep(get_response: Answer) -> Answer:
    """Return middleware that answers readers of pages marked by `mark` from the cache, without a query, unless they are signed in.

    Of such a reader's address the page gets only what pages answer, in one order: no mark of who shared it is kept.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        key = _key(request) if _is_anybody(request) and _asks_plainly(request) else None
        if key and (kept := caching.get(PAGES, key)):
            return _sent(request, *kept)
        response = get_response(request)
        if not (key and _is_worth_keeping(request, response)):
            return _for_one_reader(response)
        page = _page(response)
        caching.put(PAGES, key, page, KEPT_SECONDS)
        return _sent(request, *page)

    return answer


def mark(response: HttpResponse, **answers: str) -> HttpResponse:
    """Return `response` marked as the same for every anonymous reader.

    `answers` are the questions that it answers, with the words it took for them. An address that asks anything else, or in
    other words, gets the same page as another one and is not kept beside it.
    """
    response.ashar_public = True  # type: ignore[attr-defined]
    response.ashar_answers = _in_order(answers.items())  # type: ignore[attr-defined]
    return response


def _is_anybody(request: HttpRequest) -> bool:
    """Say whether somebody unknown wants to read; a dummy request is Wagtail's preview."""
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not hasattr(request, "is_dummy")
    )


def _asks_plainly(request: HttpRequest) -> bool:
    """Say whether the address asks nothing but what pages answer; if so, leave just that of it."""
    asked = [(name, word) for name, words in request.GET.lists() if name not in tracking.MARKS for word in words]
    question = _in_order(asked)
    if not {name for name, _word in asked} <= QUESTIONS or len(request.path) + len(question) > LONGEST_ADDRESS:
        return False
    request.META["QUERY_STRING"], request.GET = question, QueryDict(question)
    return True


def _in_order(asked: Iterable[tuple[str, str]]) -> str:
    """Return a query that asks the same as any other with these words; what is left empty asks nothing."""
    return urlencode(sorted((name, word) for name, word in asked if word))


def _is_worth_keeping(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        _is_public(response)
        and request.method == "GET"
        and response.status_code == 200  # noqa: PLR2004 - HTTP OK
        and not response.cookies
        and response.ashar_answers == request.META["QUERY_STRING"]  # type: ignore[attr-defined]
    )


def _is_public(response: HttpResponse) -> bool:
    return getattr(response, "ashar_public", False)


def _for_one_reader(response: HttpResponse) -> HttpResponse:
    """Return an answer that is not kept; of a public page no cache on the way may keep it either: it may name its reader."""
    if _is_public(response):
        response.headers.setdefault("Cache-Control", "private")
    return response


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
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _key(request: HttpRequest) -> str | None:
    """Return where the page lies under the version of now, which is read before the page is made; none without a cache."""
    now = version()
    address = f"{now}:{request.scheme}:{request.get_host()}:{request.get_full_path()}"
    return f"page:{hashlib.sha256(address.encode()).hexdigest()}" if now else None


def _forget() -> None:
    caching.put(VERSIONS, VERSION, _fresh(), None)


def _fresh() -> str:
    return secrets.token_hex(8)
