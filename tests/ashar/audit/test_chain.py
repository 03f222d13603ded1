import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ashar.audit import chain, checking, recording
from ashar.audit.models import Entry
from tests.ashar.audit.conftest import AT

SOMEBODY = uuid.UUID("11111111-1111-4111-8111-111111111111")
WORDS = {
    "sequence": 7,
    "verb": "approve",
    "subject_kind": "payments.refund",
    "subject_id": "42",
    "by_id": SOMEBODY,
    "at": datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    "facts": {"amount_minor": 500_00, "note": "өз ара"},
    "previous_hash": "ab" * 32,
}
# PostgreSQL keeps every text but NUL and half pairs; SQLite and JSON keep integers of any size that JSON can say.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | TEXTS,
    lambda children: st.lists(children, max_size=3) | st.dictionaries(TEXTS, children, max_size=3),
    max_leaves=8,
)


def hash_of(**changed):
    return chain.hash_of(Entry(**{**WORDS, **changed}))


def test_the_hash_of_an_entry_never_changes_with_the_program():
    """A log written years ago must still prove itself: if this number moves, every old entry is called forged."""
    assert hash_of() == "c41af48eb480ff0a119f522438ee9fca2a7b5d43c1b500902916706d9da65aa2"


@pytest.mark.parametrize(
    "changed",
    [
        {"sequence": 8},
        {"verb": "refuse"},
        {"subject_kind": "payments.payment"},
        {"subject_id": "43"},
        {"by_id": None},
        {"by_id": uuid.UUID(int=1)},
        {"at": WORDS["at"] + timedelta(microseconds=1)},
        {"facts": {}},
        {"facts": {"amount_minor": "50000", "note": "өз ара"}},
        {"previous_hash": "ac" * 32},
        {"verb": "approv", "subject_kind": "epayments.refund"},
    ],
)
def test_every_word_counts(changed):
    assert hash_of(**changed) != hash_of()


def test_the_order_of_facts_does_not_count():
    assert hash_of(facts=dict(reversed(WORDS["facts"].items()))) == hash_of()


def test_a_person_as_text_is_the_same_person():
    assert hash_of(by_id=str(SOMEBODY)) == hash_of()


@pytest.mark.parametrize(
    ("facts", "plain"),
    [
        ({}, {}),
        ({"pair": (1, 2)}, {"pair": [1, 2]}),
        ({1: "one"}, {"1": "one"}),
        ({"yes": True, "nothing": None}, {"yes": True, "nothing": None}),
    ],
)
def test_plain_facts_are_what_the_database_gives_back(facts, plain):
    assert chain.plain(facts) == plain


@pytest.mark.parametrize(
    "facts",
    [
        {"note": "a\0b"},
        {"note": "\0"},
        {"a\0b": 1},
        {"note": "\ud83d"},
        {"note": "\udc00 alone"},
        {"deep": {"er": ["fine", ("\0",)]}},
        {"deep": {"\udfff": []}},
    ],
)
def test_text_that_only_one_database_keeps_is_no_fact(facts):
    with pytest.raises(TypeError, match="Not every database keeps this text: "):
        chain.plain(facts)


@pytest.mark.parametrize("text", ["\x01", "\x7f", "\ud7ff", "\ue000", "\U0001f600", "\uffff", "Ңөү", "\n"])
def test_any_other_text_is_kept(text):
    assert chain.plain({text: text}) == {text: text}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=st.dictionaries(TEXTS, VALUES, max_size=4))
def test_any_facts_prove_themselves_after_a_round_through_the_database(officer, facts):
    with transaction.atomic():
        recording.record("approve", officer, by=officer, at=AT, facts=facts)

    assert checking.check() == []
