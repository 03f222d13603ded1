"""Webhooks: signed, in order unless switched otherwise, tried again, never lost."""

import json

import pytest
import stripe

from ashar.payments.sandbox import Sandbox, delivery
from ashar.payments.sandbox.objects import sessions
from tests.ashar.payments.sandbox.receiving import receiving, settled
from tests.ashar.payments.sandbox.talking import SESSION

SECRET = "whsec_ours"


@pytest.fixture
def site():
    with receiving() as listening:
        yield listening


@pytest.fixture
def quiet(site, clock):
    """A sandbox that knows the site and sends only when told."""
    with Sandbox(clock=clock, webhook_url=site.url, webhook_secret=SECRET) as made:
        yield made


@pytest.fixture
def lively(quiet):
    """The same, served, so that it sends by itself."""
    with quiet.serve():
        yield quiet


def paid(sandbox, card="4242424242424242"):
    return sandbox.pay(sessions.create(sandbox.account, SESSION)["id"], card)


def sent(sandbox):
    while delivery.send_next(sandbox.account):
        pass


def states(sandbox):
    return [row[0] for row in sandbox.account.store.run("SELECT state FROM deliveries ORDER BY id")]


def kinds(events):
    return [event["type"] for event in events]


def test_events_arrive_by_themselves_in_order(lively, site):
    paid(lively)
    settled(lively.account, 5)
    assert site.events == [event | {"pending_webhooks": 0} for event in lively.events()]


def test_the_signature_is_stripes(quiet, site, clock):
    paid(quiet)
    sent(quiet)
    for body, header in site.arrived:
        assert stripe.WebhookSignature.verify_header(body.decode(), header, SECRET)
        assert header.startswith(f"t={int(clock().timestamp())},v1=")
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.WebhookSignature.verify_header(body.decode(), header, "whsec_other")


def test_the_body_is_the_event_with_its_letters(quiet, site):
    paid(quiet)
    sent(quiet)
    bodies = [body for body, _ in site.arrived]
    assert [json.loads(body) for body in bodies] == quiet.events()
    assert "Айжан".encode() in b"".join(bodies)


def test_a_refusing_site_is_tried_three_times_more(quiet, site, clock):
    sessions.expire(quiet.account, {}, sessions.create(quiet.account, SESSION)["id"])
    site.answers = [500, 404, 302, 503]
    for pause in (0, 5, 30, 180, 100_000):
        clock.push(seconds=pause)
        sent(quiet)
    assert len(site.arrived) == 4
    assert len({event["id"] for event in site.events}) == 1
    assert states(quiet) == ["given up"]


def test_between_tries_there_is_a_pause(quiet, site, clock):
    sessions.expire(quiet.account, {}, sessions.create(quiet.account, SESSION)["id"])
    site.answers = [500]
    sent(quiet)
    clock.push(seconds=4)
    sent(quiet)
    assert len(site.arrived) == 1
    clock.push(seconds=1)
    sent(quiet)
    assert (len(site.arrived), states(quiet)) == (2, ["taken"])


def test_each_try_is_signed_afresh(quiet, site, clock):
    sessions.expire(quiet.account, {}, sessions.create(quiet.account, SESSION)["id"])
    site.answers = [500]
    sent(quiet)
    clock.push(hours=1)
    sent(quiet)
    (first, old), (second, new) = site.arrived
    assert first == second
    assert old.partition(",")[0] != new.partition(",")[0]


def test_one_that_is_refused_does_not_hold_up_the_others(quiet, site):
    site.answers = [500]
    paid(quiet)
    sent(quiet)
    assert states(quiet) == ["waiting", "taken", "taken", "taken", "taken"]


def test_a_site_that_is_down_is_caught_up(clock):
    with receiving() as gone:
        url, port = gone.url, int(gone.url.split(":")[2].split("/")[0])
    with Sandbox(clock=clock, webhook_url=url, webhook_secret=SECRET) as quiet:
        paid(quiet)
        sent(quiet)
        assert states(quiet) == ["waiting"] * 5
        with receiving(port) as back:
            clock.push(seconds=5)
            sent(quiet)
            assert kinds(back.events) == kinds(quiet.events())


