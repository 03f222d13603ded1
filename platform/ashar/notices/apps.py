"""The Django app `notices`."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """`ashar.notices`."""

    name = "ashar.notices"
    label = "notices"

    def ready(self) -> None:
        """Show the way to the inbox at home, below what is to be done."""
        from ashar.accounts import home  # noqa: PLC0415 - models must be there first
        from ashar.notices import inbox  # noqa: PLC0415 - likewise

        home.add("messages", inbox.block, order=25)
