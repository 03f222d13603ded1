"""A page that strangers are answered from the cache, and whether they are."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ashar.outbox import delivering

SCHOOL = "/ru/projects/school/"


def is_kept(address: str = SCHOOL, **headers: str) -> bool:
    """Whether a stranger gets the page without a query."""
    with CaptureQueriesContext(connection) as told:
        Client(**headers).get(address)
    return not told.captured_queries


@pytest.fixture
def kept_school(school):
    delivering.drain(timezone.now())  # the news of its opening
    Client().get(SCHOOL)
    assert is_kept()
    return school
