"""3-D Secure: the bank asks on a page of its own, and only a yes pays, once."""

import pytest

from ashar.payments.sandbox.checkout import texts
from tests.ashar.payments.sandbox.pay_page import TYPED, thanks


def test_the_bank_asks_on_a_page_of_its_own(asking, at, page_id):
    asked = at(page_id, {"test_card": "4000002500003155"})
    assert (asked.status, asked.headers["location"]) == (303, f"/pay/{page_id}/confirm")
    question = at(page_id, confirm=True)
    assert texts.RU["ask"] in question.text
    assert "50,00\u00a0USD" in question.text
    assert at(page_id).headers["location"] == f"/pay/{page_id}/confirm"
    assert at(page_id, TYPED).headers["location"] == f"/pay/{page_id}/confirm"
    assert at(page_id, {"answer": "approve"}, confirm=True).headers["location"] == thanks(page_id)
    assert asking.v1.checkout.sessions.retrieve(page_id).payment_status == "paid"


@pytest.mark.parametrize("answer", ["refuse", "", "nonsense"])
def test_without_a_yes_nothing_is_charged(asking, at, page_id, answer):
    at(page_id, {"test_card": "4000002500003155"})
    assert at(page_id, {"answer": answer}, confirm=True).headers["location"] == f"/pay/{page_id}"
    assert texts.RU["payment_intent_authentication_failure"] in at(page_id).text
    assert asking.v1.charges.list().data == []


def test_a_question_nobody_asked_leads_back(at, page_id):
    assert at(page_id, confirm=True).headers["location"] == f"/pay/{page_id}"
    assert at(page_id, {"answer": "approve"}, confirm=True).headers["location"] == f"/pay/{page_id}"


def test_confirming_twice_pays_once(asking, at, page_id):
    at(page_id, {"test_card": "4000002500003155"})
    for _ in range(2):
        assert at(page_id, {"answer": "approve"}, confirm=True).headers["location"] == thanks(page_id)
    assert len(asking.v1.charges.list().data) == 1
