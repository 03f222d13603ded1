"""A process of its own for the crash tests: `python -m tests.ashar.outbox.worker_that_dies send|deliver|relay`.

It works on the database of the test that started it. Its consumer does its work once however often it is called.
"""

import os
import sys
import uuid

import django


def main(action):
    """Do one thing that may not survive its crash point."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.site")
    django.setup()

    from django.utils import timezone  # noqa: PLC0415 - Django is set up only now

    from ashar.outbox import delivering, relaying  # noqa: PLC0415 - likewise

    register()
    if action == "send":
        send(timezone.now())
    elif action == "deliver":
        delivering.drain(timezone.now())
    else:
        relaying.relay(at=timezone.now())


def register():
    """Let `thank` listen to `gift.given`: it leaves one row per message."""
    from ashar import crash  # noqa: PLC0415 - Django is set up only now
    from ashar.outbox.consuming import consumer  # noqa: PLC0415 - likewise
    from ashar.outbox.models import Message  # noqa: PLC0415 - likewise

    @consumer("gift.given", name="thank")
    def thank(*, message_id, at, **_):
        thanks = uuid.uuid5(message_id, "thanks")
        Message.objects.get_or_create(id=thanks, defaults={"topic": "thanks", "payload": {}, "sent_at": at})
        crash.point("test.after_effect")


def send(at):
    """Commit one message."""
    from django.db import transaction  # noqa: PLC0415 - Django is set up only now

    from ashar.outbox import sending  # noqa: PLC0415 - likewise

    with transaction.atomic(durable=True):
        sending.send("gift.given", {}, at=at)


if __name__ == "__main__":
    main(sys.argv[1])
