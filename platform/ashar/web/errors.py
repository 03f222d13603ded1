"""Error pages in three languages. They ask nothing of the database, the session or the person."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ashar.web import context

logger = logging.getLogger(__name__)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DATABASE_IS_AWAY = (OperationalError, InterfaceError)
UNASKABLE = (OverflowError, DataError)  # a day of the year 1, a number of twenty digits: no database knows them
READING = {"GET", "HEAD"}
FOR_MACHINES = "/webhooks/"  # what asks there reads the status and nothing else
RETRY_AFTER = {429: "60", 503: "120"}


@dataclass(frozen=True, slots=True)
class Words:
    """What one error page says: what happened, and what a person can do now."""

    title: Promise
    text: Promise


WORDS = {
    400: Words(_("We could not read this request"), _("Nothing was changed. Go back and try again.")),
    403: Words(
        _("This page is not open to you"),
        _("You may need to sign in with another account. If you think this is a mistake, write to us."),
    ),
    404: Words(
        _("There is no such page"),
        _("The address may be mistyped, or the page has moved. Try the list of projects or the home page."),
    ),
    405: Words(_("This address does not work that way"), _("Nothing was changed. Go back and try again.")),
    413: Words(_("This is too large"), _("Nothing was saved. Send a smaller file, or fewer files at once.")),
    429: Words(
        _("Too many attempts"),
        _("To keep accounts safe we count attempts. Wait a minute, then try again. Nothing was changed."),
    ),
    500: Words(
        _("Something broke on our side"),
        _(
            "The fault has been recorded. If you were giving, look at your mail before trying again: a gift is never taken twice."
        ),
    ),
    503: Words(
        _("We are away for a few minutes"),
        _("Nothing is lost. Come back in a few minutes; what was begun will go on by itself."),
    ),
}
EXPIRED = Words(
    _("The form has expired"),
    _("Nothing was sent and nothing has changed. Open the page again, fill it in and send it once more."),
)
# When even the templates fail.
LAST_RESORT = (
    '<!doctype html><html lang="ky"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Ashar</title><p>Биз тарапта ката кетти. Бир аздан кийин кайра аракет кылыңыз."
    '<p lang="ru">У нас произошла ошибка. Попробуйте ещё раз немного позже.'
    '<p lang="en">Something broke on our side. Please try again in a little while.</html>'
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read: 413 when it was too large, else 400."""
    return page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature; the reason is not for the public
    """Answer 403."""
    return page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as above
    """Answer 404."""
    return page(request, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as above
    """Answer 429."""
    return page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 while the database is away, even when templates, static files and settings are what broke.

    Django calls this while it handles the fault, wherever in the middleware that was.
    """
    try:
        return unavailable(request) if isinstance(sys.exc_info()[1], DATABASE_IS_AWAY) else page(request, 500)
    except Exception:
        logger.exception("the page of error 500 failed itself")
        return HttpResponse(LAST_RESORT, status=500)


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - as above
    """Answer 503."""
    return page(request, 503)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form whose CSRF token is missing or old: nothing was lost, nothing was changed."""
    return page(request, 403, EXPIRED, again=request.path)


def page(request: HttpRequest, status: int, words: Words | None = None, *, again: str = "") -> HttpResponse:
    """Return the error page of `status` in the language of the address, the cookie or the browser.

    `again` is an address offered for another attempt.
    """
    language = translation.get_language_from_request(request, check_path=True)
    with translation.override(language):
        facts = {**context.common(), "status": status, "words": words or WORDS[status], "again": again, "bare": True}
        response = HttpResponse(render_to_string("error.html", facts), status=status)
    if status in RETRY_AFTER:
        response["Retry-After"] = RETRY_AFTER[status]
    response["Cache-Control"] = "no-store"
    return response


def pages_for_bare_answers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: give a person's browser a page where the site answers with a status of `WORDS` and not a word."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not _is_bare(response) or request.path.startswith(FOR_MACHINES) or not request.accepts("text/html"):
            return response
        drawn = page(request, response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response:
                drawn[name] = response[name]
        return drawn

    return answer


def pages_for_the_unaskable(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: answer 400 to who asks a list for days or numbers beyond what a database can be asked; nobody meets them otherwise."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    answer.process_exception = _unaskable  # type: ignore[attr-defined]
    return answer


def _unaskable(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if request.method not in READING or not request.GET or not isinstance(exception, UNASKABLE):
        return None
    logger.warning("a query that no database can be asked: %s", exception)
    return bad_request(request, exception)


def _is_bare(response: HttpResponseBase) -> bool:
    return response.status_code in WORDS and isinstance(response, HttpResponse) and response.content == b""
