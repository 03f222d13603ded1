import logging
import socket
import time
import uuid

import pytest

from ashar.outbox import nudging
from tests.ashar.outbox.conftest import queue
from tests.services_needed import need

MESSAGE = uuid.UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture
def silent_port():
    """A machine that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_a_nudge_puts_one_task_on_the_queue():
    assert nudging.nudge(MESSAGE) is True
    assert len(queue()) == 1


def test_a_broker_that_is_away_is_only_logged(broker_at, closed_port, caplog):
    broker_at(f"redis://127.0.0.1:{closed_port}/0")
    began = time.monotonic()

    with caplog.at_level(logging.WARNING, logger="ashar.outbox.nudging"):
        assert nudging.nudge(MESSAGE) is False

    assert time.monotonic() - began < 2
    (line,) = caplog.messages
    assert line == f"The broker did not take message {MESSAGE} (OperationalError); the relay repeats it."


def test_a_broker_that_hangs_does_not_hang_us(broker_at, silent_port):
    broker_at(f"redis://127.0.0.1:{silent_port}/0")
    began = time.monotonic()

    assert nudging.nudge(MESSAGE) is False

    assert time.monotonic() - began < 4


def test_after_a_failure_the_broker_is_left_alone_for_a_while(broker_at, closed_port, monkeypatch):
    broker_at(f"redis://127.0.0.1:{closed_port}/0")
    nudging.nudge(MESSAGE)
    broker_at("filesystem://")

    assert nudging.nudge(MESSAGE) is False
    assert queue() == []

    monkeypatch.setattr(nudging, "_quiet_until", time.monotonic() - 0.1)
    assert nudging.nudge(MESSAGE) is True
    assert len(queue()) == 1


def test_a_queue_folder_that_vanished_is_only_logged(monkeypatch, tmp_path):
    gone = {**nudging.BROKER_OPTIONS, "data_folder_out": str(tmp_path / "gone")}
    monkeypatch.setattr(nudging, "BROKER_OPTIONS", gone)

    assert nudging.nudge(MESSAGE) is False


def test_publishing_nothing_asks_nobody(broker_at, closed_port):
    broker_at(f"redis://127.0.0.1:{closed_port}/0")

    assert nudging.publish() is None


def test_a_real_redis_takes_the_nudge(broker_at):
    broker_at(need("redis"))

    assert nudging.nudge(MESSAGE) is True
