"""What the handbook says of payments is what the code does."""

import re
import uuid
from pathlib import Path

import pytest
from django.urls import reverse

from ashar.payments import hints, queries, recognition, refunds, settlement
from ashar.payments.models import MovementKind
from ashar.payments.states import EventState
from ashar.payments.web import urls

ROOT = Path(__file__).resolve().parents[3]
ROOM = Path(settlement.__file__).parent
PAGE = (ROOT / "docs/how-to/payments.md").read_text()
SOURCE = "\n".join(path.read_text() for path in ROOM.glob("*.py"))
QUOTED = set(re.findall(r"(?<!`)`([^`\n]+)`(?!`)", PAGE))


def test_every_marked_place_is_named():
    places = set(re.findall(r'crash\.point\("payments\.(\w+)"\)', SOURCE))
    assert {place for place in places if place in QUOTED or f"payments.{place}" in QUOTED} == places
    assert len(places) == 7


@pytest.mark.parametrize("state", list(EventState.values))
def test_every_state_of_an_event_is_explained(state):
    assert state in QUOTED


def test_every_reason_for_quarantine_is_named():
    mismatches = {refusal.code for refusal in settlement.Mismatch.__subclasses__()}
    others = set(re.findall(r'return "quarantine", "(\w+)"', SOURCE))
    assert mismatches | others <= QUOTED


def test_every_kind_of_movement_is_explained():
    assert set(MovementKind.values) <= QUOTED


def test_the_address_is_the_one_the_provider_is_given():
    assert reverse(urls.urlpatterns[0].name) in {"/webhooks/stripe/", "/webhooks/stripe"}
    assert "POST /webhooks/stripe/" in QUOTED


@pytest.mark.parametrize(
    "named",
    [
        "recognition.FOLLOWED",
        "refunds.refundable(payment)",
        "queries.inbox()",
        "queries.troubled()",
        "queries.movements_of(payment)",
    ],
)
def test_what_is_named_exists(named):
    room, _, name = re.sub(r"\(.*", "", named).partition(".")
    assert named in QUOTED
    assert hasattr({"recognition": recognition, "refunds": refunds, "queries": queries}[room], name)


def test_everything_that_is_kept_of_an_event_is_named():
    event = {"id": "evt_1", "object": "event", "type": "a.b", "api_version": "1", "account": "acct_1", "created": 0}
    names = {"object": "charge", "id": "ch_1", "payment_intent": "pi_1", "charge": "ch_1"}
    marks = {"client_reference_id": str(uuid.UUID(int=0)), "metadata": {"payment": str(uuid.UUID(int=0))}}
    kept = hints.kept(event | {"livemode": False, "data": {"object": names | marks}})
    assert kept.keys() - {"object", "data"} <= QUOTED
    assert kept["data"]["object"] == names | marks
    assert {*names, "client_reference_id", "metadata.payment"} <= QUOTED
