"""Real processes, killed at marked points: afterwards every message has done its work, and done it once."""

import pytest
from django.utils import timezone

from ashar.outbox import delivering, relaying, sending
from ashar.outbox.models import Delivery, Message
from tests.ashar.outbox import worker_that_dies

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def die(elsewhere):
    """Let another process do something and die at a point."""

    def act(action, *, at):
        elsewhere.dies(f"from {worker_that_dies.__name__} import main; main({action!r})", at=at)

    return act


@pytest.fixture(autouse=True)
def _thanks_are_given(consumers):
    worker_that_dies.register()


def thanks():
    return Message.objects.filter(topic="thanks").count()


@pytest.mark.parametrize("point", ["outbox.before_publish", "outbox.after_publish"])
def test_a_sender_that_dies_after_its_commit_has_sent(die, point):
    die("send", at=point)
    assert (Message.objects.count(), Delivery.objects.get().state) == (1, "waiting")

    assert delivering.drain(timezone.now()) == 1
    assert (thanks(), Delivery.objects.get().state) == (1, "done")


@pytest.mark.parametrize(
    ("point", "had_effect"), [("outbox.before_handler", 0), ("test.after_effect", 1), ("outbox.before_done", 1)]
)
def test_a_worker_that_dies_leaves_its_work_to_the_next_one(die, point, had_effect):
    worker_that_dies.send(timezone.now())
    die("deliver", at=point)
    assert (thanks(), Delivery.objects.get().state) == (had_effect, "taken")

    assert delivering.drain(timezone.now()) == 0
    assert delivering.drain(timezone.now() + delivering.lease()) == 1
    assert (thanks(), Delivery.objects.get().state, Delivery.objects.get().attempts) == (1, "done", 2)


def test_what_a_dying_relay_held_goes_out_with_a_later_round(die):
    worker_that_dies.send(timezone.now() - sending.NUDGE_GRACE)
    die("relay", at="outbox.relay_claimed")

    assert relaying.relay(at=timezone.now()) == 0
    assert relaying.relay(at=timezone.now() + relaying.RESEND_AFTER) == 1
    assert delivering.drain(timezone.now()) == 1
    assert thanks() == 1
