import logging
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from ashar.outbox import delivering, sending
from ashar.outbox.consuming import PATIENCE, consumer
from ashar.outbox.models import Delivery
from tests.ashar.outbox.conftest import AT

SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=60)


def states():
    return dict(Delivery.objects.values_list("consumer", "state"))


def test_a_handler_gets_the_message_its_moment_and_its_payload(listen, send, heard):
    listen()
    message = send(payload={"gift": "a", "amount_minor": 50})

    assert delivering.deliver(message.pk, at=AT + SECOND) == 1

    assert heard == [("ear", {"message_id": message.pk, "at": AT + SECOND, "gift": "a", "amount_minor": 50})]
    done = Delivery.objects.get()
    assert (done.state, done.done_at, done.attempts, done.last_error) == ("done", AT + SECOND, 1, "")


def test_a_message_is_delivered_once(listen, send, heard):
    listen()
    message = send()

    assert [delivering.deliver(message.pk, at=AT + step * LEASE) for step in range(3)] == [1, 0, 0]
    assert len(heard) == 1


def test_a_message_that_is_gone_is_no_trouble(send):
    message = send()
    key = message.pk
    message.delete()

    assert delivering.deliver(key, at=AT) == 0


def test_each_consumer_finishes_by_itself(listen, send, heard):
    listen(name="thanks")
    listen(name="matching", raises=RuntimeError())
    listen(name="search")
    message = send()

    assert delivering.deliver(message.pk, at=AT) == 2
    assert states() == {"thanks": "done", "matching": "waiting", "search": "done"}

    assert delivering.deliver(message.pk, at=AT + PATIENCE[0]) == 0
    assert [name for name, _ in heard] == ["thanks", "matching", "search", "matching"]


def test_a_message_that_is_not_due_waits(listen, send, heard):
    listen()
    message = send()

    assert delivering.deliver(message.pk, at=AT - SECOND) == 0
    assert heard == []


def test_a_failure_is_tried_again_after_each_pause_and_then_given_up(listen, send, heard):
    listen(raises=ValueError("no"))
    message = send()
    moments = [AT]
    for pause in PATIENCE:
        moments.append(moments[-1] + pause)

    for moment in moments:
        delivering.deliver(message.pk, at=moment - SECOND)
        delivering.deliver(message.pk, at=moment)

    assert [facts["at"] for _, facts in heard] == moments
    dead = Delivery.objects.get()
    assert (dead.state, dead.attempts, dead.last_error, dead.done_at) == ("dead", 8, "ValueError", None)
    assert delivering.deliver(message.pk, at=moments[-1] + timedelta(days=9)) == 0


def test_a_failure_says_when_it_is_due_again(listen, send):
    listen(raises=ValueError("no"))
    message = send()

    delivering.deliver(message.pk, at=AT)

    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.due_at, waiting.resend_at) == ("waiting", AT + PATIENCE[0], AT + PATIENCE[0])


def test_a_failure_is_logged_with_its_traceback_but_not_kept_with_its_words(listen, send, caplog):
    listen(raises=ValueError("somebody@example.com"))
    message = send()

    with caplog.at_level(logging.ERROR, logger="ashar.outbox.delivering"):
        delivering.deliver(message.pk, at=AT)

    waiting = Delivery.objects.get()
    assert caplog.messages == [f"Delivery {waiting.pk} failed at attempt 1."]
    assert caplog.records[0].exc_info[0] is ValueError
    assert waiting.last_error == "ValueError"


def test_a_consumer_may_be_less_patient(listen, send, heard):
    listen(raises=ValueError(), patience=(SECOND,))
    message = send()

    for step in range(4):
        delivering.deliver(message.pk, at=AT + step * SECOND)

    assert len(heard) == 2
    assert states() == {"ear": "dead"}


def test_a_success_after_a_failure_is_a_success(listen, send, consumers, heard):
    listen(raises=ValueError())
    message = send()
    delivering.deliver(message.pk, at=AT)
    consumers.clear()
    listen()

    assert delivering.deliver(message.pk, at=AT + PATIENCE[0]) == 1
    done = Delivery.objects.get()
    assert (done.state, done.attempts, done.last_error) == ("done", 2, "")


def test_a_consumer_that_this_worker_does_not_know_is_tried_again_elsewhere(listen, send, consumers, heard):
    listen()
    message = send()
    ours = dict(consumers)
    consumers.clear()

    assert delivering.deliver(message.pk, at=AT) == 0
    assert (states(), Delivery.objects.get().last_error) == ({"ear": "waiting"}, "KeyError")

    consumers.update(ours)
    assert delivering.deliver(message.pk, at=AT + PATIENCE[0]) == 1


