"""Pages whose words are written for each language, and lent to a language that has none of its own yet."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.query import PageQuerySet

from ashar import language
from cms.found.pages import Found, is_closed
from cms.pages.kept import Kept

LENDING = ("ru", "ky", "en")  # the language most readers share comes first


class Written(Found, Kept):
    """Mix in before `Page`: a page that may be read in the place of a translation that does not exist yet."""

    def get_context(self, request: HttpRequest, *args: Any, lent_to: str = "", **kwargs: Any) -> dict[str, Any]:
        """Add `lent_to`: the language that has no page of its own, when it is read there. The canonical one stays ours."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["lent_to"] = lent_to
        if lent_to:
            context["canonical_path"] = context["page_languages"][self.locale.language_code]  # type: ignore[attr-defined]
        return context


def lent(home: Page, path_components: list[str]) -> Page | None:
    """Return the written page that another language has at this address below its own home, or nothing.

    At most two queries: the homes of the other languages, and the pages under them.
    """
    others = Page.objects.filter(translation_key=home.translation_key).exclude(pk=home.pk).select_related("locale")
    below = "/".join([*path_components, ""])
    places = {other.url_path + below: other.locale.language_code for other in others}
    found = {places[page.url_path]: page for page in Page.objects.live().filter(url_path__in=places).specific()}
    order = [code for code in LENDING if code in found]
    page = found[order[0]] if order else None
    return page if isinstance(page, Written) else None


def public(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that anybody may read, without a query of its own."""
    return pages.live().exclude(is_closed())


def order_for(code: str) -> list[str]:
    """Return the languages in which a reader of `code` is shown a page, best first."""
    return [code, *(other for other in LENDING if other != code and other in language.LANGUAGES)]
