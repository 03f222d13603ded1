"""The Django app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """`ashar.accounts`."""

    name = "ashar.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to allauth: what happens to an account goes to the audit log."""
        from ashar.accounts import listening  # noqa: PLC0415 - models must be there first

        listening.connect()
