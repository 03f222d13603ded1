"""The demo's questions, figures, contacts and landing page: whole in three languages, and put only where nobody has written."""

import pytest

from ashar.language import LANGUAGES
from cms.demo import content, landing, news, signins, singles, snippets
from cms.models import Contact, ContactPage, FaqPage, Figure, LandingPage, Partner, StatisticsPage
from tests.cms.demo.test_news import texts
from tests.factories.moments import NOON

ENTRIES = [pytest.param(entry, id=entry["title"]["en"]) for entry in (*content.questions(), *content.statistics())]
KINDS = {Contact: "contact", Partner: "partner", Figure: "figure"}
KEPT = [pytest.param(entry, id=f"{kind} {number}") for kind in (*KINDS.values(), "contact_page", "landing")
        for number, entry in enumerate(content.snippets(kind))]  # fmt: skip


@pytest.mark.parametrize("entry", ENTRIES + KEPT)
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


def test_snippets_loaded_twice_stand_once_in_three_languages(planted):
    for _ in range(2):
        snippets.load()
    for kind, name in KINDS.items():
        entries = content.snippets(name)
        assert kind.objects.values("translation_key").distinct().count() == len(entries)
        assert kind.objects.count() == len(entries) * len(LANGUAGES)
        for row in kind.objects.all():
            row.full_clean()


def test_an_editors_contact_stays_as_it_is(planted):
    snippets.load()
    Contact.objects.update(name="Своё")
    snippets.load()
    assert set(Contact.objects.values_list("name", flat=True)) == {"Своё"}


def test_the_pages_that_show_them_are_whole_in_every_language(planted, client):
    signins.make(at=NOON)
    news.load(at=NOON)
    snippets.load()
    for _ in range(2):
        singles.load(at=NOON)
        landing.load(at=NOON)
    for code in LANGUAGES:
        contact, about = (client.get(f"/{code}/{slug}/").content.decode() for slug in ("contact", "about"))
        assert (contact.count("<address class"), contact.count('class="person"')) == (3, 2)
        assert (about.count('class="partner '), about.count("statistics-figure"), about.count("oblast-map-number")) == (
            2,
            1,
            3,
        )
        assert f'href="/{code}/faq/"' in about.split("<main")[1].split("</main")[0]
    for page in (*ContactPage.objects.all(), *LandingPage.objects.all()):
        page.full_clean()
        assert page.body.stream_block.clean(page.body)
    assert LandingPage.objects.values("translation_key").distinct().count() == len(content.landing_pages())
