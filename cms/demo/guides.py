"""Plants the demo's guides in three languages. Idempotent."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cms.demo import content, writing
from cms.models import GuideIndexPage, GuidePage

CHECKER = {"ky": "Айжан Текшерова (demo)", "ru": "Айжан Текшерова (demo)", "en": "Aizhan Teksherova (demo)"}
Entry = Mapping[str, Any]


def load(*, at: datetime) -> None:
    """Write what is not there yet; whatever an editor has changed since stays."""
    for entry in content.guides():
        for index in GuideIndexPage.objects.select_related("locale"):
            _guide(index, entry, at=at)


def _guide(index: GuideIndexPage, entry: Entry, *, at: datetime) -> None:
    code, checked_at = index.locale.language_code, at - timedelta(days=entry["checked_days_ago"])
    page = GuidePage(
        title=entry["title"][code],
        lead=entry["lead"][code],
        stage=entry["stage"],
        country_from=entry["country_from"],
        country_to=entry["country_to"],
        body=writing.body(entry["blocks"], code),
        sources=writing.sources(entry["sources"], code),
        checked_on=checked_at.date(),
        checked_by=CHECKER[code],
    )
    writing.add(index, page, entry["slug"], at=checked_at)
