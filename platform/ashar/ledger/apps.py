"""The Django app `ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """`ashar.ledger`."""

    name = "ashar.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Say at /readyz how the books stand, and which triggers guard them and what happened to them."""
        from ashar.audit import append_only  # noqa: PLC0415 - models must be ready
        from ashar.ledger import guards, health, triggers  # noqa: PLC0415 - likewise
        from ashar.web import readiness  # noqa: PLC0415 - likewise

        guards.register("ledger", triggers.expected)
        guards.register("append-only tables", append_only.expected)  # they stand below, and cannot know of the books
        readiness.register("ledger", health.probe)
