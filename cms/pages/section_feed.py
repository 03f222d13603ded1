"""The newest pages of a section for feed readers."""

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from ashar import language
from ashar.web import feeds
from ashar.web.feeds import Channel, Item
from cms.found import sections
from cms.found.pages import path_of
from cms.pages import calls, countries, events, guides
from cms.pages.calls import CallPage
from cms.pages.events import EventPage
from cms.pages.guides import GuidePage
from cms.pages.news import ArticlePage
from cms.pages.practices import PracticePage
from cms.pages.written import once


class SectionFeed(feeds.Source):
    """Every page of one `kind` once, in the reader's language or the next best it exists in, the newest first."""

    kind: type[Any] = Page
    relations: tuple[str, ...] = ()
    named: Callable[[Any], str] = staticmethod(lambda page: page.title)
    lead: Callable[[Any], str] = staticmethod(lambda page: page.lead)
    more: Callable[[Any], list[str]] = staticmethod(lambda _page: [])

    def channel(self) -> Channel:
        """Return the newest ones. Two queries for any number."""
        code, section = language.current(), self.kind.section
        known = self.kind.findable().defer("body").select_related("locale", *self.relations)
        pages = once(known, code).filter(first_published_at__isnull=False)
        items = [self._item(page, code) for page in pages.order_by("-first_published_at", "-pk")[: feeds.ITEMS]]
        title, about = sections.SECTIONS[section]
        return Channel(str(title), str(about), f"/{code}/{section}/", items)

    def _item(self, page: Page, code: str) -> Item:
        return Item(
            name=f"ashar/{page.section}/{page.translation_key}",
            title=self.named(page),
            paragraphs=[self.lead(page), *self.more(page)],
            path=path_of(code, page.url_path),
            at=page.first_published_at,
        )


class GuidesFeed(SectionFeed):
    """What is new among the guides."""

    kind = GuidePage
    more = staticmethod(lambda guide: [guides.way(guide.country_from, guide.country_to)])


class PracticesFeed(SectionFeed):
    """What is new among the practices."""

    kind = PracticePage
    more = staticmethod(lambda practice: [countries.name(practice.country)])


class CallsFeed(SectionFeed):
    """Calls as they are announced, with their deadline."""

    kind = CallPage
    relations = ("call",)
    named = staticmethod(lambda page: str(page.call))
    lead = staticmethod(lambda page: language.pick(page.call, "summary"))
    more = staticmethod(lambda page: [calls.until_when(page.call)])


class EventsFeed(SectionFeed):
    """Events as they become known, with when and where."""

    kind = EventPage
    more = staticmethod(lambda event: [events.off(event), events.when(event), event.place])


class NewsFeed(SectionFeed):
    """News as they become known; pinning is for the list alone."""

    kind = ArticlePage
