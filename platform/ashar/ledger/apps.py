"""The Django app `ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """`ashar.ledger`."""

    name = "ashar.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Say at /readyz how the books stand."""
        from ashar.ledger import health  # noqa: PLC0415 - models must be ready
        from ashar.web import readiness  # noqa: PLC0415 - likewise

        readiness.register("ledger", health.probe)
