"""Invented facts with which the notices about accounts are previewed (`manage.py preview_notice`)."""

from datetime import UTC, datetime
from typing import Any

from ashar.accounts import roles

ASKED = {"asked_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC)}
SAMPLES: dict[str, dict[str, Any]] = {
    "erasure_asked": ASKED,
    "erasure_done": ASKED,
    "erasure_waits": ASKED
    | {"answer_by": datetime(2026, 12, 20, 9, 30, tzinfo=UTC), "person": "00000000-0000-4000-8000-000000000007"},
    "admitted": {"name": "Айгүл Токтогулова", "roles": [roles.LABELS[roles.EDITOR], roles.LABELS[roles.AUDITOR]]},
    "second_factors_lost": {"removed_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC)},
}
