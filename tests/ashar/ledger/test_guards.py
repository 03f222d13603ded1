"""Every part says which triggers it expects; the check misses what is gone."""

import pytest
from django.db import connection

from ashar.ledger import checking, guards, triggers
from ashar.payments import triggers as triggers_of_payments

pytestmark = pytest.mark.django_db


@pytest.fixture
def registered(monkeypatch):
    """A register of its own, with nobody in it."""
    parts: dict[str, guards.Expected] = {}
    monkeypatch.setattr(guards, "_expected", parts)
    return parts


def missed() -> list[str]:
    return [fault.where for fault in checking.check() if fault.code == "trigger_missing"]


def test_the_ledger_and_payments_have_registered_all_of_theirs():
    assert {part: set(expected(connection)) for part, expected in guards._expected.items()} == {
        "ledger": set(triggers.expected(connection)),
        "payments": set(triggers_of_payments.expected(connection)),
    }
    assert guards.missing(connection) == []


@pytest.mark.usefixtures("registered")
def test_nobody_expects_nothing():
    assert guards.missing(connection) == []


def test_what_a_part_expects_and_does_not_stand_is_a_fault(registered):
    guards.register("roads", lambda _: ["roads_stay", "ledger_fund_keeps_its_key"])
    guards.register("bridges", lambda _: ["bridges_stay"])
    assert guards.missing(connection) == missed() == ["bridges_stay", "roads_stay"]


@pytest.mark.usefixtures("registered")
def test_registering_twice_is_registering_once():
    for _ in range(2):
        guards.register("roads", lambda _: ["roads_stay"])
    assert missed() == ["roads_stay"]


@pytest.mark.parametrize("parts", [1, 3])
def test_it_is_one_query_however_many_expect_something(registered, django_assert_num_queries, parts):
    for number in range(parts):
        guards.register(f"part-{number}", triggers.expected)
    with django_assert_num_queries(1):
        guards.missing(connection)
