"""What only PostgreSQL promises: no TRUNCATE, and balance checked by the database at commit."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from ashar.ledger import triggers
from ashar.ledger.models import Account, Journal, Leg
from tests.ashar.ledger.books import given, post, project
from tests.ashar.ledger.test_triggers import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift():
    post("gift:1", given(project(), 100))
    return post("gift:2", given(project(), 200))


@pytest.mark.parametrize(
    "tables", ["ledger_leg", "ledger_journal, ledger_leg CASCADE", "ledger_journal CASCADE", "ledger_fund CASCADE"]
)
@pytest.mark.usefixtures("gift")
def test_what_is_written_is_not_truncated(tables):
    connection.check_constraints()
    assert "stays" in refused(f"TRUNCATE {tables}")


def commit() -> None:
    """Check what PostgreSQL checks at commit."""
    with transaction.atomic():
        connection.check_constraints()


def test_a_lone_leg_is_refused_at_commit(gift):
    with pytest.raises(IntegrityError, match="ledger: journal 2 does not balance"), transaction.atomic():
        add_lone_leg(gift)
    assert gift.legs.count() == 2


def add_lone_leg(journal: Journal) -> None:
    Leg.objects.create(journal=journal, account=Account.objects.earliest("id"), amount_minor=1)
    commit()


def test_a_journal_without_legs_is_refused_at_commit(gift):
    with pytest.raises(IntegrityError, match="ledger: journal 3 does not balance"), transaction.atomic():
        add_bare_journal(gift)
    assert Journal.objects.count() == 2


def add_bare_journal(before: Journal) -> None:
    bare = {"id": before.pk + 1, "key": "bare", "kind": "charge", "previous_hash": before.hash, "hash": "a" * 64}
    Journal.objects.create(**bare, posted_at=before.posted_at, effective_on=before.effective_on)
    commit()


def test_legs_that_balance_pass_at_commit(gift):
    commit()
    assert gift.legs.count() == 2


def test_a_trigger_that_is_switched_off_counts_as_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_leg DISABLE TRIGGER ledger_leg_no_change")
        assert triggers.missing(connection) == ["ledger_leg_no_change"]
        cursor.execute("ALTER TABLE ledger_leg ENABLE TRIGGER ledger_leg_no_change")


OF_WRITING = {"ledger_stays", "ledger_chain", "ledger_last_journal", "ledger_balances"}
OF_CLOSING = {"ledger_open_period", "ledger_forward"}


def functions() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE proname LIKE 'ledger\\_%%' AND prorettype = 'trigger'::regtype"
        )
        return {name for (name,) in cursor.fetchall()}


def test_the_migrations_leave_no_function_behind():
    writing, closing = (
        import_module(f"ashar.ledger.migrations.{name}") for name in ("0002_triggers", "0004_closed_periods")
    )
    editor = SimpleNamespace(connection=connection)
    assert functions() == OF_WRITING | OF_CLOSING
    closing.remove(None, editor)
    assert functions() == OF_WRITING
    writing.remove(None, editor)
    assert functions() == set()
    writing.install(None, editor)
    assert functions() == OF_WRITING
    closing.install(None, editor)
    assert functions() == OF_WRITING | OF_CLOSING
