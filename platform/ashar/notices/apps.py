"""The Django app `notices`."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """`ashar.notices`."""

    name = "ashar.notices"
    label = "notices"
