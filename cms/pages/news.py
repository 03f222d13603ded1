"""News: a list, newest first, and articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, F, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Orderable, Page
from wagtail.query import PageQuerySet
from wagtail.snippets.models import register_snippet

from ashar.language import pick
from ashar.places import sorting
from ashar.web import paging
from ashar.web.heads import Head, Thing
from cms import renditions
from cms.blocks.source import SourceBlock
from cms.blocks.story import StoryBlock
from cms.found import things
from cms.found.pages import path_of
from cms.pages import people
from cms.pages.branch import Branch
from cms.pages.choices import Choice, asking
from cms.pages.people import PersonPage
from cms.pages.written import Written, lent_from, once

ARTICLES_A_PAGE = 10
ARTICLES_OF_A_PERSON = 12
SLUG = "news"  # of the list of news in every tree


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list. `language` is empty unless it is lent from another one; `image` is the first picture of its body."""

    href: str
    title: str
    lead: str
    at: datetime | None
    language: str
    image: AbstractImage | None = None


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


class NewsIndexPage(Branch):
    """Articles, pinned ones first, then newest first."""

    section = SLUG
    subpage_types = ["cms.ArticlePage"]
    template = "cms/news_index_page.html"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one page of articles, on one topic if the address asks for it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        code, topics = self.locale.language_code, written_of()
        topic = next((each for each in topics if each.slug == request.GET.get("topic")), None)
        articles = listed(code, on=timezone.localdate(), topic=topic)
        context["topics"], context["topic"] = _choices(topics, topic), topic
        context["page_of_articles"] = Paginator(articles, ARTICLES_A_PAGE).get_page(request.GET.get("page"))
        context["canonical_query"] = "" if topic else paging.canonical(context["page_of_articles"])
        context["articles"] = cards([*context["page_of_articles"]], code)
        return context

    def answers(self, context: Mapping[str, Any]) -> Mapping[str, str]:
        """Return the topic, and which page of the list it is."""
        topic = context["topic"]
        return {"topic": topic.slug if topic else "", "page": paging.further(context["page_of_articles"])}


class ArticlePage(Written, Page):
    """One piece of news in one language. When it goes live is Wagtail's own field."""

    section = SLUG
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
        code = context["lent_to"] or self.locale.language_code
        context["topics"] = [row.topic for row in self.topics.select_related("topic")]
        context["list_href"] = path_of_list(code)
        context["people"] = people.cards([row.person for row in self.people.select_related("person")], code)
        return context

    def head(self, context: Mapping[str, Any]) -> Head:
        """Return the usual head, as of an article of its day."""
        return replace(super().head(context), kind="article", published_at=self.first_published_at)

    def picture(self) -> str:
        """Return the card of the article; one that is previewed before it has an address shows that of the site."""
        return reverse("article-card", args=[self.slug]) if self.slug else super().picture()

    def things(self, context: Mapping[str, Any]) -> list[Thing]:  # noqa: ARG002 - as every page type
        """Return the article."""
        description = self.search_description or self.lead
        return things.article(self, path=self.address(), description=description, picture=self.picture())


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


def day(article: ArticlePage) -> str:
    """Return the day of an article in words, or nothing before it has one."""
    return date_format(timezone.localtime(article.first_published_at)) if article.first_published_at else ""


def path_of_list(code: str) -> str:
    """Return the path of the list of news in the language `code`."""
    return f"/{code}/{SLUG}/"


def latest(code: str, *, on: date, count: int) -> Sequence[ArticleCard]:
    """Return the first `count` articles as readers of the language see them. Two queries, one more while a picture is not ready."""
    return cards([*listed(code, on=on)[:count]], code)


@people.naming
def about(person: PersonPage, code: str) -> Sequence[ArticleCard]:
    """Return the latest articles that name `person`, whichever translation of theirs is named, each once. As `latest`."""
    naming = ArticlePerson.objects.filter(person__translation_key=person.translation_key).values("page")
    return cards([*newest(code).filter(pk__in=naming)[:ARTICLES_OF_A_PERSON]], code)


def written_of() -> Sequence[Topic]:
    """Return the topics of live articles, in the order of the reader's alphabet. One query."""
    used = ArticleTopic.objects.filter(page__live=True).values("topic")
    return sorted(Topic.objects.filter(pk__in=used), key=lambda topic: sorting.key(str(topic)))


def listed(code: str, *, on: date, topic: Topic | None = None) -> PageQuerySet:
    """Return each article (on `topic`) once, in the language `code` or the next best: pinned on the day first, then newest."""
    articles = newest(code)
    if topic:
        articles = articles.filter(pk__in=ArticleTopic.objects.filter(topic=topic).values("page"))
    pinned = Case(When(pinned_until__gte=on, then=0), default=1)
    return articles.annotate(pinned=pinned).order_by("pinned", F("first_published_at").desc(nulls_last=True), "-pk")


def newest(code: str) -> PageQuerySet:
    """Return each article once, in the language `code` or the next best it exists in, newest first."""
    return once(ArticlePage.objects.all(), code).order_by(F("first_published_at").desc(nulls_last=True), "-pk")


def cards(articles: Sequence[ArticlePage], code: str) -> Sequence[ArticleCard]:
    """Return articles as they stand in a list of the language `code`, with their pictures: see `renditions.load`."""
    first = {article.pk: _first_picture(article) for article in articles}
    images = renditions.load({key for key in first.values() if key})
    return [_card(article, code, images.get(first[article.pk] or 0)) for article in articles]


def _card(article: ArticlePage, code: str, image: AbstractImage | None) -> ArticleCard:
    return ArticleCard(
        href=path_of(code, article.url_path),
        title=article.title,
        lead=article.lead,
        at=article.first_published_at,
        language=lent_from(article, code),
        image=image,
    )


def _first_picture(article: ArticlePage) -> int | None:
    """Return the key of the first picture in the body, which is not read for it."""
    pictures = (block["value"]["picture"] for block in article.body.raw_data if block["type"] == "picture")
    return next((picture["image"] for picture in pictures if picture and picture.get("image")), None)


def _choices(topics: Sequence[Topic], chosen: Topic | None) -> Sequence[Choice]:
    """Return all news and each topic, of which one is chosen; nothing where there is nothing to choose."""
    every = Choice("", gettext("All topics"), asking(), chosen is None)
    named = [Choice(each.slug, str(each), asking(topic=each.slug), each == chosen) for each in topics]
    return [every, *named] if named else []
