"""The Django app `diaspora`."""

from django.apps import AppConfig


class DiasporaConfig(AppConfig):
    """`diaspora`."""

    name = "diaspora"
    label = "diaspora"
