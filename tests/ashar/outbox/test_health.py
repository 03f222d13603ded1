from datetime import timedelta

import pytest
from django.urls import reverse

from ashar.outbox import delivering, health, keeping
from ashar.outbox.models import Delivery
from ashar.web import readiness
from tests.ashar.outbox.conftest import AT

SECOND = timedelta(seconds=1)


@pytest.fixture
def working_worker(db):
    keeping.beat(at=AT)


def test_an_outbox_with_a_worker_and_nothing_to_do_is_well(working_worker):
    finding = health.probe(AT + 10 * SECOND)

    assert finding == readiness.ok(waiting=0, dead=0, late_seconds=0, heartbeat_seconds=10)


def test_without_a_worker_it_is_degraded_and_never_failed(db):
    assert health.probe(AT) == readiness.degraded(waiting=0, dead=0, late_seconds=0, heartbeat_seconds=None)


def test_a_worker_that_lives_but_does_nothing_is_noticed(working_worker):
    at = AT + 91 * SECOND

    assert health.probe(at) == readiness.degraded(waiting=0, dead=0, late_seconds=0, heartbeat_seconds=91)


def test_a_dead_letter_is_counted(working_worker, listen, send):
    listen(raises=ValueError(), patience=())
    send()
    delivering.drain(AT)

    assert health.probe(AT) == readiness.degraded(waiting=0, dead=1, late_seconds=0, heartbeat_seconds=0)


@pytest.mark.parametrize(("late", "say"), [(300, readiness.ok), (301, readiness.degraded)])
def test_what_nobody_gets_to_is_noticed(working_worker, listen, send, late, say):
    listen()
    send(at=AT - late * SECOND)

    assert health.probe(AT) == say(waiting=1, dead=0, late_seconds=late, heartbeat_seconds=0)


def test_what_waits_for_its_next_attempt_is_not_late(working_worker, listen, send):
    listen()
    send()
    Delivery.objects.update(due_at=AT + timedelta(hours=6))

    assert health.probe(AT) == readiness.ok(waiting=1, dead=0, late_seconds=0, heartbeat_seconds=0)


def test_readyz_asks_the_outbox(client, db):
    _, findings = readiness.examine(AT)

    assert findings["outbox"] == health.probe(AT)
    assert "outbox" in client.get(reverse("readyz")).json()["probes"]
