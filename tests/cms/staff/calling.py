"""The room of calls as its tests enter it: where things stand, and how what is shown and typed is written."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation

from ashar.money import Money, printed
from grants import calls
from grants.models import Call
from tests.factories.calls import BUDGET

ENGLISH = {"headers": {"Accept-Language": "en"}}


def address(name: str, call: Call | None = None) -> str:
    return reverse(f"calls:{name}", args=[call.pk] if call else [])


def html_of(client, place: str) -> str:
    return client.get(place, **ENGLISH).content.decode().replace("\xa0", " ")


def typed(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def printed_in_english(amount: Money) -> str:
    with translation.override("en"):
        return printed.show(amount).replace("\xa0", " ")


def pay_in(call: Call) -> None:
    calls.fund(call, amount=BUDGET, reference="first transfer", by=None, at=timezone.now())
