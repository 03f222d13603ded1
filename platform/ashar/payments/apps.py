"""The Django app `payments`."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """`ashar.payments`."""

    name = "ashar.payments"
    label = "payments"

    def ready(self) -> None:
        """Say at /readyz how the inbox and the rates stand."""
        from ashar.payments import health  # noqa: PLC0415 - models must be ready
        from ashar.web import readiness  # noqa: PLC0415 - likewise

        readiness.register("payments", health.probe)
        readiness.register("rates", health.rates_probe)
