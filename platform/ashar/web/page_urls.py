"""Addresses that stand in a language."""

from django.urls import URLPattern, URLResolver, path

from ashar.web import styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("styleguide/", styleguide.index, name="styleguide"),
    path("styleguide/<slug:name>/", styleguide.component, name="styleguide-component"),
]
