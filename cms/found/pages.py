"""`Found`: the one thing a page type declares to be found and shared."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Self

from django.db.models import CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import F
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from ashar import language
from ashar.web.heads import Feed, Head, Thing, absolute
from cms.found import breadcrumbs, sections

PLACE = "found_in_{}"  # the column under which `with_languages` adds the place of a page in one language


class Found:
    """Mix in before `Kept` and `Page`: the page stands in the sitemap, announces its translations and can be shared.

    Everything below may be said better by the page type itself.
    """

    section = ""  # whose feed the page announces, see `cms.found.sections`
    pk: Any
    title: str
    seo_title: str
    search_description: str
    url_path: str

    @classmethod
    def findable(cls) -> QuerySet[Any]:
        """Return the pages of this type that search engines may know of; closed ones are left out later."""
        return cls.objects.live()  # type: ignore[attr-defined]

    @classmethod
    def changes(cls, pages: Iterable[Self]) -> Mapping[int, datetime]:  # noqa: ARG003 - for the types that know
        """Return page id → when what it shows last changed, where that is another thing than publishing the page."""
        return {}

    def languages(self) -> Mapping[str, str] | None:
        """Return language code → path of each open translation, itself included; no query after `with_languages`.

        Nothing means: equal addresses in every language.
        """
        here = self if hasattr(self, PLACE.format("ky")) else self._placed()
        if here is None:
            return None
        places = {code: getattr(here, PLACE.format(code)) for code in language.LANGUAGES}
        return {code: path_of(code, place) for code, place in places.items() if place}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add where the translations live, the way here, and the head, made when the template asks: then all else is there."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["page_languages"] = self.languages()
        context["breadcrumbs"] = breadcrumbs.above(self.url_path)
        context["found"] = partial(self.head, context)  # a template calls what it can call
        return context

    def head(self, context: Mapping[str, Any]) -> Head:
        """Return what the head says, from what `get_context` has prepared for the page."""
        return Head(
            title=self.seo_title or self.title,
            description=self.search_description or getattr(self, "lead", ""),
            picture=absolute(self.picture()),
            things=self.things(context),
            feeds=self.feeds(context),
        )

    def picture(self) -> str:
        """Return the address of the card that a link to this page shows: 1200 × 630, PNG."""
        return reverse("site-card")

    def things(self, context: Mapping[str, Any]) -> Sequence[Thing]:  # noqa: ARG002 - for the types that know
        """Return what the page is about, in the words of schema.org."""
        return ()

    def feeds(self, context: Mapping[str, Any]) -> Sequence[Feed]:  # noqa: ARG002 - likewise
        """Return the feeds whose news the page stands for."""
        return [sections.feed(self.section)] if self.section else ()

    def _placed(self) -> Self | None:
        return with_languages(type(self).objects.filter(pk=self.pk)).first()  # type: ignore[attr-defined]


def with_languages(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return `pages` that know, in the same query, where their open translations live."""
    open_now = Page.objects.filter(translation_key=OuterRef("translation_key"), live=True).exclude(is_closed())
    return pages.annotate(**{
        PLACE.format(code): Subquery(open_now.filter(locale__language_code=code).values("url_path")[:1])
        for code in language.LANGUAGES
    })  # fmt: skip


def path_of(code: str, url_path: str) -> str:
    """Return the address of the page at `url_path` of Wagtail's, whose first word names the home page of a tree."""
    return f"/{code}/{url_path.split('/', 2)[2]}"


def closed_paths() -> tuple[str, ...]:
    """Return the tree paths at and below which readers are kept out; an alias is closed with its source. One query."""
    rows = PageViewRestriction.objects.values_list("page__path", "page__aliases__path")
    return tuple({path for row in rows for path in row if path})


def is_closed() -> Exists:
    """Return whether something at or above a page keeps readers from it, as `closed_paths` has it."""
    above = PageViewRestriction.objects.annotate(here=ExpressionWrapper(OuterRef("path"), CharField()))
    own, of_source = Q(here__startswith=F("page__path")), Q(here__startswith=F("page__aliases__path"))
    return Exists(above.filter(own | of_source))
