"""Loads the demo's calls, around the day of loading: one open, one announced, one that is over. Idempotent."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cms import trees
from cms.demo import content, writing
from cms.models import CallPage
from grants import calls
from grants.calls import Conditions
from grants.models import Call
from grants.models.calls import WORDS

Entry = Mapping[str, Any]
OPENING, CLOSING = 9, 18  # o'clock, in Bishkek


def load(*, at: datetime, begun: datetime) -> None:
    """Draft, pay for and announce what is not there yet, as if at `begun`; whatever an editor has changed since stays."""
    for entry in content.calls():
        if not Call.objects.filter(slug=entry["slug"]).exists():
            _load(entry, at=at, begun=begun)


def _load(entry: Entry, *, at: datetime, begun: datetime) -> None:
    conditions = Conditions(
        texts=content.columns(entry, *WORDS),
        limit=content.som(entry["limit_som"]),
        ratio=entry["ratio"],
        per=entry["per"],
        opens_at=_moment(at, entry["opens_in_days"], OPENING),
        closes_at=_moment(at, entry["closes_in_days"], CLOSING),
    )
    call = calls.draft(entry["slug"], conditions=conditions, by=None, at=begun)
    calls.fund(call, amount=content.som(entry["budget_som"]), reference="demo", by=None, at=begun)
    calls.publish(call, seen=calls.edition(call), by=None, at=begun)
    calls.follow_clock(call, at=at)
    trees.show_call(call)
    for page in CallPage.objects.filter(call=call).select_related("locale"):
        page.body = writing.body([{"type": "text", "value": entry["about"]}], page.locale.language_code)
        page.save()


def _moment(at: datetime, days: int, hour: int) -> datetime:
    return timezone.localtime(at + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
