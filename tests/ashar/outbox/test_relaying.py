import json
import logging
import threading
from base64 import b64decode
from datetime import timedelta

import pytest
from django.db import connection

from ashar.outbox import delivering, relaying
from ashar.outbox.consuming import PATIENCE
from ashar.outbox.models import Delivery
from ashar.outbox.sending import NUDGE_GRACE
from tests.ashar.outbox.conftest import AT, queue

OVERDUE = AT + NUDGE_GRACE
SECOND = timedelta(seconds=1)


def published():
    letters = [json.loads(file.read_text()) for file in queue()]
    return sorted(json.loads(b64decode(letter["body"]))[1]["message_id"] for letter in letters)


def test_a_message_that_no_worker_heard_of_is_sent_again(listen, send):
    listen()
    message = send()

    assert relaying.relay(at=OVERDUE) == 1
    assert published() == [str(message.pk)]


def test_the_nudge_gets_its_time_first(listen, send):
    listen()
    send()

    assert relaying.relay(at=OVERDUE - SECOND) == 0
    assert queue() == []


def test_a_message_is_not_sent_again_at_every_round(listen, send):
    listen()
    send()

    rounds = [relaying.relay(at=OVERDUE + step * timedelta(seconds=5)) for step in range(13)]

    assert rounds == [1, *[0] * 11, 1]


def test_a_message_for_several_consumers_is_sent_once(listen, send):
    for name in ("thanks", "matching", "search"):
        listen(name=name)
    message = send()

    assert relaying.relay(at=OVERDUE) == 1
    assert published() == [str(message.pk)]


def test_what_is_done_or_dead_is_left_alone(listen, send):
    listen(name="thanks")
    listen(name="matching")
    send()
    Delivery.objects.filter(consumer="thanks").update(state="done", done_at=AT)
    Delivery.objects.filter(consumer="matching").update(state="dead")

    assert relaying.relay(at=OVERDUE) == 0


def test_a_failure_is_sent_again_when_its_pause_is_over(listen, send):
    listen(raises=ValueError())
    message = send()
    delivering.deliver(message.pk, at=AT)

    assert relaying.relay(at=AT + PATIENCE[0] - SECOND) == 0
    assert relaying.relay(at=AT + PATIENCE[0]) == 1


def test_what_a_lost_worker_held_is_sent_again_after_its_lease(listen, send):
    listen()
    send()
    until = AT + delivering.lease()
    Delivery.objects.update(state="taken", attempts=1, due_at=until, resend_at=until)

    assert relaying.relay(at=until - SECOND) == 0
    assert relaying.relay(at=until) == 1


def test_a_round_without_a_broker_ends_with_a_word_and_the_next_ones_catch_up(listen, send, broker_at, caplog):
    listen()
    messages = [send(), send()]
    broker_at("redis://127.0.0.1:1/0")

    with caplog.at_level(logging.WARNING, logger="ashar.outbox.relaying"):
        assert relaying.relay(at=OVERDUE) == 0
    assert caplog.messages == ["The broker did not take 2 messages (OperationalError)."]

    broker_at("filesystem://")
    assert relaying.relay(at=OVERDUE + relaying.RESEND_AFTER) == 2
    assert published() == sorted(str(message.pk) for message in messages)


def test_a_round_takes_the_most_overdue_first_and_not_everything(listen, send, monkeypatch):
    monkeypatch.setattr(relaying, "ROUND", 2)
    listen()
    younger, oldest, older = (send(at=AT + step * SECOND) for step in (3, 1, 2))

    relaying.relay(at=OVERDUE + 5 * SECOND)

    assert published() == sorted(str(message.pk) for message in (oldest, older))
    relaying.relay(at=OVERDUE + 5 * SECOND)
    assert published() == sorted(str(message.pk) for message in (oldest, older, younger))


@pytest.mark.django_db(transaction=True)
def test_two_relays_share_the_work(listen, send):
    listen()
    messages = [send() for _ in range(8)]
    for file in queue():
        file.unlink()
    start, sent = threading.Barrier(2), []

    def work():
        start.wait()
        sent.append(relaying.relay(at=OVERDUE))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sent) == 8
    assert published() == sorted(str(message.pk) for message in messages)
