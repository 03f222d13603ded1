"""What the database refuses by itself, tried with plain SQL and with the ORM."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from ashar.accounts.models import User
from ashar.ledger import closing, triggers
from ashar.ledger.models import Account, Closing, Fund, Head, Journal, Leg
from tests.ashar.ledger.books import NOON, given, post, project
from tests.factories.people import FinanceOfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def gift():
    post("gift:1", given(project(), 100))
    return post("gift:2", given(project(), 200))


def snapshot() -> list[list[tuple[object, ...]]]:
    return [list(model.objects.order_by("pk").values_list()) for model in (Journal, Leg, Account, Fund, Head, Closing)]


def refused(statement: str, *values: object) -> str:
    """Run `statement`; return the database's words of refusal. The books must be as before."""
    before = snapshot()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    assert snapshot() == before
    return str(refusal.value)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("ledger_journal", "facts = '{}'"),
        ("ledger_journal", "hash = previous_hash"),
        ("ledger_journal", "key = key"),
        ("ledger_leg", "amount_minor = amount_minor + 1"),
        ("ledger_leg", "account_id = account_id"),
        ("ledger_account", "role = 'bank'"),
        ("ledger_account", "currency = 'USD'"),
    ],
)
@pytest.mark.usefixtures("gift")
def test_what_is_written_is_not_changed(table, change):
    assert f"ledger: what is written in {table} stays" in refused(f"UPDATE {table} SET {change}")


@pytest.mark.parametrize("table", ["ledger_journal", "ledger_leg", "ledger_account"])
@pytest.mark.usefixtures("gift")
def test_what_is_written_is_not_removed(table):
    assert f"ledger: what is written in {table} stays" in refused(f"DELETE FROM {table}")


def test_the_orm_cannot_either(gift):
    leg = gift.legs.first()
    for act in (
        lambda: Leg.objects.update(amount_minor=1),
        lambda: Journal.objects.filter(pk=gift.pk).update(kind="refund"),
        gift.save,
        leg.save,
        leg.delete,
        lambda: Leg.objects.all().delete(),
        lambda: Journal.objects.bulk_update([gift], ["kind"]),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert gift.legs.count() == 2


@pytest.mark.parametrize("change", ["key = 'other'", "kind = 'operations'", "id = id + 1000"])
@pytest.mark.usefixtures("gift")
def test_a_fund_keeps_its_key_and_kind(change):
    assert "ledger: " in refused(f"UPDATE ledger_fund SET {change} WHERE key = 'school-roof'")


def test_a_fund_may_change_its_title(gift):
    fund = project()
    fund.title = "Мектептин жаңы чатыры"
    fund.save()
    assert Fund.objects.get(pk=fund.pk).title == "Мектептин жаңы чатыры"
    assert gift.pk == 2


COLUMNS = "id, key, kind, posted_at, effective_on, facts, previous_hash, hash"
VALUES = "'2026-11-23 06:00:00', '2026-11-23', '{}'"


@pytest.mark.parametrize(("number", "follows"), [(4, True), (2, True), (1, True), (3, False), (-1, True)])
def test_a_journal_follows_the_last_one(gift, number, follows):
    previous = gift.hash if follows else "f" * 64
    refused(
        f"INSERT INTO ledger_journal ({COLUMNS}) VALUES (%s, 'forged', 'charge', {VALUES}, %s, %s)",
        number,
        previous,
        "a" * 64,
    )


REPLACING = {
    "sqlite": "INSERT OR REPLACE INTO {table} ({columns}) VALUES ({values})",
    "postgresql": "INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id",
}[connection.vendor]


def test_replacing_a_journal_is_changing_it(gift):
    values = f"%s, 'gift:2', 'charge', {VALUES}, %s, %s"
    statement = REPLACING.format(table="ledger_journal", columns=COLUMNS, values=values)
    assert "ledger: what is written in ledger_journal stays" in refused(
        statement, gift.pk, gift.previous_hash, "a" * 64
    )


def test_replacing_a_leg_is_changing_it(gift):
    leg = gift.legs.first()
    columns = "id, journal_id, account_id, amount_minor"
    statement = REPLACING.format(table="ledger_leg", columns=columns, values="%s, %s, %s, 1")
    assert "ledger: what is written in ledger_leg stays" in refused(statement, leg.pk, gift.pk, leg.account_id)


@pytest.mark.usefixtures("gift")
def test_ignoring_a_conflict_moves_nothing():
    before = snapshot()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_journal ({COLUMNS}) SELECT id + 1, key, kind, {VALUES}, hash, hash FROM ledger_journal"
            " WHERE id = 2 ON CONFLICT DO NOTHING"
        )
    assert snapshot() == before


