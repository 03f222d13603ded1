from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from ashar.outbox import delivering, keeping, queries
from ashar.outbox.models import Delivery, Heartbeat, Message
from tests.ashar.outbox.conftest import AT

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def test_a_heartbeat_is_one_row_that_moves(db):
    keeping.beat(at=AT)
    keeping.beat(at=AT + SECOND)

    assert [str(beat) for beat in Heartbeat.objects.all()] == ["2026-11-20T09:00:01+00:00"]


def test_there_is_only_one_heartbeat(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Heartbeat.objects.create(id=2, at=AT)


def test_the_pulse_of_an_empty_outbox(db):
    pulse = queries.pulse()

    assert pulse == queries.Pulse(heartbeat_at=None, waiting=0, dead=0, oldest_due_at=None)
    assert pulse.worker_is_alive(at=AT) is False


def test_the_pulse_counts_what_waits_and_what_is_dead(listen, send, django_assert_num_queries):
    listen()
    for state in ("waiting", "taken", "dead", "done"):
        message = send(at=AT + len(state) * SECOND)
        done_at = AT if state == "done" else None
        Delivery.objects.filter(message=message).update(state=state, done_at=done_at)
    keeping.beat(at=AT)

    with django_assert_num_queries(2):
        pulse = queries.pulse()

    assert pulse == queries.Pulse(heartbeat_at=AT, waiting=2, dead=1, oldest_due_at=AT + 5 * SECOND)


@pytest.mark.parametrize(("age", "is_alive"), [(0, True), (90, True), (91, False)])
def test_a_worker_without_a_fresh_heartbeat_is_not_alive(age, is_alive):
    pulse = queries.Pulse(heartbeat_at=AT, waiting=0, dead=0, oldest_due_at=None)

    assert pulse.worker_is_alive(at=AT + age * SECOND) is is_alive


def test_a_revived_delivery_has_all_its_attempts_again(listen, send, consumers, heard):
    listen(name="ear", raises=ValueError(), patience=())
    send()
    delivering.drain(AT)
    consumers.clear()
    listen(name="ear")

    assert keeping.revive(queries.dead_letters(), at=AT + DAY) == 1
    assert delivering.drain(AT + DAY - SECOND) == 0
    assert delivering.drain(AT + DAY) == 1
    assert len(heard) == 2
    assert list(queries.dead_letters()) == []


def test_only_the_dead_are_revived(listen, send):
    listen(name="done")
    send()
    delivering.drain(AT)
    listen(name="waiting")
    send()

    assert keeping.revive(Delivery.objects.all(), at=AT + DAY) == 0
    assert sorted(Delivery.objects.values_list("consumer", "state")) == [
        ("done", "done"),
        ("done", "waiting"),
        ("waiting", "waiting"),
    ]


def test_dead_letters_come_with_their_messages_in_order(listen, send, django_assert_num_queries):
    listen(raises=ValueError(), patience=())
    younger, older = send(at=AT + SECOND), send(at=AT)
    delivering.drain(AT + SECOND)

    with django_assert_num_queries(1):
        assert [letter.message for letter in queries.dead_letters()] == [older, younger]


def test_old_messages_that_are_done_are_forgotten(listen, send, consumers):
    listen()
    done, dead, waiting = send(), send(), send()
    unheard = send("gift.lost")
    Delivery.objects.filter(message=done).update(state="done", done_at=AT)
    Delivery.objects.filter(message=dead).update(state="dead")

    assert keeping.forget(at=AT + keeping.KEEP_DONE_FOR) == 0
    assert keeping.forget(at=AT + keeping.KEEP_DONE_FOR + SECOND) == 2
    assert {message.pk for message in Message.objects.all()} == {dead.pk, waiting.pk}
    assert done.pk != unheard.pk


def test_a_message_that_one_consumer_still_owes_is_kept(listen, send):
    listen(name="thanks")
    listen(name="matching")
    send()
    Delivery.objects.filter(consumer="thanks").update(state="done", done_at=AT)

    assert keeping.forget(at=AT + 2 * keeping.KEEP_DONE_FOR) == 0


@pytest.mark.parametrize("change", [{"state": "done"}, {"done_at": AT}])
def test_done_and_its_moment_go_together(listen, send, change):
    listen()
    send()

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.update(**change)


def test_a_message_goes_to_a_consumer_once(listen, send):
    listen()
    message = send()

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(message=message, consumer="ear", due_at=AT, resend_at=AT)
