"""The Django app `grants`."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """`grants`."""

    name = "grants"
    label = "grants"
