"""News: a list, newest first, and articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, QuerySet, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet

from ashar.language import pick
from cms.blocks.story import StoryBlock
from cms.found.pages import Found
from cms.pages.kept import Kept
from cms.pages.people import PersonPage
from cms.pages.written import Written, order_for, public

ARTICLES_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list. `language` is empty unless it is lent from another one."""

    href: str
    title: str
    lead: str
    at: datetime | None
    language: str


@register_snippet
class Topic(models.Model):
    """What articles are about, in three languages."""

    slug = models.SlugField(_("address"), unique=True)
    title_ky = models.CharField(_("title in Kyrgyz"), max_length=60)
    title_ru = models.CharField(_("title in Russian"), max_length=60)
    title_en = models.CharField(_("title in English"), max_length=60)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return pick(self, "title")


class SourceBlock(blocks.StructBlock):
    """Where a claim comes from."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    address = blocks.URLBlock(label=_("Address"), required=False)
    on = blocks.DateBlock(label=_("Day"), required=False)

    class Meta:
        icon = "link"
        label = _("Source")


class NewsIndexPage(Found, Kept, Page):
    """Articles, pinned ones first, then newest first."""

    lead = models.CharField(_("lead"), max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ArticlePage"]
    max_count_per_parent = 1
    template = "cms/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of articles."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        code = self.locale.language_code
        articles = listed(code, on=timezone.localdate())
        context["page_of_articles"] = Paginator(articles, ARTICLES_A_PAGE).get_page(request.GET.get("page"))
        number = context["page_of_articles"].number
        context["canonical_query"] = f"?page={number}" if number > 1 else ""
        context["articles"] = [card(article, code) for article in context["page_of_articles"]]
        return context


class ArticlePage(Written, Page):
    """One piece of news in one language. When it goes live is Wagtail's own field."""

    lead = models.CharField(_("lead"), max_length=300, help_text=_("Who, what, where, when, in one sentence."))
    body = StreamField(StoryBlock(), verbose_name=_("body"))
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    pinned_until = models.DateField(
        _("pinned until"), null=True, blank=True, help_text=_("Until the end of this day it stands before all others.")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("sources"),
        MultiFieldPanel(
            [InlinePanel("topics", label=_("Topic"), max_num=3), InlinePanel("people", label=_("Person"), max_num=6)],
            heading=_("About whom and what"),
        ),
    ]
    promote_panels = [FieldPanel("pinned_until"), *Page.promote_panels]
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/article_page.html"

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add topics and people, each in the language of the page where there is one."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["topics"] = [row.topic for row in self.topics.select_related("topic")]
        context["people"] = [row.person.localized for row in self.people.select_related("person__locale")]
        return context


class ArticleTopic(Orderable):
    """A topic of an article."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("topic"))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "topic"], name="article_has_a_topic_once")]


class ArticlePerson(Orderable):
    """A person an article speaks of."""

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(PersonPage, models.CASCADE, related_name="+", verbose_name=_("person"))

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="article_names_a_person_once")]


def latest(code: str, *, on: date, count: int) -> Sequence[ArticleCard]:
    """Return the first `count` articles as readers of the language see them. One query."""
    return [card(article, code) for article in listed(code, on=on)[:count]]


def listed(code: str, *, on: date) -> QuerySet[ArticlePage]:
    """Return each article once, in the language `code` or the next best it exists in: pinned on the day first, then newest."""
    rank = Case(
        *(When(locale__language_code=each, then=place) for place, each in enumerate(order_for(code))), default=9
    )
    readable = public(ArticlePage.objects.annotate(rank=rank))
    better = readable.filter(translation_key=OuterRef("translation_key"), rank__lt=OuterRef("rank"))
    pinned = Case(When(pinned_until__gte=on, then=0), default=1)
    once = readable.filter(~Exists(better)).annotate(pinned=pinned).select_related("locale")
    return once.order_by("pinned", F("first_published_at").desc(), "-pk")


def card(article: ArticlePage, code: str) -> ArticleCard:
    """Return an article as it stands in a list of the language `code`."""
    return ArticleCard(
        href=f"/{code}/news/{article.slug}/",
        title=article.title,
        lead=article.lead,
        at=article.first_published_at,
        language="" if article.locale.language_code == code else article.locale.language_code,
    )
