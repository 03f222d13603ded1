import threading
from datetime import timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from ashar.accounts.models import User
from ashar.audit import chain, checking, queries, recording
from ashar.audit.models import Entry, Head
from tests.ashar.audit.conftest import AT


def test_an_entry_says_who_did_what_to_what_and_when(record, officer):
    record("approve", facts={"amount_minor": 500_00, "currency": "KGS"})

    entry = Entry.objects.get()
    assert (entry.verb, entry.subject_kind, entry.subject_id) == ("approve", "accounts.user", str(officer.pk))
    assert (entry.by, entry.at) == (officer, AT)
    assert entry.facts == {"amount_minor": 500_00, "currency": "KGS"}


def test_the_machine_acts_without_a_person(record):
    assert record("expire", by=None).by is None


def test_the_first_entry_follows_nothing(record):
    entry = record()

    assert (entry.sequence, entry.previous_hash) == (1, chain.GENESIS)


def test_each_entry_follows_the_one_before_it(log_of_three):
    opened, approved, closed = log_of_three

    assert [entry.sequence for entry in log_of_three] == [1, 2, 3]
    assert (approved.previous_hash, closed.previous_hash) == (opened.hash, approved.hash)
    head = Head.objects.get()
    assert (head.sequence, head.hash) == (3, closed.hash)
    assert str(head) == f"3 {closed.hash}"


def test_an_entry_takes_three_statements_once_there_is_a_head(record, officer, django_assert_num_queries):
    record()

    with transaction.atomic(), django_assert_num_queries(3):
        recording.record("approve", officer, by=officer, at=AT)


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused(officer):
    with pytest.raises(TransactionManagementError):
        recording.record("approve", officer, by=officer, at=AT)


@pytest.mark.django_db(transaction=True)
def test_an_entry_falls_with_its_act(officer, record):
    record("open")

    with transaction.atomic():
        recording.record("approve", officer, by=officer, at=AT)
        transaction.set_rollback(True)

    assert [entry.verb for entry in Entry.objects.order_by("sequence")] == ["open"]
    assert checking.check() == []


@pytest.mark.parametrize("facts", [{"share": 0.5}, {"parts": [1, [2.0]]}, {"deep": {"deeper": (1.5,)}}])
def test_floats_are_no_facts(record, facts):
    with pytest.raises(TypeError, match="is no fact"):
        record(facts=facts)


def test_what_is_not_json_is_no_fact(record, officer):
    with pytest.raises(TypeError):
        record(facts={"person": officer})


def test_facts_come_back_as_they_were_hashed(record):
    facts = {"ө": "ң ү 😀", "list": [1, None, True, {"b": 1, "a": 2}], "big": 2**60, "1": "one"}

    record(facts=facts)

    assert Entry.objects.get().facts == facts
    assert checking.check() == []


def test_the_same_moment_in_another_zone_has_the_same_hash(record):
    bishkek = timezone(timedelta(hours=6))

    record(at=AT.astimezone(bishkek))

    entry = Entry.objects.get()
    assert entry.hash == chain.hash_of(entry)
    assert entry.at == AT


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'refuse'",
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET hash = previous_hash",
    ],
)
def test_the_database_refuses_to_touch_an_entry(record, statement):
    record()

    with pytest.raises(IntegrityError, match="audit_entry is append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert checking.check() == []


def test_an_entry_is_not_replaced_by_another(record):
    entry = record()
    replacing = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    columns = "id, sequence, verb, subject_kind, subject_id, at, facts, previous_hash, hash"

    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(
            f"{replacing} audit_entry ({columns}) VALUES (%s, 1, 'refuse', 'x', 'x', %s, '{{}}', 'a', 'b')",
            [entry.pk, AT],
        )

    assert Entry.objects.get().verb == "approve"


def test_the_orm_cannot_change_an_entry(record):
    entry = record()
    entry.verb = "refuse"

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()


def test_a_person_in_the_log_cannot_be_deleted(record, officer):
    record()

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=officer.pk).delete()


def test_there_is_only_one_head(record):
    record()

    with pytest.raises(IntegrityError), transaction.atomic():
        Head.objects.create(id=2, hash=chain.GENESIS)


@pytest.mark.django_db(transaction=True)
def test_many_who_write_at_once_make_one_chain(officer, record):
    start = threading.Barrier(5)

    def write(verb):
        start.wait()
        record(verb)
        record(verb)
        connection.close()

    threads = [threading.Thread(target=write, args=(f"verb {name}",)) for name in "abcde"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Entry.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 11))
    assert checking.check() == []


def test_entries_about_a_subject_come_in_order_with_their_people(log_of_three, record, django_assert_num_queries):
    somebody_else = User.objects.create_user("somebody@example.com")
    record("greet", somebody_else)
    (opened, *_) = log_of_three

    with django_assert_num_queries(1):
        about = [(entry.verb, entry.by.email) for entry in queries.entries_about(opened.by)]

    assert about == [(verb, "officer@example.com") for verb in ("open", "approve", "close")]
