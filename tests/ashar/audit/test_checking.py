import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ashar.audit import append_only, chain, checking
from ashar.audit.checking import Fault
from ashar.audit.models import Entry, Head
from ashar.ledger import guards

CHANGED = "says something else than when it was written"
LIFT = {
    "sqlite": ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"],
    "postgresql": ["DROP FUNCTION audit_entry_append_only() CASCADE"],
}


@pytest.fixture
def owner_of_the_database(db):
    """Somebody who may drop triggers, and did."""
    with connection.cursor() as cursor:
        for statement in LIFT[connection.vendor]:
            cursor.execute(statement)
    return Entry.objects


def test_an_empty_log_holds(db):
    assert checking.check() == []


def test_an_untouched_log_holds(log_of_three):
    assert checking.check() == []


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "refuse"},
        {"subject_kind": "accounts.group"},
        {"subject_id": "somebody-else"},
        {"by": None},
        {"at": "2026-11-20T09:01:00.123457Z"},
        {"facts": {"amount_minor": 1}},
    ],
)
def test_every_changed_word_is_found(log_of_three, owner_of_the_database, change):
    owner_of_the_database.filter(sequence=2).update(**change)

    assert checking.check() == [Fault(2, CHANGED)]


def test_a_changed_entry_with_a_new_hash_breaks_the_next_link(log_of_three, owner_of_the_database):
    forged = owner_of_the_database.get(sequence=2)
    forged.verb = "refuse"
    forged.hash = chain.hash_of(forged)
    forged.save()

    assert checking.check() == [Fault(3, "does not follow the entry before it")]


def test_a_removed_entry_is_found(log_of_three, owner_of_the_database):
    owner_of_the_database.filter(sequence=2).delete()

    assert checking.check() == [Fault(2, "entries 2 to 2 are missing")]


def test_a_removed_beginning_is_found(log_of_three, owner_of_the_database):
    owner_of_the_database.filter(sequence__lte=2).delete()

    assert checking.check() == [Fault(1, "entries 1 to 2 are missing")]


def test_a_cut_off_end_is_found(log_of_three, owner_of_the_database):
    owner_of_the_database.filter(sequence__gte=2).delete()

    assert checking.check() == [Fault(2, "entries 2 to 3 are missing at the end")]


def test_a_log_that_was_emptied_is_found(log_of_three, owner_of_the_database):
    owner_of_the_database.all().delete()

    assert checking.check() == [Fault(1, "entries 1 to 3 are missing at the end")]


def test_a_rewritten_end_is_found_by_its_head(log_of_three, owner_of_the_database):
    forged = owner_of_the_database.get(sequence=3)
    forged.verb = "reopen"
    forged.hash = chain.hash_of(forged)
    forged.save()

    assert checking.check() == [Fault(3, "is not what the head of the chain says")]


def test_a_head_that_was_removed_is_missed(log_of_three):
    Head.objects.all().delete()

    assert checking.check() == [Fault(3, "is not what the head of the chain says")]


def test_every_fault_is_named(log_of_three, owner_of_the_database):
    owner_of_the_database.filter(sequence__in=(1, 3)).update(verb="refuse")

    assert checking.check() == [Fault(1, CHANGED), Fault(3, CHANGED)]


def test_the_check_reads_a_long_log_in_one_query(log_of_three, django_assert_num_queries):
    with django_assert_num_queries(2):
        checking.check()


def test_the_command_prints_the_head_to_keep_elsewhere(log_of_three, capsys):
    call_command("audit_check")

    assert capsys.readouterr().out == f"The audit log holds. Head: 3 {log_of_three[-1].hash}\n"


def test_the_command_says_that_an_empty_log_is_empty(db, capsys):
    call_command("audit_check")

    assert capsys.readouterr().out == "The audit log is empty.\n"


def test_the_command_fails_and_names_the_entry(log_of_three, owner_of_the_database):
    owner_of_the_database.filter(sequence=2).update(verb="refuse")

    with pytest.raises(CommandError, match=f"^Entry 2 {CHANGED}.$") as failure:
        call_command("audit_check")

    assert failure.value.returncode == 1


def test_the_guard_of_a_table_can_be_taken_back(db):
    """By an editor that has not been entered: within a test's transaction SQLite lets none in."""
    guard, editor = append_only.AppendOnly("audit_entry"), connection.schema_editor()
    there = guards.present(connection)
    triggers = set(append_only.triggers("audit_entry", connection.vendor))

    guard.database_backwards("audit", editor, _State(), _State())
    assert there - guards.present(connection) == triggers

    guard.database_forwards("audit", editor, _State(), _State())
    assert guards.present(connection) == there

    assert guard.describe() == "Make audit_entry append-only"
    assert guard.deconstruct() == ("AppendOnly", ["audit_entry"], {})
    assert guard.reversible


class _State:
    """What a migration operation asks of a project's state."""

    apps = None

    def clear_delayed_apps_cache(self):
        pass