def test_legs_are_written_with_their_journal(gift):
    account = Account.objects.first()
    first = Journal.objects.get(key="gift:1")
    statement = "INSERT INTO ledger_leg (journal_id, account_id, amount_minor) VALUES (%s, %s, 1)"
    assert "ledger: legs are written with their journal" in refused(statement, first.pk, account.pk)
    assert gift.legs.count() == 2


FORGED = (
    f"INSERT INTO ledger_journal ({COLUMNS}) VALUES (%s, 'forged', 'charge', '2026-11-23 06:00:00', %s, '{{}}', %s, %s)"
)
CLOSING = (
    "INSERT INTO ledger_closing (through, at, by_id, sequence, hash) VALUES (%s, '2026-11-23 06:00:00', %s, %s, %s)"
)


@pytest.fixture
def closed_october(gift, officer) -> Closing:
    return closing.close(date(2026, 10, 31), by=officer, at=NOON)


@pytest.fixture
def officer() -> User:
    return FinanceOfficerFactory()


@pytest.mark.parametrize("on", ["2026-10-31", "2026-10-01", "2019-12-31"])
def test_no_journal_counts_for_a_closed_day(gift, closed_october, on):
    assert "ledger: the books are closed over this day" in refused(FORGED, 3, on, gift.hash, "a" * 64)


def test_the_day_after_is_open(gift, closed_october):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FORGED, [3, "2026-11-01", gift.hash, "a" * 64])
        assert Journal.objects.count() == 3
        transaction.set_rollback(True)


@pytest.mark.parametrize("change", ["through = '2026-09-30'", "through = through", "sequence = 1", "hash = 'x'"])
@pytest.mark.usefixtures("closed_october")
def test_a_closing_is_not_changed(change):
    assert "ledger: what is written in ledger_closing stays" in refused(f"UPDATE ledger_closing SET {change}")


@pytest.mark.usefixtures("closed_october")
def test_a_closing_is_not_taken_back():
    assert "ledger: what is written in ledger_closing stays" in refused("DELETE FROM ledger_closing")


@pytest.mark.parametrize("through", ["2026-10-31", "2026-10-30", "2020-01-01"])
def test_closings_go_forward(gift, closed_october, officer, through):
    assert "ledger: a closing goes forward" in refused(CLOSING, through, officer.pk.hex, gift.pk, gift.hash)


@pytest.mark.parametrize(("sequence", "sealed"), [(1, True), (3, True), (2, False)])
def test_a_closing_seals_the_end_of_the_chain(gift, officer, sequence, sealed):
    seal = gift.hash if sealed else "f" * 64
    assert "from the end of the chain" in refused(CLOSING, "2026-10-31", officer.pk.hex, sequence, seal)


@pytest.mark.parametrize("amount", [0, 10**15, -(10**15)])
def test_a_leg_moves_something_that_can_be_summed(gift, amount):
    account = Account.objects.first()
    refused(
        "INSERT INTO ledger_leg (journal_id, account_id, amount_minor) VALUES (%s, %s, %s)", gift.pk, account.pk, amount
    )


class TestInstalling:
    def test_every_trigger_is_there(self):
        assert triggers.missing(connection) == []

    def test_they_can_be_removed_and_installed_again(self):
        triggers.remove(connection, triggers.expected(connection))
        assert triggers.missing(connection) == sorted(triggers.expected(connection))
        triggers.install(connection)
        triggers.install(connection)
        assert triggers.missing(connection) == []

    def test_the_migrations_go_back_and_forth(self):
        writing, closing = (
            import_module(f"ashar.ledger.migrations.{name}") for name in ("0002_triggers", "0004_closed_periods")
        )
        editor = SimpleNamespace(connection=connection)
        closing.remove(None, editor)
        assert triggers.missing(connection) == sorted(triggers.of_closing(connection))
        writing.remove(None, editor)
        assert triggers.missing(connection) == sorted(triggers.expected(connection))
        writing.install(None, editor)
        assert triggers.missing(connection) == sorted(triggers.of_closing(connection))
        closing.install(None, editor)
        assert triggers.missing(connection) == []
