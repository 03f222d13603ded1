"""The picture that a link to a written page shows."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View
from wagtail.models import Page

from ashar import language
from ashar.web import cards, pictures
from cms.pages.written import once


class CardPictureView(View):
    """The title of a page of one `kind` with a `line` about it, in the language of the address."""

    http_method_names = ["get", "head", "options"]
    kind: type[Any] = Page
    tag: Any = ""
    title: Callable[[Any], str] = staticmethod(lambda page: page.title)
    line: Callable[[Any], str] = staticmethod(lambda _page: "")

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Answer with the picture; of a draft nobody has heard."""
        page = once(self.kind.findable().filter(slug=slug), language.current()).first()
        if page is None:
            raise Http404
        card = cards.Card(site=_("Ashar"), title=self.title(page), place=self.line(page), tag=str(self.tag))
        return pictures.answer(request, card)
