"""What the database itself refuses in payments, and that the check of the books misses a guard that is gone."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from ashar.ledger import checking, guards
from ashar.payments import triggers
from ashar.payments.models import Movement, WebhookEvent

UNCHANGING = {f"payments_{table}_stays" for table in ("payment", "refund", "webhookevent", "movement")}
LASTING = {
    "sqlite": {"payments_movement_no_delete"},
    "postgresql": {"payments_movement_no_delete", "payments_movement_no_truncate"},
}[connection.vendor]
EMPTYING = {
    "sqlite": "DELETE FROM payments_movement",
    "postgresql": "TRUNCATE payments_movement CASCADE",
}[connection.vendor]
REPLACING = {
    "sqlite": "INSERT OR REPLACE INTO payments_movement SELECT * FROM payments_movement",
    "postgresql": "INSERT INTO payments_movement SELECT * FROM payments_movement"
    " ON CONFLICT (id) DO UPDATE SET gross_minor = 1",
}[connection.vendor]
WORDS = "payments: what is written in payments_movement stays"


def plainly(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def missed() -> set[str]:
    return {fault.where for fault in checking.check() if fault.code == "trigger_missing"}


@pytest.mark.parametrize(
    "act",
    [
        lambda: Movement.objects.all().delete(),
        lambda: Movement.objects.get().delete(),
        lambda: Movement.objects.get().payment.movements.all()._raw_delete(connection.alias),
        lambda: plainly("DELETE FROM payments_movement WHERE sequence = 1"),
        lambda: plainly(EMPTYING),
        lambda: plainly(REPLACING),
        lambda: plainly("UPDATE payments_movement SET som_minor = som_minor + 1"),
    ],
    ids=["all", "one", "raw", "plain", "emptied", "replaced", "changed"],
)
def test_a_movement_stays_whoever_wants_it_away(settled_payment, act):
    connection.check_constraints()
    before = list(Movement.objects.values())
    with pytest.raises(IntegrityError, match=WORDS), transaction.atomic():
        act()
    assert list(Movement.objects.values()) == before


def test_an_event_may_go(open_payment, sandbox, deliver):
    sandbox.pay(open_payment.session_id)
    deliver()
    WebhookEvent.objects.filter(type="payment_intent.created").delete()
    assert not WebhookEvent.objects.filter(type="payment_intent.created").exists()


@pytest.mark.django_db
class TestInstalling:
    def test_every_trigger_is_known_by_its_name(self):
        assert set(triggers.unchanging(connection)) == UNCHANGING
        assert set(triggers.lasting(connection)) == LASTING
        assert set(triggers.expected(connection)) == UNCHANGING | LASTING
        assert guards.present(connection) >= UNCHANGING | LASTING

    @pytest.mark.parametrize("name", sorted(UNCHANGING | LASTING))
    def test_the_check_of_the_books_misses_one_that_is_gone(self, name):
        triggers.remove(connection, {name: triggers.expected(connection)[name]})
        assert missed() == {name}
        triggers.install(connection)
        assert missed() == set()

    def test_installing_twice_is_installing_once(self):
        triggers.remove(connection, triggers.expected(connection))
        assert missed() == UNCHANGING | LASTING
        triggers.install(connection)
        triggers.install(connection)
        assert missed() == set()

    def test_the_migrations_go_back_and_forth(self):
        facts, movements = (
            import_module(f"ashar.payments.migrations.{name}") for name in ("0002_kept_facts", "0003_lasting_movements")
        )
        editor = SimpleNamespace(connection=connection)
        movements.remove(None, editor)
        assert missed() == LASTING
        facts.remove(None, editor)
        assert missed() == UNCHANGING | LASTING
        facts.install(None, editor)
        assert missed() == LASTING
        movements.install(None, editor)
        assert missed() == set()
