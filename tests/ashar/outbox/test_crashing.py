"""Real processes, killed at marked points: afterwards every message has done its work, and done it once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from ashar.outbox import delivering, relaying, sending
from ashar.outbox.models import Delivery, Message
from tests.ashar.outbox import worker_that_dies

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def environment(tmp_path):
    """Our database, a queue of its own, nothing else of ours."""
    for folder in ("queue/messages", "queue/control", "cache"):
        (tmp_path / folder).mkdir(parents=True)
    inherited = {
        name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "DJANGO_SETTINGS_MODULE"}
    }
    path = f"{ROOT / 'platform'}:{ROOT}"
    return {
        **inherited,
        "DATABASE_URL": url_of_this_database(),
        "VAR_DIR": str(tmp_path),
        "PYTHONPATH": path,
        "DEMO": "1",
    }


@pytest.fixture
def die(environment):
    """Let another process do something and die at a point."""

    def act(action, *, at):
        command = [sys.executable, "-m", worker_that_dies.__name__, action]
        crashing = {**environment, "ASHAR_CRASH_AT": at}
        return subprocess.run(command, cwd=ROOT, env=crashing, check=False, capture_output=True).returncode

    return act


@pytest.fixture(autouse=True)
def _thanks_are_given(consumers):
    worker_that_dies.register()


def url_of_this_database():
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return f"postgresql://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def thanks():
    return Message.objects.filter(topic="thanks").count()


@pytest.mark.parametrize("point", ["outbox.before_publish", "outbox.after_publish"])
def test_a_sender_that_dies_after_its_commit_has_sent(die, point):
    assert die("send", at=point) == -signal.SIGKILL
    assert (Message.objects.count(), Delivery.objects.get().state) == (1, "waiting")

    assert delivering.drain(timezone.now()) == 1
    assert (thanks(), Delivery.objects.get().state) == (1, "done")


@pytest.mark.parametrize(
    ("point", "had_effect"), [("outbox.before_handler", 0), ("test.after_effect", 1), ("outbox.before_done", 1)]
)
def test_a_worker_that_dies_leaves_its_work_to_the_next_one(die, point, had_effect):
    worker_that_dies.send(timezone.now())
    assert die("deliver", at=point) == -signal.SIGKILL
    assert (thanks(), Delivery.objects.get().state) == (had_effect, "taken")

    assert delivering.drain(timezone.now()) == 0
    assert delivering.drain(timezone.now() + delivering.lease()) == 1
    assert (thanks(), Delivery.objects.get().state, Delivery.objects.get().attempts) == (1, "done", 2)


def test_what_a_dying_relay_held_goes_out_with_a_later_round(die):
    worker_that_dies.send(timezone.now() - sending.NUDGE_GRACE)
    assert die("relay", at="outbox.relay_claimed") == -signal.SIGKILL

    assert relaying.relay(at=timezone.now()) == 0
    assert relaying.relay(at=timezone.now() + relaying.RESEND_AFTER) == 1
    assert delivering.drain(timezone.now()) == 1
    assert thanks() == 1
