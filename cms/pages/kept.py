"""A page that is the same for every reader who is not signed in."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.models import PageViewRestriction

from cms import page_cache
from cms.framed import FramedPreview
from cms.pages.addressed import Addressed


class Kept(FramedPreview, Addressed):
    """Mix in before `Page`: what it serves may be kept whole by the page cache."""

    path: str
    steplen: int

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the page marked as public."""
        response: HttpResponse = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        return page_cache.mark(response, **self.answers(getattr(response, "context_data", None) or {}))

    def answers(self, context: Mapping[str, Any]) -> Mapping[str, str]:  # noqa: ARG002 - for those that answer some
        """Return the questions of an address that the page answers, and the words it took for them; empty ones are not asked."""
        return {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Let the reader's phone keep the page as well: see `ashar.web.offline`."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return {**context, "opens_offline": True}

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return what keeps readers from this page: its own restrictions and those above it. Wagtail's answer, in one query.

        An alias is kept from readers by what stands on its source as well.
        """
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        own, of_sources = Q(page__path__in=above), Q(page__aliases__path__in=above)
        return PageViewRestriction.objects.filter(own | of_sources).distinct()