def test_given_up_ones_can_be_sent_again(quiet, site, clock):
    sessions.expire(quiet.account, {}, sessions.create(quiet.account, SESSION)["id"])
    site.answers = [500] * 4
    for _ in range(4):
        sent(quiet)
        clock.push(hours=1)
    assert delivery.send_again(quiet.account) == 1
    sent(quiet)
    assert (len(site.arrived), states(quiet)) == (5, ["taken"])


def test_what_was_waiting_is_sent_by_the_next_life(tmp_path, site, clock):
    state = tmp_path / "sandbox.sqlite3"
    with Sandbox(state, clock=clock, webhook_url=site.url) as first:
        paid(first)
    assert site.arrived == []
    with Sandbox(state, clock=clock, webhook_url=site.url) as second:
        sent(second)
        assert len(site.arrived) == len(second.events()) == 5


def test_one_under_way_when_the_life_ended_is_sent_again(tmp_path, site, clock, monkeypatch):
    state = tmp_path / "sandbox.sqlite3"
    with Sandbox(state, clock=clock, webhook_url=site.url) as first:
        sessions.expire(first.account, {}, sessions.create(first.account, SESSION)["id"])
        with monkeypatch.context() as patched:
            patched.setattr(delivery, "_note", lambda *_: None)
            delivery.send_next(first.account)
    with Sandbox(state, clock=clock, webhook_url=site.url) as second:
        assert (len(site.arrived), states(second)) == (1, ["waiting"])
        sent(second)
    assert len({event["id"] for event in site.events}) == 1
    assert len(site.arrived) == 2


def test_duplicates(quiet, site):
    quiet.switch(duplicate=3)
    paid(quiet)
    sent(quiet)
    assert len(site.arrived) == 15
    assert len({event["id"] for event in site.events}) == 5


def test_delays(quiet, site, clock):
    quiet.switch(delay=60)
    paid(quiet)
    sent(quiet)
    assert site.arrived == []
    clock.push(seconds=60)
    sent(quiet)
    assert len(site.arrived) == 5


def test_drops_the_named_types_only(quiet, site):
    quiet.switch(drop=["charge.succeeded", "checkout.session.completed"])
    paid(quiet)
    sent(quiet)
    assert kinds(site.events) == ["payment_intent.created", "payment_intent.succeeded", "charge.updated"]
    assert states(quiet).count("dropped") == 2


def test_drops_everything(quiet, site):
    quiet.switch(drop=["*"])
    paid(quiet)
    sent(quiet)
    assert site.arrived == []
    assert len(quiet.events()) == 5
    quiet.switch(drop=[])
    assert delivery.send_again(quiet.account) == 5
    sent(quiet)
    assert kinds(site.events) == kinds(quiet.events())


def test_shuffles(quiet, site):
    quiet.switch(shuffle=True)
    for _ in range(6):
        paid(quiet)
    sent(quiet)
    told = [event["id"] for event in quiet.events()]
    arrived = [event["id"] for event in site.events]
    assert sorted(arrived) == sorted(told)
    assert arrived != told


def test_an_event_counts_its_waiting_deliveries(lively, site, clock, asking_lively):
    lively.switch(delay=60, duplicate=2)
    paid(lively)
    event_id = lively.events()[0]["id"]
    assert asking_lively.v1.events.retrieve(event_id).pending_webhooks == 2
    clock.push(seconds=60)
    settled(lively.account, 10)
    assert asking_lively.v1.events.retrieve(event_id).pending_webhooks == 0


@pytest.fixture
def asking_lively(lively):
    return stripe.StripeClient(
        "sk_test_1", base_addresses={"api": lively.base_url}, stripe_version=lively.account.api_version
    )


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "nonsense", "http://[::1/"])
def test_an_address_where_nobody_answers_is_no_crash(url):
    assert delivery.post(url, b"{}", "t=1,v1=0") == 0


def test_without_an_address_nothing_is_queued(clock):
    with Sandbox(clock=clock) as made:
        paid(made)
        assert states(made) == []
