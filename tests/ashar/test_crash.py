import os
import signal

import pytest

from ashar import crash


@pytest.fixture
def killed(monkeypatch):
    """Who was killed, instead of us."""
    victims = []
    monkeypatch.setattr(os, "kill", lambda pid, how: victims.append((pid, how)))
    return victims


def test_a_point_that_is_not_named_does_nothing(killed, monkeypatch):
    monkeypatch.delenv("ASHAR_CRASH_AT", raising=False)
    crash.point("outbox.before_done")
    monkeypatch.setenv("ASHAR_CRASH_AT", "outbox.before_publish")
    crash.point("outbox.before_done")

    assert killed == []


def test_the_named_point_kills_this_process_without_a_farewell(killed, monkeypatch, settings):
    settings.DEMO = True
    monkeypatch.setenv("ASHAR_CRASH_AT", "outbox.before_done")

    crash.point("outbox.before_done")

    assert killed == [(os.getpid(), signal.SIGKILL)]


def test_outside_the_demo_nobody_is_killed(killed, monkeypatch, settings):
    settings.DEMO = False
    monkeypatch.setenv("ASHAR_CRASH_AT", "outbox.before_done")

    crash.point("outbox.before_done")

    assert killed == []
