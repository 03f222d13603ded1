"""Addresses of a person's inbox."""

from django.urls import path

from ashar.notices.web import inbox

urlpatterns = [
    path("", inbox.notices, name="inbox"),
    path("<uuid:pk>/", inbox.notice, name="notice"),
]
