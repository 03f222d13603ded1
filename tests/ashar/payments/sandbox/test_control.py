"""The controls: for this machine only, all or nothing, in plain JSON."""

import json

import pytest

from tests.ashar.payments.sandbox.talking import SESSION, plain


@pytest.fixture
def control(sandbox):
    """Return a function that asks for a state or moves something."""

    def ask(path, given=None, **headers):
        if given is None:
            return plain(sandbox.base_url, "GET", f"/_sandbox/{path}", **headers)
        usual = {"content_type": "application/json"}
        return plain(
            sandbox.base_url, "POST", f"/_sandbox/{path}", body=json.dumps(given).encode(), **(usual | headers)
        )

    return ask


@pytest.fixture
def page_id(asking):
    return asking.v1.checkout.sessions.create(SESSION).id


def test_the_state(control, sandbox, clock):
    assert control("").json == {
        "api_version": sandbox.account.api_version,
        "deliveries": {},
        "now": int(clock().timestamp()),
        "switches": {
            "clock_offset": 0, "delay": 0, "drop": [], "duplicate": 1, "fail_refunds": False, "fail_requests": [],
            "settle_after": 0, "shuffle": False,
        },
        "webhook_url": "",
    }  # fmt: skip


def test_switches(control, sandbox):
    moved = control("switches", {"duplicate": 3, "drop": ["charge.succeeded"], "shuffle": True})
    assert (moved.status, moved.json) == (200, sandbox.account.switches())
    assert (moved.json["duplicate"], moved.json["drop"], moved.json["shuffle"]) == (3, ["charge.succeeded"], True)


@pytest.mark.parametrize(
    "given",
    [{"turbo": True}, {"duplicate": "3"}, {"delay": -1}, {"shuffle": 1}, [], "x", {"duplicate": 2, "delay": None}],
)
def test_wrong_switches_move_nothing(control, sandbox, given):
    before = sandbox.account.switches()
    assert control("switches", given).status == 400
    assert sandbox.account.switches() == before


def test_pays(control, page_id):
    assert control("pay", {"session": page_id}).json["payment_status"] == "paid"


def test_pays_with_a_card_and_an_answer(control, page_id):
    asked = control("pay", {"session": page_id, "card": "4000002500003155", "approve": False})
    assert asked.json["payment_status"] == "unpaid"


def test_disputes_and_decides(control, sandbox, page_id):
    sandbox.pay(page_id)
    charge = sandbox.account.store.find("charge")[0]["id"]
    dispute = control("disputes", {"charge": charge, "amount": 700}).json
    assert (dispute["amount"], dispute["status"]) == (700, "needs_response")
    assert control(f"disputes/{dispute['id']}/close", {"won": True}).json["status"] == "won"
    assert control(f"disputes/{dispute['id']}/close", {"won": True}).status == 400


def test_fails_a_refund(asking, control, sandbox, page_id):
    intent = sandbox.pay(page_id)["payment_intent"]
    refund = asking.v1.refunds.create({"payment_intent": intent})
    assert control(f"refunds/{refund.id}/fail", {}).json["status"] == "failed"


@pytest.mark.parametrize(
    ("path", "given", "status"),
    [
        ("pay", {"session": "cs_test_none"}, 404),
        ("pay", {}, 400),
        ("pay", {"session": "x", "colour": "red"}, 400),
        ("disputes", {"charge": "ch_none"}, 404),
        ("disputes/du_none/close", {"won": True}, 404),
        ("disputes/du_none/close", {}, 400),
        ("refunds/re_none/fail", {}, 404),
        ("resend", {"events": ["evt_none"]}, 404),
        ("turbo", {}, 404),
    ],
)
def test_what_cannot_be_done(control, path, given, status):
    assert control(path, given).status == status


def test_only_this_machine_may(control):
    for host in ("ashar.example", "127.0.0.1.ashar.example", "evil.localhost.example:80", ""):
        assert control("", host=host).status == 403
    for host in ("localhost:12111", "127.0.0.1", "[::1]:80"):
        assert control("", host=host).status == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_form_of_a_foreign_page_moves_nothing(control, sandbox, kind):
    assert control("switches", {"delay": 5}, content_type=kind).status == 400
    assert sandbox.account.switch("delay") == 0


def test_broken_json_is_refused(sandbox):
    got = plain(sandbox.base_url, "POST", "/_sandbox/switches", body=b"{", content_type="application/json")
    assert got.status == 400


def test_deliveries_are_shown_and_sent_again(control, sandbox, page_id):
    sandbox.account.webhook_url = "http://127.0.0.1:1/"
    sandbox.switch(drop=["*"])
    sandbox.pay(page_id)
    shown = control("deliveries").json
    assert [(row["type"], row["state"], row["attempts"]) for row in shown][::4] == [
        ("charge.updated", "dropped", 0), ("payment_intent.created", "dropped", 0),
    ]  # fmt: skip
    sandbox.account.webhook_url = ""
    assert control("resend", {}).json == {"queued": 5}
    assert control("resend", {"events": [sandbox.events()[0]["id"]] * 2}).json == {"queued": 2}
    assert control("").json["deliveries"] == {"waiting": 7}
