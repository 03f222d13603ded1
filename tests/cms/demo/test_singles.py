"""The demo's questions and figures: whole in three languages, sourced, and put only where nobody has written."""

import pytest

from ashar.language import LANGUAGES
from cms.demo import content, singles
from cms.models import FaqPage, StatisticsPage
from tests.cms.demo.test_news import texts
from tests.factories.moments import NOON

ENTRIES = [pytest.param(entry, id=entry["title"]["en"]) for entry in (*content.questions(), *content.statistics())]


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_text_is_in_three_languages_or_in_none(entry):
    told = texts(entry)
    assert {frozenset(text) for text in told} == {frozenset(LANGUAGES)}
    assert [text for text in told if len({bool(word) for word in text.values()}) > 1] == []


def test_one_measure_shows_a_contradiction():
    sources = [
        {figure["source"]["en"] for figure in entry["figures"]} for entry in content.statistics() if entry["note"]["en"]
    ]
    assert [len(each) for each in sources] == [2]


def test_loaded_twice_they_are_what_an_editor_could_have_written(planted, client):
    for _ in range(2):
        singles.load(at=NOON)
    for page in (*FaqPage.objects.all(), *StatisticsPage.objects.all()):
        page.full_clean()
        stream = page.groups if isinstance(page, FaqPage) else page.measures
        assert stream.stream_block.clean(stream)
        assert client.get(f"/{page.locale.language_code}/{page.slug}/").status_code == 200


def test_questions_have_the_same_names_in_every_language(planted, client):
    singles.load(at=NOON)
    pages = [client.get(f"/{code}/faq/").content.decode() for code in LANGUAGES]
    names = [[line.split('"')[0] for line in page.split('class="faq-question" id="')[1:]] for page in pages]
    assert names[0] == names[1] == names[2]
    assert len(set(names[0])) == sum(len(entry["questions"]) for entry in content.questions())


def test_what_an_editor_wrote_stays(planted):
    page = FaqPage.objects.get(locale__language_code="ru")
    page.groups = [("group", {"title": "Своё", "questions": []})]
    page.save()
    singles.load(at=NOON)
    assert [block.value["title"] for block in FaqPage.objects.get(pk=page.pk).groups] == ["Своё"]
