"""The export."""

import json

import pytest
from django.db import connection

from ashar.audit.models import Entry
from ashar.privacy import exporting
from tests.ashar.privacy.people import AT, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def _two_parts(monkeypatch):
    monkeypatch.setattr(exporting, "_collectors", {})

    @exporting.collector("letters")
    def letters(whose):
        return {"to": whose.email}

    @exporting.collector("gifts")
    def gifts(whose):
        return {"by": whose.full_name}


@pytest.mark.usefixtures("_two_parts")
def test_every_part_says_what_it_holds():
    aigul = person("aigul")
    assert exporting.export(aigul, by=aigul, at=AT) == {
        "format": "ashar-export-1",
        "exported_at": "2026-11-23T09:00:00+00:00",
        "parts": {"gifts": {"by": "Aigul"}, "letters": {"to": "aigul@example.org"}},
    }


@pytest.mark.usefixtures("_two_parts")
def test_the_export_is_remembered_without_its_contents():
    aigul, officer = person("aigul"), person("officer")
    exporting.export(aigul, by=officer, at=AT)
    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.subject_id) == ("privacy.exported", officer, str(aigul.pk))
    assert entry.facts == {"parts": ["gifts", "letters"]}


def test_the_real_parts_give_plain_json_and_nothing_of_others():
    aigul, canary = person("aigul"), person("canary")
    text = json.dumps(exporting.export(aigul, by=aigul, at=AT), ensure_ascii=False)
    assert aigul.email in text
    assert [trace for trace in (canary.email, canary.full_name, str(canary.pk)) if trace in text] == []


def test_nothing_is_given_when_it_cannot_be_remembered(monkeypatch):
    aigul = person("aigul")
    monkeypatch.setattr(exporting, "_collectors", {"broken": lambda _whose: 1 / 0})
    with pytest.raises(ZeroDivisionError):
        exporting.export(aigul, by=aigul, at=AT)
    assert not Entry.objects.exists()
    assert connection.in_atomic_block
