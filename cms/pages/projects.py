"""Faces of projects."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from ashar.web import paging
from ashar.web.heads import Feed, Head, Thing, absolute
from cms.found import things
from cms.found.pages import Found
from cms.pages import choices
from cms.pages.branch import Branch
from cms.pages.kept import Kept
from diaspora import queries
from diaspora.models import Project
from diaspora.queries import addresses
from diaspora.queries.projects import RELATIONS
from diaspora.states import ProjectState
from diaspora.web import feeds

PLAIN_TEXT = ["bold", "italic", "link", "ul", "ol"]


class ProjectIndexPage(Branch):
    """Every project that is open or was."""

    subpage_types = ["cms.ProjectPage"]
    template = "cms/project_index_page.html"

    class Meta:
        verbose_name = _("list of projects")
        verbose_name_plural = _("lists of projects")

    def feeds(self, context: Mapping[str, Any]) -> list[Feed]:
        """Return the news of all projects, and of the chosen oblast."""
        chosen = [choice for choice in context["listing"].oblasts if choice.chosen]
        return [feeds.of_projects(), *(feeds.of_oblast(choice.value, str(choice.label)) for choice in chosen)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of cards, filtered by oblast and state as the address asks."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["listing"] = listing = queries.project_listing(request.GET, at=timezone.now())
        context["canonical_query"] = "" if listing.is_filtered else paging.canonical(listing.page)
        return context

    def answers(self, context: Mapping[str, Any]) -> Mapping[str, str]:
        """Return the filters, and which page of the list it is."""
        listing = context["listing"]
        chosen = {"oblast": choices.chosen(listing.oblasts), "state": choices.chosen(listing.states)}
        return chosen | {"page": paging.further(listing.page)}


class ProjectPage(Found, Kept, Page):
    """The public face of one project in one language."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="pages", verbose_name=_("project"))
    note = RichTextField(_("note from the editors"), blank=True, features=PLAIN_TEXT)

    content_panels = [*Page.content_panels, FieldPanel("project"), FieldPanel("note")]
    parent_page_types = ["cms.ProjectIndexPage"]
    subpage_types: list[str] = []
    template = "cms/project_page.html"

    class Meta:
        verbose_name = _("project page")
        verbose_name_plural = _("project pages")

    @classmethod
    def findable(cls) -> "models.QuerySet[ProjectPage]":
        """Return the live pages of projects that have opened."""
        return super().findable().exclude(project__state=ProjectState.DRAFT)

    @classmethod
    def changes(cls, pages: "Iterable[ProjectPage]") -> dict[int, datetime]:
        """Return when each project last moved. A gift moves the bar, not the page."""
        moves = queries.last_moves()
        return {page.pk: moves[page.project_id] for page in pages if page.project_id in moves}

    @classmethod
    def with_relations(cls) -> "models.QuerySet[ProjectPage]":
        """Return the pages with all that their faces read of the project, in one query."""
        return cls.objects.select_related(*(f"project__{name}" for name in RELATIONS))

    def head(self, context: Mapping[str, Any]) -> Head:
        """Return the usual head, in the words of the project where the editors have none."""
        card = context["project"].card
        told = super().head(context)
        return replace(
            told,
            title=self.seo_title or card.title,
            description=self.search_description or card.summary,
        )

    def picture(self) -> str:
        """Return the card of the project, with its live progress."""
        return reverse("project-card", args=[self.project.slug])

    def things(self, context: Mapping[str, Any]) -> list[Thing]:
        """Return the project and how to give to it."""
        return things.project(context["project"])

    def feeds(self, context: Mapping[str, Any]) -> list[Feed]:
        """Return the news of its association."""
        told = context["project"]
        return [feeds.of_association(told.association.slug, told.association_name)]

    def clean(self) -> None:
        """Refuse a second face of the same project in the same language."""
        super().clean()
        twins = ProjectPage.objects.filter(project_id=self.project_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.project_id and twins.exists():
            raise ValidationError({"project": _("This project has a page in this language already.")})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the project, unless it is still a draft: then nobody has heard of it."""
        if self.project.state == ProjectState.DRAFT:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add everything the page says of the project, prepared."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["project"] = queries.project_page(self.project, at=timezone.now())
        context["address"] = absolute(addresses.project(self.project.slug))
        return context
