"""Consumers for the length of a test, and a broker that can be anywhere or nowhere."""

from datetime import UTC, datetime

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction

from ashar.outbox import consuming, nudging, sending

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def consumers(monkeypatch):
    """Nobody listens but whom the test registers; what it registers is gone afterwards."""
    known = {}
    monkeypatch.setattr(consuming, "_consumers", known)
    return known


@pytest.fixture(autouse=True)
def broker_at(monkeypatch):
    """The broker of this test: an empty folder, unless the test moves it."""
    monkeypatch.setattr(nudging, "_quiet_until", 0.0)

    def move(url):
        monkeypatch.setitem(current_app.conf, "broker_write_url", url)

    move("filesystem://")
    for file in queue():
        file.unlink()
    return move


@pytest.fixture
def heard():
    """What the consumers of this test heard, in order."""
    return []


@pytest.fixture
def listen(heard):
    """Register a consumer that writes down what it hears and raises what it is told to raise."""

    def register(topic="gift.given", *, name="ear", raises=None, **options):
        @consuming.consumer(topic, name=name, **options)
        def ear(**facts):
            heard.append((name, facts))
            if raises:
                raise raises

        return ear

    return register


@pytest.fixture
def send(db):
    def write(topic="gift.given", payload=None, *, at=AT):
        with transaction.atomic(durable=True):
            return sending.send(topic, payload or {}, at=at)

    return write


def queue():
    """The files that wait for a worker."""
    return sorted((settings.VAR / "queue" / "messages").iterdir())
