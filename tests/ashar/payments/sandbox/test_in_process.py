"""The class that tests use: events handed over by hand, in any order and number, and a state that stays."""

import json

import pytest
import stripe

from ashar.payments.sandbox import Sandbox
from ashar.payments.sandbox.objects import sessions
from tests.ashar.payments.sandbox.receiving import receiving
from tests.ashar.payments.sandbox.talking import SESSION


@pytest.fixture
def told(clock):
    """A sandbox with one paid session: five events."""
    with Sandbox(clock=clock) as made:
        made.pay(sessions.create(made.account, SESSION)["id"])
        yield made


@pytest.fixture
def heard():
    return []


@pytest.fixture
def listener(heard):
    def listen(body, signature):
        assert stripe.WebhookSignature.verify_header(body.decode(), signature, "whsec_sandbox", tolerance=None)
        heard.append(json.loads(body)["id"])
        return len(heard)

    return listen


def ids(sandbox):
    return [event["id"] for event in sandbox.events()]


def test_delivers_what_was_not_delivered_before(told, listener, heard):
    assert told.deliver(listener) == [1, 2, 3, 4, 5]
    assert heard == ids(told)
    assert told.deliver(listener) == []
    told.dispute(told.account.store.find("charge")[0]["id"])
    told.deliver(listener)
    assert heard == ids(told)


def test_delivers_backwards(told, listener, heard):
    told.deliver(listener, order="reversed")
    assert heard == ids(told)[::-1]


def test_delivers_in_the_order_asked_for_with_copies_of_each(told, listener, heard):
    told.deliver(listener, order=[4, 0, 2, 1, 3], copies=[1, 2, 1, 3, 1])
    first, second, third, fourth, fifth = ids(told)
    assert heard == [fifth, first, third, second, second, fourth, fourth, fourth]


def test_delivers_in_any_order(told, listener, heard):
    told.deliver(listener, order="shuffled", copies=2)
    assert sorted(heard) == sorted(ids(told) * 2)


def test_delivers_some_again(told, listener, heard):
    told.deliver(listener)
    heard.clear()
    told.deliver(listener, only=told.events("charge.succeeded"), copies=3)
    assert heard == [told.events("charge.succeeded")[0]["id"]] * 3


def test_delivers_to_the_address(clock):
    with receiving() as site, Sandbox(clock=clock, webhook_url=site.url) as made:
        sessions.expire(made.account, {}, sessions.create(made.account, SESSION)["id"])
        assert made.deliver() == [200]
        assert site.events == made.events()


def test_unknown_switches_and_wrong_positions_are_refused(told):
    with pytest.raises(KeyError):
        told.switch(turbo=True)
    for wrong in ({"duplicate": "3"}, {"duplicate": -1}, {"shuffle": 1}, {"delay": True}, {"drop": "all"}):
        with pytest.raises(TypeError):
            told.switch(**wrong)


def test_a_refused_switch_moves_none(told):
    with pytest.raises(KeyError):
        told.switch(delay=5, turbo=True)
    assert told.account.switch("delay") == 0


def test_the_state_outlives_the_sandbox(tmp_path, clock):
    state = tmp_path / "sandbox.sqlite3"
    with Sandbox(state, clock=clock) as first:
        page = first.pay(sessions.create(first.account, SESSION)["id"])
        first.switch(delay=7)
        events = first.events()
    with Sandbox(state, clock=clock) as second:
        assert second.get(page["id"]) == page
        assert second.events() == events
        assert second.account.switch("delay") == 7


def test_the_clock_can_be_put_ahead(told, clock):
    told.switch(clock_offset=86_400)
    assert told.account.now() == int(clock().timestamp()) + 86_400


def test_the_usual_clock_is_the_wall(monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1_795_415_385.9)
    with Sandbox() as made:
        assert made.account.now() == 1_795_415_385


def test_ids_grow_and_cannot_be_guessed(told):
    made = [
        told.account.store.add({"id": told.account.new_id("cus_"), "object": "customer", "created": 1})["id"]
        for _ in range(99)
    ]
    assert made == sorted(made)
    assert len({name[-16:] for name in made}) == 99


def test_closing_twice_is_harmless():
    made = Sandbox()
    made.close()
    made.close()
