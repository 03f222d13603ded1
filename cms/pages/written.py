"""Pages whose words are written for each language, and lent to a language that has none of its own yet."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Exists, OuterRef, When
from django.http import HttpRequest
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from ashar import language
from ashar.language import FALLBACKS
from ashar.web.heads import absolute
from cms.found.pages import Found, is_closed, path_of
from cms.pages.kept import Kept
from cms.pages.previewed import ReadInEachLanguage


class Written(Found, Kept, ReadInEachLanguage):
    """Mix in before `Page`: a page that may be read in the place of a translation that does not exist yet."""

    locale: Locale
    url_path: str

    def get_context(self, request: HttpRequest, *args: Any, lent_to: str = "", **kwargs: Any) -> dict[str, Any]:
        """Add the whole `address` to pass on, and `lent_to`: the language that has no page of its own, when it is read there.

        The canonical page stays ours. The switch of languages leads to `page_lent` where there is no page of its own.
        """
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["address"], context["lent_to"] = absolute(self.address()), lent_to
        context["page_lent"] = lent_places(context["page_languages"] or {})
        if lent_to:
            context["canonical_path"] = self.address()
        return context

    def address(self) -> str:
        """Return the path of the page in its own language; of one that is only being previewed, where it would stand."""
        return path_of(self.locale.language_code, self.url_path)


def lent(home: Page, path_components: list[str]) -> Page | None:
    """Return the written page that another language has at this address below its own home, or nothing.

    At most two queries: the homes of the other languages, and the pages under them.
    """
    others = Page.objects.filter(translation_key=home.translation_key).exclude(pk=home.pk).select_related("locale")
    below = "/".join([*path_components, ""])
    places = {other.url_path + below: other.locale for other in others}
    found = {}
    for page in Page.objects.live().filter(url_path__in=places).specific():
        page.locale = places[page.url_path]
        found[page.locale.language_code] = page
    best = language.best(found, home.locale.language_code)
    return best if isinstance(best, Written) else None


def lent_places(own: Mapping[str, str]) -> dict[str, str]:
    """Return language code → where a page is lent to it, for a page that has the addresses `own` in its languages."""
    best = {code: language.best({each: each for each in own}, code) for code in FALLBACKS if code not in own}
    return {code: f"/{code}{own[each].removeprefix(f'/{each}')}" for code, each in best.items() if each}


def once(pages: PageQuerySet, code: str) -> PageQuerySet:
    """Return each of `pages` that anybody may read once: in the language `code`, or in the next best it exists in."""
    rank = Case(
        *(When(locale__language_code=each, then=place) for place, each in enumerate(FALLBACKS[code])), default=9
    )
    readable = pages.annotate(rank=rank).live().exclude(is_closed())
    better = readable.filter(translation_key=OuterRef("translation_key"), rank__lt=OuterRef("rank"))
    return readable.filter(~Exists(better)).select_related("locale")


def seen(pages: PageQuerySet) -> Any:  # noqa: ANN401 - a page of the kind that was asked for, or nothing
    """Return what readers of the active language see of one page, all versions of which are in `pages`. One query."""
    return once(pages, language.current()).first()


def lent_from(page: Page, code: str) -> str:
    """Return the language of `page` where it is another one than `code`, or nothing."""
    own: str = page.locale.language_code
    return "" if own == code else own
