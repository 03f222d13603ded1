"""The demo's practices and events: whole in three languages, and such as the editors' own form would take."""

import pytest

from ashar.language import LANGUAGES
from cms.demo import content, events, practices, signins
from cms.models import EventPage, PracticePage
from tests.cms.demo.test_news import texts
from tests.factories.moments import NOON

ENTRIES = [pytest.param(entry, id=entry["slug"]) for entry in (*content.practices(), *content.events())]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_text_is_in_three_languages_or_in_none(entry):
    told = texts(entry)
    assert {frozenset(text) for text in told} == {frozenset(LANGUAGES)}
    assert [text for text in told if len({bool(word) for word in text.values()}) > 1] == []


def test_some_events_are_to_come_and_one_has_been():
    assert [entry["in_days"] > 0 for entry in content.events()] == [True, True, False]


def test_loaded_twice_they_stand_once_in_three_trees(planted, client):
    signins.make(at=NOON)
    for _ in range(2):
        practices.load(at=NOON)
        events.load(at=NOON)
    for kind, entries in ((PracticePage, content.practices()), (EventPage, content.events())):
        assert kind.objects.count() == len(LANGUAGES) * len(entries)
        assert kind.objects.values("translation_key").distinct().count() == len(entries)
        for page in kind.objects.all():
            page.full_clean()
            assert client.get(f"/{page.locale.language_code}/{page.get_parent().slug}/{page.slug}/").status_code == 200


def test_an_event_begins_at_its_hour_by_its_own_clock(planted):
    signins.make(at=NOON)
    events.load(at=NOON)
    gathering = EventPage.objects.filter(slug="gathering-in-ansan").first()
    assert gathering.starts_at.utctimetuple().tm_hour == 15 - 9