def test_while_a_worker_is_at_it_nobody_else_is(listen, send, heard):
    message = None

    @consumer("gift.given", name="ear")
    def ear(**_):
        heard.append(delivering.deliver(message.pk, at=AT + LEASE - SECOND))

    message = send()

    assert delivering.deliver(message.pk, at=AT) == 1
    assert heard == [0]


def test_after_the_lease_of_a_lost_worker_another_takes_over(listen, send, heard):
    listen()
    message = send()
    Delivery.objects.update(state="taken", attempts=1, due_at=AT + LEASE, resend_at=AT + LEASE)

    assert delivering.deliver(message.pk, at=AT + LEASE - SECOND) == 0
    assert delivering.deliver(message.pk, at=AT + LEASE) == 1
    assert len(heard) == 1


def test_the_length_of_a_lease_is_a_setting(listen, send, settings):
    settings.OUTBOX_LEASE_SECONDS = 5

    @consumer("gift.given", name="ear")
    def ear(**_):
        assert Delivery.objects.get().due_at == AT + 5 * SECOND

    assert delivering.deliver(send().pk, at=AT) == 1


def test_a_worker_that_wakes_up_after_its_lease_cannot_mark_anything(send, heard):
    message = None

    @consumer("gift.given", name="ear")
    def ear(**facts):
        heard.append(facts["at"])
        if len(heard) == 1:
            assert delivering.deliver(message.pk, at=AT + LEASE) == 1
            raise RuntimeError

    message = send()

    assert delivering.deliver(message.pk, at=AT) == 0
    assert heard == [AT, AT + LEASE]
    done = Delivery.objects.get()
    assert (done.state, done.attempts, done.done_at) == ("done", 2, AT + LEASE)


def test_one_that_takes_its_worker_with_it_every_time_is_given_up(listen, send, heard):
    listen()
    message = send()
    Delivery.objects.update(state="taken", attempts=8, due_at=AT)

    assert delivering.deliver(message.pk, at=AT) == 0
    assert heard == []
    dead = Delivery.objects.get()
    assert (dead.state, dead.attempts, dead.last_error) == ("dead", 8, "WorkerLost")


def test_drain_delivers_everything_that_is_due_also_what_follows_from_it(send, heard):
    @consumer("gift.given", name="match")
    def match(*, at, **_):
        heard.append("match")
        with transaction.atomic(durable=True):
            sending.send("gift.matched", {}, at=at)

    @consumer("gift.matched", name="thank")
    def thank(**_):
        heard.append("thank")

    send(at=AT)
    send(at=AT + timedelta(hours=1))

    assert delivering.drain(AT) == 2
    assert heard == ["match", "thank"]
    assert delivering.drain(AT + timedelta(hours=1)) == 2


def test_drain_takes_the_oldest_first(send, listen, heard):
    listen()
    for step in (3, 1, 2):
        send(payload={"step": step}, at=AT + step * SECOND)

    delivering.drain(AT + 5 * SECOND)

    assert [facts["step"] for _, facts in heard] == [1, 2, 3]


def test_drain_comes_to_an_end_when_something_fails(listen, send, heard):
    listen(raises=ValueError())
    send()
    send()

    assert delivering.drain(AT) == 0
    assert len(heard) == 2


def test_drain_of_nothing_is_nothing(db):
    assert delivering.drain(AT) == 0


def test_delivering_takes_three_statements(listen, send, django_assert_num_queries):
    listen()
    message = send()

    with django_assert_num_queries(3):
        delivering.deliver(message.pk, at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_handler_runs_outside_any_transaction(send, heard):
    @consumer("gift.given", name="ear")
    def ear(**_):
        heard.append(connection.in_atomic_block)

    delivering.deliver(send().pk, at=AT)

    assert heard == [False]


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_with_one_message_one_calls_the_handler(listen, send, heard):
    listen(name="thanks")
    listen(name="matching")
    message = send()
    start, finished = threading.Barrier(6), []

    def work():
        start.wait()
        finished.append(delivering.deliver(message.pk, at=AT))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(finished) == 2
    assert sorted(name for name, _ in heard) == ["matching", "thanks"]
    assert states() == {"thanks": "done", "matching": "done"}
