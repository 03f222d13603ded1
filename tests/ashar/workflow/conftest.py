"""A row with states: a delivery of the outbox, moved here as if people moved it."""

import uuid
from datetime import UTC, datetime

import pytest

from ashar.accounts.models import User
from ashar.outbox.models import Delivery, Message
from ashar.workflow import Table

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LETTER = Table(
    "letter",
    {
        "take": (("waiting",), "taken"),
        "return": (("taken", "dead"), "waiting"),
        "bury": (("waiting", "taken"), "dead"),
    },
    public={"taken": "On its way"},
    states=Delivery.State,
)


@pytest.fixture
def clerk(db):
    return User.objects.create_user("clerk@example.com")


@pytest.fixture
def letter_in(db):
    def make(state):
        message = Message.objects.create(id=uuid.uuid4(), topic="letter.written", payload={}, sent_at=AT)
        done_at = AT if state == "done" else None
        return Delivery.objects.create(message=message, state=state, due_at=AT, resend_at=AT, done_at=done_at)

    return make
