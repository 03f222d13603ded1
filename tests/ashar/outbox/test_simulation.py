"""Whatever goes wrong in whatever order: when it stops, every message has done its work, once."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ashar.outbox import delivering, relaying, sending
from ashar.outbox.consuming import PATIENCE, consumer
from ashar.outbox.models import Delivery, Message
from tests.ashar.outbox.conftest import AT

NAMES = ("thanks", "matching")
# What becomes of one call: it works, it fails before or after its work, or its worker is gone before or after its work.
FATES = st.sampled_from(["works", "fails", "works and fails", "dies", "works and dies"])
STEPS = st.one_of(
    st.just(("send", None)),
    st.tuples(st.just("deliver"), st.integers(0, 3)),
    st.just(("relay", None)),
    st.tuples(st.just("wait"), st.integers(1, 7200)),
)


class Died(BaseException):
    """The worker is gone: nothing catches it, nothing is tidied up."""


class World:
    """A clock, some messages and two consumers whose work shows only once, however often they do it."""

    def __init__(self, fates):
        self.now = AT
        self.fates = list(fates)
        self.messages = []
        self.effects = set()
        for name in NAMES:
            self.register(name)

    def register(self, name):
        """Let one consumer listen."""

        @consumer("gift.given", name=name)
        def handle(*, message_id, **_):
            fate = self.fates.pop() if self.fates else "works"
            assert not Delivery.objects.filter(message=message_id, consumer=name, state="done").exists()
            if fate.startswith("works"):
                self.effects.add((message_id, name))
            if fate.endswith("dies"):
                raise Died
            if fate.endswith("fails"):
                raise ValueError

    def step(self, action, detail):
        """Do one thing."""
        if action == "send":
            with transaction.atomic():
                self.messages.append(sending.send("gift.given", {}, at=self.now).pk)
        elif action == "relay":
            relaying.relay(at=self.now)
        elif action == "wait":
            self.now += timedelta(seconds=detail)
        elif self.messages:
            self.work(lambda: delivering.deliver(self.messages[detail % len(self.messages)], at=self.now))

    def work(self, deliver):
        """Let a worker work until it is done or gone."""
        with suppress(Died):
            deliver()

    def calm_down(self):
        """Nothing goes wrong any more; time passes."""
        for pause in (*PATIENCE, *PATIENCE):
            self.now += max(pause, delivering.lease())
            self.work(lambda: delivering.drain(self.now))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=25), fates=st.lists(FATES, max_size=7))
@pytest.mark.django_db
def test_every_message_does_its_work(consumers, steps, fates):
    Message.objects.all().delete()
    consumers.clear()
    world = World(fates)

    for action, detail in [("send", None), *steps]:
        world.step(action, detail)
    world.calm_down()

    assert world.effects == {(message, name) for message in world.messages for name in NAMES}
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}
    assert Delivery.objects.count() == len(world.messages) * len(NAMES)
