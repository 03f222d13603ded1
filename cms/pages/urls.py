"""Addresses that stand in a language, and the pages themselves, found before Wagtail looks."""

from django.urls import URLPattern, URLResolver, path, re_path
from wagtail.urls import serve_pattern

from ashar.web import feeds
from cms.pages.news_feed import ArticlePictureView, NewsFeed
from cms.pages.serving import serve

urlpatterns: list[URLPattern | URLResolver] = [
    *feeds.paths("news/feed", NewsFeed, name="news-feed"),
    path("news/<slug:slug>/card.png", ArticlePictureView.as_view(), name="article-card"),
    re_path(serve_pattern, serve, name="wagtail_serve"),
]
