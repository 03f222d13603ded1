"""What the workers and the clock do. Every task may run twice at once."""

import logging

from celery import current_app, shared_task
from django.utils import timezone

from ashar.outbox import nudging
from ashar.payments import inbox, resolving

log = logging.getLogger(__name__)


@shared_task(name="payments.process_inbox")
def process_inbox(**_: object) -> None:
    """Work through the webhooks that wait."""
    inbox.work_through(at=timezone.now())


@shared_task(name="payments.resolve")
def resolve(**_: object) -> None:
    """Look for what never came back."""
    resolving.resolve(timezone.now())


@shared_task(name="payments.catch_up")
def catch_up(**_: object) -> None:
    """Fetch every event the provider remembers; once a day is enough."""
    resolving.catch_up(timezone.now())


def nudge() -> None:
    """Ask a worker to look at the inbox now. Never raises and never waits long: the clock asks again anyway."""
    try:
        with current_app.connection_for_write(transport_options=nudging.BROKER_OPTIONS) as connection:
            current_app.send_task("payments.process_inbox", connection=connection, retry=False, ignore_result=True)
    except Exception as fault:  # noqa: BLE001 - whatever the broker does, the webhook is kept
        log.warning("The broker did not take the nudge (%s); the clock repeats it.", type(fault).__name__)
