"""All that we hold on one person, as one document."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from ashar.audit import recording

Collector = Callable[[Any], dict[str, Any]]
_collectors: dict[str, Collector] = {}


def collector(part: str) -> Callable[[Collector], Collector]:
    """Register `collect(person) -> dict` as what `part` holds on a person. It must give plain JSON values."""

    def register(collect: Collector) -> Collector:
        _collectors[part] = collect
        return collect

    return register


def export(person: models.Model, *, by: Any, at: datetime) -> dict[str, Any]:  # noqa: ANN401 - the user model
    """Return every part's data on `person`, and remember in the audit log that `by` took it."""
    with transaction.atomic(durable=True):
        parts = {part: collect(person) for part, collect in sorted(_collectors.items())}
        recording.record("privacy.exported", person, by=by, at=at, facts={"parts": sorted(parts)})
    return {"format": "ashar-export-1", "exported_at": at.isoformat(), "parts": parts}
