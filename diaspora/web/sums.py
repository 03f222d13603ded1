"""What a project has by now, as a small piece of its page that may be asked for again and again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views import View

from diaspora import queries

# As old as a reader may see it, and for how long a cache may still show it while it fetches the next one.
KEPT = "public, max-age=15, stale-while-revalidate=60"


class ProjectSumsView(View):
    """Raised, matched, givers and days left, in the language of the address; the same for everybody, and nobody's name."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Answer with the piece; nobody has heard of a draft."""
        sums = queries.project_sums(slug, at=timezone.now())
        if sums is None:
            raise Http404
        return HttpResponse(render_to_string("diaspora/sums.html", {"card": sums}), headers={"Cache-Control": KEPT})
