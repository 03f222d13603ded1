"""Addresses that stand in a language."""

from django.urls import URLPattern, URLResolver, path

from ashar.web import pictures, styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("card.png", pictures.site_card, name="site-card"),
    path("styleguide/", styleguide.index, name="styleguide"),
    path("styleguide/<slug:name>/", styleguide.component, name="styleguide-component"),
]
