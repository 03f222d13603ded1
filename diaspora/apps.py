"""The Django app `diaspora`."""

from django.apps import AppConfig


class DiasporaConfig(AppConfig):
    """`diaspora`."""

    name = "diaspora"
    label = "diaspora"

    def ready(self) -> None:
        """Tell who has signed in what became of their gifts, and what they lead."""
        from ashar.accounts import home  # noqa: PLC0415 - models must be there first
        from diaspora.web import own  # noqa: PLC0415 - likewise

        home.add("leading", own.leading, order=20)
        home.add("gifts", own.gifts, order=30)
