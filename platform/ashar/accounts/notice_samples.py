"""Invented facts with which the notices about accounts are previewed (`manage.py preview_notice`)."""

from datetime import UTC, datetime
from typing import Any

from ashar.accounts import roles

ASKED = {"asked_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC)}
SAMPLES: dict[str, dict[str, Any]] = {
    "erasure_asked": ASKED,
    "erasure_done": ASKED,
    "admitted": {"name": "Айгүл Токтогулова", "roles": [roles.LABELS[roles.EDITOR], roles.LABELS[roles.AUDITOR]]},
    "second_factors_lost": {"removed_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC)},
}
