"""Two kinds of notices, a person, and a way to tell them something."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import transaction

from ashar.accounts.models import User
from ashar.notices import telling
from ashar.notices.models import Notice

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
FACTS = {"name": "Айгүл", "arrived_on": date(2026, 11, 19)}


@pytest.fixture(autouse=True)
def kinds(settings):
    """The kinds `parcel` (three languages, English with HTML) and `letter` (Russian only)."""
    settings.SITE_URL = "https://ashar.example"
    settings.TEMPLATES = [{**site.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]


@pytest.fixture
def aigul(db):
    return User.objects.create_user("aigul@example.com")


@pytest.fixture
def tell(db):
    def say(kind="parcel", **arguments) -> Notice:
        usual = {"key": "parcel:1", "language": "en", "at": AT, "email": "aigul@example.com", "facts": FACTS}
        with transaction.atomic(durable=True):
            return telling.tell(kind, **{**usual, **arguments})

    return say
