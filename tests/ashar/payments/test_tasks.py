"""What the workers and the clock do is what the verbs do."""

import json
import logging
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.utils import timezone

from ashar.payments import tasks
from ashar.payments.models import Movement, Payment, WebhookEvent


@pytest.fixture
def clock(clock):
    """Tasks read the wall clock, so the provider does too."""
    clock.moment = timezone.now()
    return clock


@pytest.fixture
def paid(open_payment, sandbox, fresh_rates) -> Payment:
    sandbox.pay(open_payment.session_id)
    return open_payment


def test_the_inbox_is_worked_through(paid, sandbox, deliver, clock):
    deliver()
    WebhookEvent.objects.update(state="received", due_at=clock(), attempts=0)
    tasks.process_inbox()
    assert set(WebhookEvent.objects.values_list("state", flat=True)) == {"done", "ignored"}


def test_what_never_came_back_is_looked_for(paid, clock):
    Payment.objects.filter(pk=paid.pk).update(looked_at=clock() - timedelta(hours=1))
    clock.forward(minutes=-10)
    tasks.resolve()
    assert WebhookEvent.objects.count() > 0


def test_everything_the_provider_remembers_is_fetched(paid, sandbox):
    tasks.catch_up()
    assert WebhookEvent.objects.count() == len(sandbox.events())
    assert Movement.objects.count() == 0


def test_each_task_has_the_name_that_the_clock_calls():
    names = {tasks.process_inbox.name, tasks.resolve.name}
    called = {entry["task"] for entry in configured.CELERY_BEAT_SCHEDULE.values()}
    assert names == {name for name in called if name.startswith("payments.")} - {tasks.catch_up.name}


def test_tasks_take_what_a_newer_sender_may_say(db, sandbox):
    tasks.process_inbox(reason="newer")


def test_a_nudge_puts_one_task_on_the_queue():
    folder = configured.VAR / "queue" / "messages"
    before = set(folder.glob("*.msg"))
    tasks.nudge()
    [message] = set(folder.glob("*.msg")) - before
    assert json.loads(message.read_text())["headers"]["task"] == "payments.process_inbox"


def test_a_broker_that_is_down_costs_a_line_in_the_log(monkeypatch, caplog):
    def gone(**_):
        raise OSError("No broker")

    monkeypatch.setattr(tasks.current_app, "connection_for_write", gone)
    with caplog.at_level(logging.WARNING):
        tasks.nudge()
    assert caplog.messages == ["The broker did not take the nudge (OSError); the clock repeats it."]
