"""Drafts as readers of each language would meet them."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail.models import Locale, Page


class ReadInEachLanguage:
    """Stands before `Page`: the form shows the draft in its own language first, then what readers of the others see."""

    locale: Locale

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Return the languages by which the form lets choose, our own under the empty name."""
        own = self.locale.language_code
        names = dict(settings.LANGUAGES)
        return [("", names.pop(own, own)), *names.items()]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft; in another language the page that readers have there, or the draft lent to them."""
        if not mode_name:
            answer: HttpResponse = super().serve_preview(request, mode_name)  # type: ignore[misc]
            return answer
        with translation.override(mode_name):
            return self._read_in(mode_name, request).render()

    def _read_in(self, code: str, request: HttpRequest) -> TemplateResponse:
        page = cast("Page", self)
        twin = page.get_translations().live().filter(locale__language_code=code).specific().first()
        answer: TemplateResponse = twin.serve(request) if twin else page.serve(request, lent_to=code)
        return answer
