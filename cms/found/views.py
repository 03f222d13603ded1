"""Addresses that only machines open: the sitemap and robots.txt."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ashar.web import sitemaps
from cms import page_cache
from cms.found import robots, sightings


@require_safe
def sitemap(_request: HttpRequest) -> HttpResponse:
    """List every public page, or, when they are too many for one file, the files that do."""
    files = sitemaps.files(sightings.addresses())
    if len(files) == 1:
        return _xml(sitemaps.draw(files[0]))
    return _xml(sitemaps.draw_index({reverse("sitemap-part", args=[n]): part for n, part in enumerate(files, 1)}))


@require_safe
def sitemap_part(_request: HttpRequest, number: int) -> HttpResponse:
    """List the public pages of one file."""
    files = sitemaps.files(sightings.addresses())
    if not 1 <= number <= len(files):
        raise Http404
    return _xml(sitemaps.draw(files[number - 1]))


@require_safe
def robots_txt(_request: HttpRequest) -> HttpResponse:
    """Say what machines need not read, and where the rest is listed."""
    text = robots.text(sitemap=settings.SITE_URL + reverse("sitemap"))
    return page_cache.mark(HttpResponse(text, content_type="text/plain; charset=utf-8"))


def _xml(body: bytes) -> HttpResponse:
    return page_cache.mark(HttpResponse(body, content_type="application/xml; charset=utf-8"))
