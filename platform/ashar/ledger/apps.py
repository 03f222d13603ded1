"""The Django app `ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """`ashar.ledger`."""

    name = "ashar.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Say at /readyz how the books stand, and which triggers guard them."""
        from ashar.ledger import guards, health, triggers  # noqa: PLC0415 - models must be ready
        from ashar.web import readiness  # noqa: PLC0415 - likewise

        guards.register("ledger", triggers.expected)
        readiness.register("ledger", health.probe)
