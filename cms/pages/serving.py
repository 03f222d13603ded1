"""Finding the page at an address, in fewer questions than Wagtail asks on the way to a home page in another language."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import views
from wagtail.models import Site
from wagtail.url_routing import RouteResult

from ashar.language import current
from cms.pages import moved
from cms.pages.home import HomePage


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Answer as Wagtail does, with the way to the page found beforehand. An address without its own page may lead on."""
    parts = [part for part in path.split("/") if part]
    found = way(request, parts)
    onward = None if _is_own(found) else moved.onward(request, current(), parts, lent=found and found.page)
    if onward:
        return redirect(onward.href, permanent=onward.permanent)
    if found:
        request._wagtail_route_for_request = found  # type: ignore[attr-defined]  # noqa: SLF001 - where Wagtail documents that it looks first
    answer: HttpResponse = views.serve(request, path)
    return answer


def way(request: HttpRequest, path_components: list[str]) -> RouteResult | None:
    """Return the way from the home page of the reader's language, or nothing: then Wagtail looks itself. Two queries to the home."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    key = site.root_page.translation_key
    homes = HomePage.objects.live().filter(translation_key=key, locale__language_code=current())
    home = homes.select_related("locale").first()
    try:
        return home.route(request, path_components) if home else None
    except Http404:
        request._wagtail_route_for_request = None  # type: ignore[attr-defined]  # noqa: SLF001 - looked for, and not there
        return None


def _is_own(found: RouteResult | None) -> bool:
    return found is not None and not found.kwargs.get("lent_to")
