from datetime import timedelta

from celery import current_app
from django.core.management import call_command
from django.utils import timezone

from ashar.outbox import delivering, keeping, queries, sending, tasks
from ashar.outbox.models import Delivery, Heartbeat, Message
from tests.ashar.outbox.conftest import queue


def test_the_tasks_have_the_names_that_the_clock_calls():
    ours = {name for name in current_app.tasks if name.startswith("outbox.")}

    assert ours == {"outbox.deliver", "outbox.relay", "outbox.heartbeat", "outbox.forget"}


def test_deliver_brings_a_message_to_its_consumers(listen, send, heard):
    listen()
    message = send(at=timezone.now())

    tasks.deliver.apply(kwargs={"message_id": str(message.pk), "from_a_newer_sender": 1}, throw=True)

    assert [facts["message_id"] for _, facts in heard] == [message.pk]


def test_deliver_ends_before_its_lease_does():
    assert tasks.deliver.soft_time_limit < tasks.deliver.time_limit < delivering.lease().total_seconds()


def test_relay_sends_again_what_is_overdue(listen, send):
    listen()
    send(at=timezone.now() - sending.NUDGE_GRACE)

    tasks.relay.apply(throw=True)

    assert len(queue()) == 1


def test_heartbeat_beats(db):
    before = timezone.now()

    tasks.heartbeat.apply(throw=True)

    assert before <= Heartbeat.objects.get().at <= timezone.now()
    assert queries.pulse().worker_is_alive(at=timezone.now())


def test_forget_forgets(send):
    send(at=timezone.now() - keeping.KEEP_DONE_FOR - timedelta(seconds=1))

    tasks.forget.apply(throw=True)

    assert Message.objects.count() == 0


def test_the_command_shows_how_the_queue_is_doing(listen, send, capsys):
    listen(raises=ValueError(), patience=())
    message = send(at=timezone.now())
    delivering.drain(timezone.now())
    capsys.readouterr()

    call_command("outbox")

    assert capsys.readouterr().out.splitlines() == [
        "Waiting: 0",
        "Dead: 1",
        "Last heartbeat: never",
        f"gift.given {message.pk} → ear, 1 attempts, ValueError",
    ]


def test_the_command_revives_and_drains(listen, send, capsys, consumers):
    listen(raises=ValueError(), patience=())
    send(at=timezone.now())
    delivering.drain(timezone.now())
    consumers.clear()
    listen()
    capsys.readouterr()

    call_command("outbox", "--revive", "--drain")

    assert capsys.readouterr().out.splitlines()[:4] == ["Revived: 1", "Delivered: 1", "Waiting: 0", "Dead: 0"]
    assert Delivery.objects.get().state == "done"
