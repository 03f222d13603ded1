"""The Django app `payments`."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """`ashar.payments`."""

    name = "ashar.payments"
    label = "payments"

    def ready(self) -> None:
        """Say at /readyz how the inbox and the rates stand, and to the ledger which triggers guard the movements."""
        from ashar.ledger import guards  # noqa: PLC0415 - models must be ready
        from ashar.payments import health, triggers  # noqa: PLC0415 - likewise
        from ashar.web import readiness  # noqa: PLC0415 - likewise

        guards.register("payments", triggers.expected)
        readiness.register("payments", health.probe)
        readiness.register("rates", health.rates_probe)
