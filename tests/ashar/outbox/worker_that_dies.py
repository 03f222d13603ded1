"""What the crash tests let another process do, on the database of the test that started it.

Its consumer does its work once however often it is called.
"""

import uuid

from django.db import transaction
from django.utils import timezone

from ashar import crash
from ashar.outbox import delivering, relaying, sending
from ashar.outbox.consuming import consumer
from ashar.outbox.models import Message


def main(action):
    """Do one thing that may not survive its crash point: "send", "deliver" or "relay"."""
    register()
    if action == "send":
        send(timezone.now())
    elif action == "deliver":
        delivering.drain(timezone.now())
    else:
        relaying.relay(at=timezone.now())


def register():
    """Let `thank` listen to `gift.given`: it leaves one row per message."""

    @consumer("gift.given", name="thank")
    def thank(*, message_id, at, **_):
        thanks = uuid.uuid5(message_id, "thanks")
        Message.objects.get_or_create(id=thanks, defaults={"topic": "thanks", "payload": {}, "sent_at": at})
        crash.point("test.after_effect")


def send(at):
    """Commit one message."""
    with transaction.atomic(durable=True):
        sending.send("gift.given", {}, at=at)
