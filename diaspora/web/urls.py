"""Addresses, all of them below a language."""

from django.urls import URLPattern, URLResolver, path

from ashar.web import feeds
from diaspora.web.feeds import AssociationFeed, OblastFeed, ProjectsFeed
from diaspora.web.following import MyGiftsView, ReceiptView, TrailCsvView, TrailView
from diaspora.web.gift_page import GiftView, PayView
from diaspora.web.giving import GiveView
from diaspora.web.picture import ProjectPictureView
from diaspora.web.sums import ProjectSumsView

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<slug:slug>/give/", GiveView.as_view(), name="give"),
    path("projects/<slug:slug>/sums/", ProjectSumsView.as_view(), name="project-sums"),
    path("projects/<slug:slug>/trail/", TrailView.as_view(), name="trail"),
    path("projects/<slug:slug>/trail.csv", TrailCsvView.as_view(), name="trail-csv"),
    path("projects/<slug:slug>/card.png", ProjectPictureView.as_view(), name="project-card"),
    *feeds.paths("projects/feed", ProjectsFeed, name="projects-feed"),
    *feeds.paths("projects/feed-<str:oblast>", OblastFeed, name="oblast-feed"),
    *feeds.paths("associations/<slug:slug>/feed", AssociationFeed, name="association-feed"),
    path("gifts/<uuid:pk>/", GiftView.as_view(), name="gift"),
    path("gifts/<uuid:pk>/payment/", PayView.as_view(), name="gift-payment"),
    path("receipts/<str:signed>/", ReceiptView.as_view(), name="receipt"),
    path("my/gifts/", MyGiftsView.as_view(), name="my-gifts"),
]
