"""The hash chain can be recomputed by anyone: a worked example, by hand."""

import hashlib
import json
from datetime import date, datetime, timedelta, timezone

import pytest

from ashar.accounts.models import User
from ashar.ledger import chain
from ashar.ledger.models import Journal
from tests.ashar.ledger.books import NOON, given, post, project

LINES = [("school-roof", "given", "KGS", -100), ("operations", "bank", "KGS", 100)]


def journal(**details: object) -> Journal:
    return Journal(
        **{
            "id": 7,
            "key": "gift:7",
            "kind": "charge",
            "posted_at": NOON,
            "effective_on": date(2026, 11, 23),
            "facts": {"ө": 1, "a": [None, True]},
            "previous_hash": "0" * 64,
            **details,
        }
    )


def test_the_hash_is_that_of_the_canonical_text():
    text = (
        '{"by":null,"effective_on":"2026-11-23","facts":{"a":[null,true],"ө":1},"key":"gift:7","kind":"charge",'
        '"legs":[["operations","bank","KGS",100],["school-roof","given","KGS",-100]],"number":7,'
        '"posted_at":"2026-11-23T06:00:00.000000+00:00","reverses":null}'
    )
    assert chain.link(journal(), LINES) == hashlib.sha256(("0" * 64 + text).encode()).hexdigest()


def test_the_order_of_legs_and_keys_does_not_matter():
    turned = journal(facts={"a": [None, True], "ө": 1})
    assert chain.link(turned, LINES[::-1]) == chain.link(journal(), LINES)


def test_one_moment_has_one_text_in_every_time_zone():
    there = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=6)))
    assert chain.moment(there) == chain.moment(NOON) == "2026-11-23T06:00:00.000000+00:00"


@pytest.mark.parametrize(
    "change",
    [
        {"id": 8},
        {"key": "gift:8"},
        {"kind": "refund"},
        {"posted_at": NOON + timedelta(microseconds=1)},
        {"effective_on": date(2026, 11, 24)},
        {"facts": {}},
        {"reverses_id": 6},
        {"by_id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
        {"previous_hash": "1" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_part_counts(change):
    assert chain.link(journal(**change), LINES) != chain.link(journal(), LINES)


@pytest.mark.parametrize("place", range(4))
def test_every_part_of_a_leg_counts(place):
    line = list(LINES[0])
    line[place] = 101 if place == 3 else "other"
    assert chain.link(journal(), [tuple(line), LINES[1]]) != chain.link(journal(), LINES)


def test_numbers_that_are_not_numbers_have_no_text():
    with pytest.raises(ValueError, match="Out of range float"):
        chain.canonical({"x": float("nan")})


@pytest.mark.django_db
def test_what_is_read_from_the_database_hashes_as_it_was_written():
    officer = User.objects.create(email="officer@ashar.kg")
    facts = {"ө": "ү\n😀", "nested": {"b": [1, 2, {"z": None}], "a": False}, "big": 10**25}
    written = post("gift:1", given(project(), 100), by=officer, facts=facts)
    read = Journal.objects.get(key="gift:1")
    text = json.loads(json.dumps(facts))
    assert (read.facts, read.by_id) == (text, officer.pk)
    assert chain.link(read, LINES) == written.hash
