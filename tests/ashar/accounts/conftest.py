"""People of the account tests, and fresh rate limits for each."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from ashar.accounts import admitting, roles
from tests.ashar.accounts import signing_in

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "tulpar-jaiyloo-77"


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    cache.clear()


@pytest.fixture
def giver(db):
    return admitting.admit(
        "aigul@example.org", full_name="Айгүл Осмонова", language="ky", by=None, at=AT, password=PASSWORD
    )


@pytest.fixture
def code_giver(db):
    """A giver without a password: a code by mail each time."""
    return admitting.admit("bakyt@example.org", full_name="Бакыт", language="ru", by=None, at=AT)


@pytest.fixture
def officer(db):
    return admitting.admit(
        "nurlan@example.org",
        full_name="Нурлан",
        language="ru",
        roles=[roles.FINANCE_OFFICER],
        staff=True,
        by=None,
        at=AT,
        password=PASSWORD,
    )


@pytest.fixture
def administrator(db):
    user = admitting.first_administrator("admin@example.org", at=AT)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def signed_in_giver(client, giver):
    signing_in.by_password(client, giver, PASSWORD)
    return client


@pytest.fixture
def stale_giver(signed_in_giver):
    """The giver's browser, an hour after they signed in."""
    return signing_in.an_hour_ago(signed_in_giver)


@pytest.fixture
def signed_in_code_giver(client, code_giver):
    signing_in.by_code(client, code_giver)
    return client
