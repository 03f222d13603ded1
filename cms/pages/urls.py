"""Addresses that stand in a language, before Wagtail looks for a page."""

from django.urls import URLPattern, URLResolver, path

from ashar.web import feeds
from cms.pages.news_feed import ArticlePictureView, NewsFeed

urlpatterns: list[URLPattern | URLResolver] = [
    *feeds.paths("news/feed", NewsFeed, name="news-feed"),
    path("news/<slug:slug>/card.png", ArticlePictureView.as_view(), name="article-card"),
]
