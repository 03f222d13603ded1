"""The Django app `money`."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """`ashar.money`."""

    name = "ashar.money"
    label = "money"
