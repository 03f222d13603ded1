"""Pages whose words are written for each language, and lent to a language that has none of its own yet."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from ashar import language
from cms.pages.kept import Kept

LENDING = ("ru", "ky", "en")  # the language most readers share comes first


class Written(Kept):
    """Mix in before `Page`: knows in which languages it exists, and says so when it is shown in the place of another."""

    def get_context(self, request: HttpRequest, *args: Any, lent_to: str = "", **kwargs: Any) -> dict[str, Any]:
        """Add where the translations are, and `lent_to`: the language that has none, when it is read there. One query."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["page_languages"] = {page.locale.language_code: page.get_url(request) for page in self._translations()}
        context["lent_to"] = lent_to
        if lent_to:
            context["canonical_path"] = context["page_languages"][self.locale.language_code]  # type: ignore[attr-defined]
        return context

    def _translations(self) -> "QuerySet[Page]":
        everywhere = type(self).objects.filter(translation_key=self.translation_key)  # type: ignore[attr-defined]
        return everywhere.live().select_related("locale")


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
    """Return those of `pages` that anybody may read, without a query of its own: live, and nothing above them is restricted."""
    above = PageViewRestriction.objects.annotate(of=ExpressionWrapper(OuterRef("path"), output_field=CharField()))
    return pages.live().filter(~Exists(above.filter(of__startswith=F("page__path"))))


def order_for(code: str) -> list[str]:
    """Return the languages in which a reader of `code` is shown a page, best first."""
    return [code, *(other for other in LENDING if other != code and other in language.LANGUAGES)]
