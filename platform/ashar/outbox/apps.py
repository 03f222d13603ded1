"""The Django app `outbox`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    """`ashar.outbox`."""

    name = "ashar.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Let every app's `consumers.py` register what it does with messages; tell /readyz how the queue is doing."""
        from ashar.outbox import health  # noqa: PLC0415 - models may be imported only now
        from ashar.web import readiness  # noqa: PLC0415 - likewise

        autodiscover_modules("consumers")
        readiness.register("outbox", health.probe)
