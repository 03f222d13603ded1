"""The Django app `places`."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """`ashar.places`."""

    name = "ashar.places"
    label = "places"
