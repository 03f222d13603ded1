"""The whole of states × verbs: exactly the lawful moves, and no state that is left for an earlier one."""

import pytest

from ashar.payments.states import DISPUTES, EVENTS, PAYMENTS, REFUNDS

LAWFUL = {
    PAYMENTS: {
        ("created", "open", "open"),
        ("created", "settle", "settled"),
        ("open", "settle", "settled"),
        ("expired", "settle", "settled"),
        ("created", "expire", "expired"),
        ("open", "expire", "expired"),
    },
    REFUNDS: {
        ("requested", "approve", "approved"),
        ("requested", "refuse", "refused"),
        ("approved", "send", "sent"),
        ("sent", "succeed", "succeeded"),
        ("sent", "fail", "failed"),
        ("succeeded", "fail", "failed"),
    },
    DISPUTES: {("open", "lose", "lost"), ("open", "win", "won"), ("lost", "win", "won")},
    EVENTS: {
        ("received", "finish", "done"),
        ("received", "ignore", "ignored"),
        ("quarantined", "ignore", "ignored"),
        ("dead", "ignore", "ignored"),
        ("received", "quarantine", "quarantined"),
        ("received", "give_up", "dead"),
        ("quarantined", "retry", "received"),
        ("dead", "retry", "received"),
    },
}
TABLES = pytest.mark.parametrize("table", LAWFUL, ids=lambda table: table.entity)


@TABLES
def test_exactly_these_moves_are_lawful(table):
    found = {
        (state, verb, table.target(verb))
        for state in table.all_states()
        for verb in table.transitions
        if table.allows(verb, state)
    }
    assert found == LAWFUL[table]


@TABLES
def test_every_state_has_a_word_for_staff_and_for_everybody(table):
    words = {state: (str(table.staff_label(state)), str(table.public_label(state))) for state in table.all_states()}
    assert all(all(pair) for pair in words.values())


@pytest.mark.parametrize("table", [PAYMENTS, REFUNDS, DISPUTES], ids=lambda table: table.entity)
def test_no_sequence_of_moves_comes_back_to_a_state_it_left(table):
    steps = {(source, target) for source, _, target in LAWFUL[table]}
    reached = set(steps)
    while more := {(a, d) for a, b in reached for c, d in steps if b == c} - reached:
        reached |= more
    assert not {state for state in table.all_states() if (state, state) in reached}
