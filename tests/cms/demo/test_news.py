"""The demo's news: whole in three languages, plainly invented, and such as the editors' own form would take."""

import json
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Q
from wagtail.images import get_image_model
from wagtail_localize.models import TranslationSource

from ashar.accounts.models import User
from ashar.language import LANGUAGES
from cms import trees
from cms.demo import content, news, pictures, signins, writing
from cms.models import ArticlePage, PersonPage, Topic
from tests.factories.moments import NOON

ARTICLES = [pytest.param(entry, id=entry["slug"]) for entry in content.articles()]
PEOPLE = [pytest.param(entry, id=entry["slug"]) for entry in content.people()]
PROJECTS = {entry["slug"] for entry in content.projects()}


def texts(value) -> list[dict[str, str]]:
    """Every text in three languages anywhere in a value of TOML."""
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    if isinstance(value, dict):
        return [value] if set(value) & set(LANGUAGES) else [text for each in value.values() for text in texts(each)]
    return []


@pytest.mark.parametrize("entry", [*ARTICLES, *PEOPLE])
def test_every_text_is_in_three_languages(entry):
    assert [text for text in texts(entry) if set(text) != set(LANGUAGES) or not all(text.values())] == []


@pytest.mark.parametrize("entries", [content.topics, content.people, content.articles])
def test_every_slug_is_used_once(entries):
    assert [slug for slug, times in Counter(entry["slug"] for entry in entries()).items() if times > 1] == []


def test_there_are_six_articles_that_show_what_a_story_can_hold():
    kinds = Counter(block["type"] for entry in content.articles() for block in entry["blocks"])
    charts = {
        block["value"]["kind"] for entry in content.articles() for block in entry["blocks"] if block["type"] == "chart"
    }
    assert len(content.articles()) == 6
    assert {
        "text",
        "chart",
        "callout",
        "quote",
        "table",
        "steps",
        "timeline",
        "figure_box",
        "projects",
        "gallery",
    } == set(kinds)
    assert charts == {"bar", "line", "stacked", "donut"}


@pytest.mark.parametrize("entry", PEOPLE)
def test_people_are_marked_as_invented(entry):
    assert {name.endswith(" (demo)") for name in entry["name"].values()} == {True}


@pytest.mark.parametrize("entry", ARTICLES)
class TestArticle:
    def test_speaks_of_what_is_there(self, entry):
        chosen = [slug for block in entry["blocks"] if block["type"] == "projects" for slug in block["value"]["pages"]]
        assert set(chosen) <= PROJECTS
        assert set(entry["people"]) <= {person["slug"] for person in content.people()}
        assert set(entry["topics"]) <= {topic["slug"] for topic in content.topics()}
        assert entry["kind"] in pictures.MOTIFS

    def test_names_its_figures_as_invented(self, entry):
        sources = [block["value"]["source"] for block in entry["blocks"] if "source" in block["value"]]
        assert [text for source in sources for text in source.values() if not text.endswith("(demo)")] == []

    def test_fits_its_columns(self, entry):
        assert max(map(len, entry["lead"].values())) <= 300


class TestLoaded:
    """One load looks at all of it."""

    @pytest.fixture
    def loaded(self, planted):
        signins.make(at=NOON)
        news.load(at=NOON)

    def test_stands_in_three_trees_and_once(self, loaded, client):
        self._is_in_every_language()
        self._would_pass_the_form()
        self._belongs_to_the_author()
        self._can_be_read(client)
        self._can_be_translated()
        self._a_second_load_changes_nothing()

    @staticmethod
    def _is_in_every_language():
        for kind, entries in ((ArticlePage, content.articles()), (PersonPage, content.people())):
            assert kind.objects.count() == 3 * len(entries)
            assert kind.objects.values("translation_key").distinct().count() == len(entries)
        assert Topic.objects.count() == len(content.topics())
        assert get_image_model().objects.count() == len(content.articles()) + len(content.people())
        assert not PersonPage.objects.filter(Q(image=None) | Q(alt_text="")).exists()

    @staticmethod
    def _can_be_translated():
        for page in ArticlePage.objects.filter(locale__language_code="ru"):
            TranslationSource.get_or_create_from_instance(page)
        assert TranslationSource.objects.count() == len(content.articles())

    @staticmethod
    def _would_pass_the_form():
        faults = []
        for page in (*ArticlePage.objects.all(), *PersonPage.objects.all()):
            try:
                page.body.stream_block.clean(page.body)
            except ValidationError as error:
                faults.append((page.slug, error))
        assert faults == []

    @staticmethod
    def _belongs_to_the_author():
        assert set(ArticlePage.objects.values_list("owner", flat=True)) == {User.objects.get(email=signins.AUTHOR).pk}

    @staticmethod
    def _can_be_read(client):
        for code, invented in news.INVENTED.items():
            page = client.get(f"/{code}/news/an-evening-of-matching/").content.decode()
            assert invented in page
            assert f'<a href="/{code}/people/mirlan-toktosunov/">' in page
            assert page.count('<svg class="chart-picture"') == 1

    @staticmethod
    def _a_second_load_changes_nothing():
        kept = ArticlePage.objects.order_by("pk").first()
        ArticlePage.objects.filter(pk=kept.pk).update(title="Changed")
        counted = [model.objects.count() for model in (ArticlePage, PersonPage, Topic, get_image_model())]
        trees.plant()
        news.load(at=NOON)
        assert [model.objects.count() for model in (ArticlePage, PersonPage, Topic, get_image_model())] == counted
        assert ArticlePage.objects.get(pk=kept.pk).title == "Changed"


def test_a_project_that_is_not_there_leaves_its_block_out(planted):
    entry = {"type": "projects", "value": {"title": dict.fromkeys(LANGUAGES, "x"), "pages": ["nowhere"]}}
    assert json.loads(writing.body([entry], "ru")) == []


def test_in_language_replaces_texts_however_deep():
    told = {"a": [{"ky": "1", "ru": "2", "en": "3"}, "x"], "b": {"c": {"ky": "4", "ru": "5", "en": "6"}}, "d": 7}
    assert writing.in_language(told, "ru") == {"a": ["2", "x"], "b": {"c": "5"}, "d": 7}
