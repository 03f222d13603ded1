"""What only SQLite can be told: to forget recursive triggers."""

import pytest
from django.db import connection, transaction

from ashar.ledger import checking
from ashar.ledger.models import Leg
from tests.ashar.ledger.books import given, post, project

pytestmark = pytest.mark.django_db
REPLACE = "INSERT OR REPLACE INTO ledger_leg (id, journal_id, account_id, amount_minor) VALUES (%s, %s, %s, 1)"


@pytest.fixture
def leg():
    return post("gift:1", given(project(), 100)).legs.get(account__role="given")


@pytest.fixture
def forgetful():
    """A connection without the pragma that our settings give it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        yield cursor
        cursor.execute("PRAGMA recursive_triggers = ON")


def test_our_connections_have_recursive_triggers():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        assert cursor.fetchone() == (1,)


def test_without_recursive_triggers_a_leg_could_be_replaced(leg, forgetful):
    with transaction.atomic():
        forgetful.execute(REPLACE, [leg.pk, leg.journal_id, leg.account_id])
        assert Leg.objects.get(pk=leg.pk).amount_minor == 1
        transaction.set_rollback(True)
    assert Leg.objects.get(pk=leg.pk).amount_minor == -100


@pytest.mark.usefixtures("leg", "forgetful")
def test_such_a_connection_is_a_fault():
    assert [(fault.code, fault.where) for fault in checking.check()] == [("recursive_triggers_off", "connection")]
