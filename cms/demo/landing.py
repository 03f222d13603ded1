"""Writes the demo's landing page in three languages. Idempotent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cms.demo import content, news, writing
from cms.models import HomePage, LandingPage

Entry = Mapping[str, Any]


def load(*, at: datetime) -> None:
    """Write what is not there yet; whatever an editor has changed since stays."""
    for entry in content.landing_pages():
        for home in HomePage.objects.select_related("locale"):
            writing.add(home, _page(entry, home.locale.language_code), entry["slug"], at=at)


def _page(entry: Entry, code: str) -> LandingPage:
    return LandingPage(
        title=entry["title"][code],
        lead=entry["lead"][code],
        image=news.drawing(entry),
        alt_text=entry["alt"][code],
        ways=writing.body(({"type": "way", "value": {"address": "", **way}} for way in entry["ways"]), code),
        body=writing.body(entry["blocks"], code),
    )
