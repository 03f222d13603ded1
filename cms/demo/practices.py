"""Plants the demo's practices in three languages. Idempotent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cms.demo import content, writing
from cms.models import PracticeIndexPage, PracticePage

TEXTS = ("title", "lead", "matching", "lesson")
Entry = Mapping[str, Any]


def load(*, at: datetime) -> None:
    """Write what is not there yet; whatever an editor has changed since stays."""
    for entry in content.practices():
        for index in PracticeIndexPage.objects.select_related("locale"):
            writing.add(index, _practice(entry, index.locale.language_code), entry["slug"], at=at)


def _practice(entry: Entry, code: str) -> PracticePage:
    return PracticePage(
        country=entry["country"],
        since=entry["since"],
        body=writing.body(entry.get("blocks", ()), code),
        sources=writing.sources(entry["sources"], code),
        **{name: entry[name][code] for name in TEXTS},
    )
