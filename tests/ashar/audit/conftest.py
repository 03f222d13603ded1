"""A person who acts, something acted upon, and a log of three entries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from ashar.accounts.models import User
from ashar.audit import recording

AT = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@example.com")


@pytest.fixture
def record(officer):
    def write(verb="approve", subject=officer, **arguments):
        with transaction.atomic(durable=True):
            return recording.record(verb, subject, **{"by": officer, "at": AT, **arguments})

    return write


@pytest.fixture
def log_of_three(record):
    return [record(verb, at=AT + timedelta(minutes=step)) for step, verb in enumerate(("open", "approve", "close"))]
