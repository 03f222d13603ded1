import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import translation

from ashar.outbox.models import Delivery
from ashar.workflow import moving
from ashar.workflow.models import Transition
from tests import lawful
from tests.ashar.workflow.conftest import AT, LETTER


def move(row, verb, **arguments):
    with transaction.atomic(durable=True):
        moving.move(row, verb, table=LETTER, **{"by": None, "at": AT, **arguments})


def test_a_move_changes_the_row_and_writes_its_history(letter_in, clerk):
    letter = letter_in("waiting")

    move(letter, "take", by=clerk, note="by hand")

    assert letter.state == "taken"
    assert Delivery.objects.get().state == "taken"
    written = Transition.objects.get()
    assert (written.entity, written.entity_id, written.verb) == ("letter", str(letter.pk), "take")
    assert (written.from_state, written.to_state) == ("waiting", "taken")
    assert (written.by, written.at, written.note) == (clerk, AT, "by hand")


def test_a_move_takes_two_statements(letter_in, django_assert_num_queries):
    letter = letter_in("waiting")

    with transaction.atomic(), django_assert_num_queries(2):
        moving.move(letter, "take", table=LETTER, by=None, at=AT)


def test_every_state_allows_exactly_its_verbs(letter_in):
    verbs = {verb: lambda letter, verb=verb: move(letter, verb) for verb in LETTER.transitions}

    lawful.assert_obeyed(LETTER, make=letter_in, verbs=verbs)


def test_an_unlawful_move_changes_nothing_and_says_why(letter_in):
    letter = letter_in("done")

    with pytest.raises(moving.UnlawfulMove) as refusal, translation.override("en"):
        move(letter, "take")

    assert (refusal.value.code, refusal.value.facts["verb"]) == ("unlawful_move", "take")
    with translation.override("en"):
        assert str(refusal.value) == "This cannot be done now: the state is “Done”."
    assert (letter.state, Delivery.objects.get().state) == ("done", "done")
    assert Transition.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ky", "Азыр муну кылууга болбойт. Абалы: «Бүттү»."),
        ("ru", "Сейчас это сделать нельзя: состояние «Готово»."),
    ],
)
def test_the_refusal_speaks_the_language_of_the_person(letter_in, language, sentence):
    with pytest.raises(moving.UnlawfulMove) as refusal:
        move(letter_in("done"), "take")

    with translation.override(language):
        assert str(refusal.value) == sentence


def test_who_saw_an_old_state_is_refused_with_the_present_one(letter_in):
    letter = letter_in("waiting")
    stale = Delivery.objects.get(pk=letter.pk)
    move(letter, "bury")

    with pytest.raises(moving.UnlawfulMove) as refusal:
        move(stale, "take")

    assert refusal.value.facts == {"entity": "letter", "verb": "take", "state": Delivery.State.DEAD.label}
    assert [step.verb for step in moving.history(letter, table=LETTER)] == ["bury"]


def test_a_row_that_is_gone_cannot_move(letter_in):
    letter = letter_in("waiting")
    stale = Delivery.objects.get(pk=letter.pk)
    letter.delete()

    with pytest.raises(moving.UnlawfulMove):
        move(stale, "take")


def test_an_unknown_verb_is_a_fault_of_the_program(letter_in):
    with pytest.raises(KeyError):
        move(letter_in("waiting"), "eat")


@pytest.mark.django_db(transaction=True)
def test_a_move_outside_a_transaction_is_refused(letter_in):
    letter = letter_in("waiting")

    with pytest.raises(TransactionManagementError):
        moving.move(letter, "take", table=LETTER, by=None, at=AT)

    assert Delivery.objects.get().state == "waiting"


@pytest.mark.django_db(transaction=True)
def test_the_history_falls_with_its_move(letter_in):
    letter = letter_in("waiting")

    with transaction.atomic():
        moving.move(letter, "take", table=LETTER, by=None, at=AT)
        transaction.set_rollback(True)

    assert Delivery.objects.get().state == "waiting"
    assert Transition.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_who_move_one_row_one_wins(letter_in):
    letter = letter_in("waiting")
    start, outcomes = threading.Barrier(6), []

    def take():
        row = Delivery.objects.get(pk=letter.pk)
        start.wait()
        try:
            move(row, "take")
            outcomes.append("moved")
        except moving.UnlawfulMove:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["moved", *["refused"] * 5]
    assert Transition.objects.count() == 1


def test_history_reads_from_the_first_move_to_the_last(letter_in, clerk, django_assert_num_queries):
    letter, other = letter_in("waiting"), letter_in("waiting")
    move(letter, "take", by=clerk)
    move(other, "bury")
    move(letter, "return")

    with django_assert_num_queries(1):
        steps = [(str(step), step.by) for step in moving.history(letter, table=LETTER)]

    name = f"letter {letter.pk}"
    assert steps == [(f"{name}: take (waiting → taken)", clerk), (f"{name}: return (taken → waiting)", None)]


@pytest.mark.parametrize("change", [{"note": "never happened"}, {"to_state": "done"}])
def test_history_cannot_be_changed(letter_in, change):
    move(letter_in("waiting"), "take")

    with pytest.raises(IntegrityError), transaction.atomic():
        Transition.objects.update(**change)


def test_history_cannot_be_deleted(letter_in):
    move(letter_in("waiting"), "take")

    with pytest.raises(IntegrityError), transaction.atomic():
        Transition.objects.all().delete()

    assert Transition.objects.count() == 1
