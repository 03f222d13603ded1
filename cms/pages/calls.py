"""Faces of calls: whom a programme invites to apply for a grant, how much there is, and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from ashar.web import calendar
from ashar.web.heads import Head, Thing
from cms.blocks.story import StoryBlock
from cms.found import things
from cms.pages.branch import Branch
from cms.pages.written import Written
from grants import queries
from grants.models import Call
from grants.states import CALL, CallState


class CallIndexPage(Branch):
    """What can be applied for, the nearest deadline first, and what is over."""

    section = "calls"
    subpage_types = ["cms.CallPage"]
    template = "cms/call_index_page.html"

    class Meta:
        verbose_name = _("list of calls")
        verbose_name_plural = _("lists of calls")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the cards."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["listing"] = queries.listing(at=timezone.now())
        return context


class CallPage(Written, Page):
    """The public face of one call in one language: what was announced, and what editors lay beside it, as the forms to fill in."""

    section = "calls"
    call = models.ForeignKey(Call, models.PROTECT, related_name="pages", verbose_name=_("call"))
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    content_panels = [FieldPanel("title", read_only=True), FieldPanel("body")]
    is_creatable = False  # pages come with the announcement, all at once
    parent_page_types = ["cms.CallIndexPage"]
    subpage_types: list[str] = []
    template = "cms/call_page.html"

    class Meta:
        verbose_name = _("call page")
        verbose_name_plural = _("call pages")

    @classmethod
    def findable(cls) -> "models.QuerySet[CallPage]":
        """Return the live pages of calls that were announced."""
        return super().findable().exclude(call__published_at=None)

    @classmethod
    def changes(cls, pages: "Iterable[CallPage]") -> dict[int, datetime]:
        """Return when each call last moved."""
        moves = queries.last_moves()
        return {page.pk: moves[page.call_id] for page in pages if page.call_id in moves}

    @classmethod
    def with_relations(cls) -> "models.QuerySet[CallPage]":
        """Return the pages with all that their faces read of the call, in one query."""
        return cls.objects.select_related("call__fund", "locale")

    def head(self, context: Mapping[str, Any]) -> Head:
        """Return the usual head, in the words of the call where the editors have none."""
        card = context["told"].card
        return replace(
            super().head(context),
            title=self.seo_title or card.title,
            description=self.search_description or card.summary,
        )

    def picture(self) -> str:
        """Return the card of the call; one that is previewed before it has an address shows that of the site."""
        return reverse("call-card", args=[self.slug]) if self.slug else super().picture()

    def things(self, context: Mapping[str, Any]) -> list[Thing]:
        """Return the grant that is offered, as long as somebody may still apply for it."""
        card = context["told"].card
        return things.call(context["told"]) if card.is_open or card.is_announced else []

    def clean(self) -> None:
        """Refuse a second face of the same call in the same language."""
        super().clean()
        twins = CallPage.objects.filter(call_id=self.call_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.call_id and twins.exists():
            raise ValidationError(_("This call has a page in this language already."))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the call, unless it was never announced: then nobody has heard of it."""
        if self.call.published_at is None:
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add everything the page says of the call, prepared."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["told"] = queries.call_page(self.call, at=timezone.now())
        return context


def until_when(call: Call) -> str:
    """Return until when one may apply, in words, or that nobody may any more. Told in pictures and feeds, which travel."""
    state = queries.standing(call, at=timezone.now())
    if state in {CallState.CLOSED, CallState.CANCELLED}:
        return str(CALL.public_label(state))
    return gettext("Deadline: %(moment)s") % {"moment": calendar.moment(call.closes_at)}
