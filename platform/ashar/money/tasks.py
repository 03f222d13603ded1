"""What money does by the clock."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from ashar.money import fetching


@shared_task(name="money.fetch_rates")
def fetch_rates(**_: object) -> None:
    """Take in the exchange rates of the addresses in `RATES_URL`; where there is none, nothing. Idempotent."""
    fetching.take_in(settings.RATES_URL, at=timezone.now())
