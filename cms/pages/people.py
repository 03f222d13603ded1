"""People whom the pages speak of, or who answer for something."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ashar.places import sorting
from ashar.web.heads import Head, Thing
from cms import renditions
from cms.blocks.story import StoryBlock
from cms.found import things
from cms.found.pages import path_of
from cms.pages import answering, described
from cms.pages.branch import Branch
from cms.pages.described import Described, DescribedForm
from cms.pages.written import Written, lent_from, once

Naming = Callable[["PersonPage", str], Sequence[Any]]
_naming: list[Naming] = []


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in a list. `language` is empty unless the page is lent from another one; `image` where there is none that is ready."""

    href: str
    name: str
    role: str
    language: str
    image: str = ""


class PersonIndexPage(Branch):
    """Everybody who has a page, by name."""

    subpage_types = ["cms.PersonPage"]
    template = "cms/person_index_page.html"

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the people."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        code = self.locale.language_code
        everybody = [*once(PersonPage.objects.all(), code).order_by(sorting.by("title"))]
        context["people"] = _cards(everybody, code, faces=True)
        return context


class PersonPage(Written, Described, Page):
    """One person, as they agreed to be shown. The title is the name, as they write it."""

    role = models.CharField(_("what they do"), max_length=150)
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    base_form_class = DescribedForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("role"),
        described.panel(),
        FieldPanel("body"),
    ]
    parent_page_types = ["cms.PersonIndexPage"]
    subpage_types: list[str] = []
    template = "cms/person_page.html"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages that the person answers for and the news that names them, as readers of the language see them."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        code = context["lent_to"] or self.locale.language_code
        context["answered"] = answering.pages(self, code)
        context["articles"] = [article for find in _naming for article in find(self, code)]
        return context

    def head(self, context: Mapping[str, Any]) -> Head:
        """Return the usual head, which says what the person does."""
        return replace(super().head(context), description=self.search_description or self.role)

    def things(self, context: Mapping[str, Any]) -> list[Thing]:  # noqa: ARG002 - as every page type
        """Return the person."""
        return things.person(self, path=self.address(), role=self.role)

    @classmethod
    def cards(cls, people: Iterable["PersonPage"], code: str, *, faces: bool = False) -> Mapping[UUID, PersonCard]:
        """Return by translation key the open pages of `people`, in the language `code` or the next best.

        One query at most, two with their `faces`.
        """
        keys = [person.translation_key for person in people]
        shown = [*once(cls.objects.filter(translation_key__in=keys), code)] if keys else []
        return dict(zip((each.translation_key for each in shown), _cards(shown, code, faces=faces), strict=True))


def naming(find: Naming) -> Naming:
    """Let `find` say which articles name a person, to a reader of a language. News stands on people, so it comes by itself."""
    _naming.append(find)
    return find


def cards(people: Sequence[PersonPage], code: str) -> Sequence[PersonCard]:
    """Return the cards of `people` in their order, without those that nobody may read. One query, none for nobody."""
    found = PersonPage.cards(people, code)
    return [found[person.translation_key] for person in people if person.translation_key in found]


def _cards(people: Sequence[PersonPage], code: str, *, faces: bool) -> list[PersonCard]:
    portraits = renditions.portraits([person.image_id for person in people if person.image_id and faces])
    return [
        PersonCard(
            href=path_of(code, person.url_path),
            name=person.title,
            role=person.role,
            language=lent_from(person, code),
            image=portraits.get(person.image_id or 0, ""),
        )
        for person in people
    ]
