"""Faces of associations."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ashar.web.heads import Feed, Head, Thing, absolute
from cms.found import things
from cms.found.pages import Found
from cms.pages.branch import Branch
from cms.pages.kept import Kept
from diaspora import queries
from diaspora.models import Association
from diaspora.queries import addresses
from diaspora.web import feeds


class AssociationIndexPage(Branch):
    """Every association, by the city its people live in."""

    subpage_types = ["cms.AssociationPage"]
    template = "cms/association_index_page.html"

    class Meta:
        verbose_name = _("list of associations")
        verbose_name_plural = _("lists of associations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the cards of all associations."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["cards"] = queries.association_cards()
        return context


class AssociationPage(Found, Kept, Page):
    """The public face of one association in one language."""

    association = models.ForeignKey(Association, models.PROTECT, related_name="pages", verbose_name=_("association"))

    content_panels = [*Page.content_panels, FieldPanel("association")]
    parent_page_types = ["cms.AssociationIndexPage"]
    subpage_types: list[str] = []
    template = "cms/association_page.html"

    class Meta:
        verbose_name = _("association page")
        verbose_name_plural = _("association pages")

    @classmethod
    def findable(cls) -> "models.QuerySet[AssociationPage]":
        """Return the live pages, with what `changes` asks of their associations."""
        return super().findable().select_related("association__verification")

    @classmethod
    def changes(cls, pages: "Iterable[AssociationPage]") -> dict[int, datetime]:
        """Return when each association was registered or verified."""
        return {page.pk: _changed_at(page.association) for page in pages}

    @classmethod
    def with_relations(cls) -> "models.QuerySet[AssociationPage]":
        """Return the pages with their associations, in one query."""
        return cls.objects.select_related("association")

    def head(self, context: Mapping[str, Any]) -> Head:
        """Return the usual head, in the words of the association where the editors have none."""
        told = context["association"]
        return replace(
            super().head(context),
            title=self.seo_title or told.card.name,
            description=self.search_description or told.about,
        )

    def things(self, context: Mapping[str, Any]) -> list[Thing]:
        """Return the association."""
        return things.association(context["association"])

    def feeds(self, context: Mapping[str, Any]) -> list[Feed]:
        """Return the news of its projects."""
        card = context["association"].card
        return [feeds.of_association(card.slug, card.name)]

    def clean(self) -> None:
        """Refuse a second face of the same association in the same language."""
        super().clean()
        twins = AssociationPage.objects.filter(association_id=self.association_id, locale_id=self.locale_id)
        if self.association_id and twins.exclude(pk=self.pk).exists():
            raise ValidationError({"association": _("This association has a page in this language already.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the page says of the association, prepared."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["association"] = queries.association_page(self.association, at=timezone.now())
        context["address"] = absolute(addresses.association(self.association.slug))
        return context


def _changed_at(association: Association) -> datetime:
    return association.verification.at if hasattr(association, "verification") else association.registered_at
