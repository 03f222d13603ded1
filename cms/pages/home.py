"""The front door."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from ashar.language import current
from ashar.web import maps
from ashar.web.heads import Feed, Thing
from cms.found import sections, things
from cms.found.pages import Found, with_languages
from cms.pages import news
from cms.pages.associations import AssociationIndexPage, AssociationPage
from cms.pages.calls import CallIndexPage, CallPage
from cms.pages.contact import ContactPage
from cms.pages.events import EventIndexPage, EventPage
from cms.pages.faq import FaqPage
from cms.pages.guides import GuideIndexPage, GuidePage, Stage
from cms.pages.kept import Kept
from cms.pages.landing import LandingPage
from cms.pages.news import ArticlePage, NewsIndexPage
from cms.pages.people import PersonIndexPage, PersonPage
from cms.pages.pillars import Pillar
from cms.pages.practices import PracticeIndexPage, PracticePage
from cms.pages.projects import ProjectIndexPage, ProjectPage
from cms.pages.statistics import StatisticsPage
from cms.pages.written import lent
from diaspora import queries
from diaspora.queries import addresses
from diaspora.web import feeds
from grants import queries as calls

PROJECTS_SHOWN = 6
ARTICLES_SHOWN = 3
CALLS_SHOWN = 3


def _written(kind: type[Page], *relations: str) -> Callable[[], QuerySet[Page]]:
    return partial(kind.objects.select_related, "locale", *relations)


# What stands at an address of one or two words below the home page, under the slugs that `cms.trees` plants.
SHORT_WAYS: dict[tuple[str, int], Callable[[], QuerySet[Page]]] = {
    ("projects", 1): ProjectIndexPage.objects.all,
    ("projects", 2): ProjectPage.with_relations,
    ("associations", 1): AssociationIndexPage.objects.all,
    ("associations", 2): AssociationPage.with_relations,
    ("calls", 1): CallIndexPage.objects.all,
    ("calls", 2): CallPage.with_relations,
    (news.SLUG, 1): _written(NewsIndexPage),
    (news.SLUG, 2): _written(ArticlePage),
    ("guides", 1): _written(GuideIndexPage),
    ("guides", 2): _written(GuidePage),
    ("people", 1): _written(PersonIndexPage),
    ("people", 2): _written(PersonPage),
    ("practices", 1): _written(PracticeIndexPage),
    ("practices", 2): _written(PracticePage),
    ("events", 1): _written(EventIndexPage),
    ("events", 2): _written(EventPage),
    ("faq", 1): _written(FaqPage),
    ("statistics", 1): _written(StatisticsPage),
    ("contact", 1): _written(ContactPage),
}


def _at(path_components: list[str]) -> Callable[[], QuerySet[Page]] | None:
    """Return the pages one of which may stand at an address; at one word that is not ours, those that editors name freely."""
    of_one_word = _written(LandingPage, "image") if len(path_components) == 1 else None
    return SHORT_WAYS.get((path_components[0], len(path_components)), of_one_word)


class Way(NamedTuple):
    """A way in: whom it is for, what stands there, and where."""

    title: str
    text: str
    href: str


def ways(code: str) -> list[Way]:
    """Return the three ways in, in the language `code`, which is the active one."""
    guides = f"/{code}/guides/?stage="
    return [
        Way(
            gettext("Give to a village"),
            gettext("Choose what is to be built, give in your own currency, and follow the money."),
            addresses.projects(),
        ),
        Way(
            gettext("Return home"),
            gettext("Papers, pension, school and work: what to do before the way back and on it."),
            guides + Stage.RETURN,
        ),
        Way(
            gettext("Get help abroad"),
            gettext("Your rights, and whom to turn to when something goes wrong."),
            guides + Stage.ABROAD,
        ),
    ]


class HomePage(Pillar, Found, Kept, Page):
    """What Ashar is, in one screen, with the projects nearest their goal."""

    lead = models.CharField(_("lead"), max_length=300)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.ProjectIndexPage",
        "cms.AssociationIndexPage",
        "cms.CallIndexPage",
        "cms.NewsIndexPage",
        "cms.PersonIndexPage",
        "cms.GuideIndexPage",
        "cms.PracticeIndexPage",
        "cms.EventIndexPage",
        "cms.FaqPage",
        "cms.StatisticsPage",
        "cms.ContactPage",
        "cms.LandingPage",
    ]
    max_count_per_parent = 3
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page at an address below this one: the usual ones in one query, any other as Wagtail does.

        What has not been translated yet is lent by another language.
        """
        page = self._short_way(path_components)
        if page and page.live:
            return page.route(request, [])
        try:
            return self._long_way(request, path_components)
        except Http404:
            found = lent(self, path_components) if path_components else None
            if found is None:
                raise
            return RouteResult(found, kwargs={"lent_to": self.locale.language_code})

    def languages(self) -> None:
        """Every tree has its home page, under its language alone; asking for that would cost a query."""

    def things(self, context: Mapping[str, Any]) -> list[Thing]:  # noqa: ARG002 - as every page type
        """Return the site and who stands behind it."""
        return things.site(description=self.search_description or self.lead)

    def feeds(self, context: Mapping[str, Any]) -> list[Feed]:  # noqa: ARG002 - as every page type
        """Return the news of all projects, and all news."""
        return [feeds.of_projects(), sections.feed(news.SLUG)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the live totals, open projects, nearest to their goal first, open calls, the map, ways in, and news."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["projects_href"] = addresses.projects()
        context["news_href"] = news.path_of_list(current())
        front = queries.front(at=timezone.now(), limit=PROJECTS_SHOWN)
        context["totals"], context["cards"] = front.totals, front.cards
        context["calls"] = calls.open_now(at=timezone.now(), limit=CALLS_SHOWN)
        context["areas"] = maps.areas(
            {code: maps.Figure(front.open_in.get(code, 0), addresses.open_in(code)) for code in maps.PATCHES}
        )
        context["ways"] = ways(current())
        context["articles"] = news.latest(current(), on=timezone.localdate(), count=ARTICLES_SHOWN)
        return context

    def _long_way(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Look as Wagtail does, step by step. Where one kind alone may stand, the short way has looked already."""
        if len(path_components) > 1 and (path_components[0], len(path_components)) in SHORT_WAYS:
            raise Http404
        return super().route(request, path_components)

    def _short_way(self, path_components: list[str]) -> Page | None:
        """Return the page a short way leads to. Slugs are unique among siblings, so the whole address names one page."""
        pages = _at(path_components) if path_components else None
        address = "/".join([*path_components, ""])
        return (
            with_languages(pages()).filter(slug=path_components[-1], url_path=self.url_path + address).first()
            if pages
            else None
        )
