"""Drafts that an editor's form frames in a window of its own."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator


class FramedPreview:
    """Stands before what Wagtail previews, pages and snippets alike."""

    @method_decorator(csp_replace({"frame-ancestors": [SELF]}))
    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft, which the form may frame; the policy forbids all else as ever."""
        answer: HttpResponse = super().serve_preview(request, mode_name)  # type: ignore[misc]
        return answer
