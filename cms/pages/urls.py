"""Addresses that stand in a language, and the pages themselves, found before Wagtail looks."""

from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.urls import serve_pattern

from ashar.web import feeds
from cms.pages import calls, countries, events, guides, news
from cms.pages.calls import CallPage
from cms.pages.card_pictures import CardPictureView
from cms.pages.event_calendar import event_ics
from cms.pages.event_guests import MyEventView, StayingAwayView
from cms.pages.events import EventPage
from cms.pages.guides import GuidePage
from cms.pages.news import ArticlePage
from cms.pages.practices import PracticePage
from cms.pages.section_feed import CallsFeed, EventsFeed, GuidesFeed, NewsFeed, PracticesFeed
from cms.pages.serving import serve
from cms.pages.statistics import figures_csv

guide_card = CardPictureView.as_view(
    kind=GuidePage, tag=_("Guide"), line=lambda guide: guides.way(guide.country_from, guide.country_to)
)
practice_card = CardPictureView.as_view(
    kind=PracticePage, tag=_("Practice"), line=lambda practice: countries.name(practice.country)
)
call_card = CardPictureView.as_view(
    kind=CallPage,
    tag=_("Call"),
    title=lambda page: str(page.call),
    line=lambda page: calls.until_when(page.call),
)
event_card = CardPictureView.as_view(
    kind=EventPage, tag=pgettext_lazy("people meet", "Event"), line=events.when_if_at_all
)
article_card = CardPictureView.as_view(kind=ArticlePage, tag=_("News"), line=news.day)
urlpatterns: list[URLPattern | URLResolver] = [
    *feeds.paths("news/feed", NewsFeed, name="news-feed"),
    *feeds.paths("guides/feed", GuidesFeed, name="guides-feed"),
    *feeds.paths("practices/feed", PracticesFeed, name="practices-feed"),
    *feeds.paths("calls/feed", CallsFeed, name="calls-feed"),
    *feeds.paths("events/feed", EventsFeed, name="events-feed"),
    path("news/<slug:slug>/card.png", article_card, name="article-card"),
    path("guides/<slug:slug>/card.png", guide_card, name="guide-card"),
    path("practices/<slug:slug>/card.png", practice_card, name="practice-card"),
    path("calls/<slug:slug>/card.png", call_card, name="call-card"),
    path("events/<slug:slug>/card.png", event_card, name="event-card"),
    path("events/<slug:slug>/event.ics", event_ics, name="event-ics"),
    path("my/events/<slug:slug>/", MyEventView.as_view(), name="my-event"),
    path("my/events/<slug:slug>/withdrawal/", StayingAwayView.as_view(), name="my-event-withdrawal"),
    path("statistics/figures.csv", figures_csv, name="figures-csv"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
