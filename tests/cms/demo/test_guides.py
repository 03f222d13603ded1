"""The demo's guides: whole in three languages, sourced, and such as the editors' own form would take."""

import pytest

from ashar.language import LANGUAGES
from cms.demo import content, guides, signins
from cms.models import GuidePage
from cms.pages.guides import CHECK_HOLDS, Stage
from tests.cms.demo.test_news import texts
from tests.factories.moments import NOON

GUIDES = [pytest.param(entry, id=entry["slug"]) for entry in content.guides()]


@pytest.mark.parametrize("entry", GUIDES)
class TestGuide:
    def test_every_text_is_in_three_languages(self, entry):
        assert [text for text in texts(entry) if set(text) != set(LANGUAGES) or not all(text.values())] == []

    def test_it_names_a_source(self, entry):
        assert len(entry["sources"]) >= 1


def test_every_stage_has_one():
    assert {entry["stage"] for entry in content.guides()} == set(Stage.values)


def test_one_of_them_shows_what_a_forgotten_guide_looks_like():
    late = [entry["slug"] for entry in content.guides() if entry["checked_days_ago"] > CHECK_HOLDS.days]
    assert late == ["sending-money-home"]


def test_loaded_twice_they_stand_once_in_three_trees(planted, client):
    signins.make(at=NOON)
    for _ in range(2):
        guides.load(at=NOON)
    assert GuidePage.objects.count() == len(LANGUAGES) * len(content.guides())
    assert GuidePage.objects.values("translation_key").distinct().count() == len(content.guides())
    for page in GuidePage.objects.all():
        page.full_clean()
        assert client.get(f"/{page.locale.language_code}/guides/{page.slug}/").status_code == 200
