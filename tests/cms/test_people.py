"""The page of a person: what names them, each article once, and what search engines are told."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from ashar.accounts import roles
from cms import renditions
from cms.pages import answering, news
from cms.pages.news import ArticlePage
from cms.pages.people import PersonIndexPage, PersonPage
from tests.badinput import files
from tests.factories import articles

pytestmark = pytest.mark.usefixtures("planted")
MOST_QUERIES = 12


def person(code: str, slug: str = "aizhan", **facts: object) -> PersonPage:
    index = PersonIndexPage.objects.get(locale__language_code=code)
    told = {"title": "Сыдык кызы Айжан", "role": "Мугалим", **facts}
    return index.add_child(instance=PersonPage(locale=index.locale, slug=slug, **told))


def naming(article: ArticlePage, *named: PersonPage) -> ArticlePage:
    for each in named:
        article.people.create(person=each)
    article.save()
    return article


def answers(*people: PersonPage) -> tuple[str, object]:
    """A block that says that `people` answer."""
    told = [{"matter": "Сметы", "person": each, "contact": None, "since": None} for each in people]
    return "answers", {"title": "", "answers": told}


def html_of(client, address: str = "/ru/people/aizhan/") -> str:
    return client.get(address).content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'news-card-title"><a href="[^"]*">([^<]*)', html)


class TestTheNewsOfAPerson:
    def test_is_what_names_them_newest_first(self, client):
        aizhan, another = person("ru"), person("ru", "bakyt", title="Бакыт")
        naming(articles.published("monday"), aizhan, another)
        naming(articles.published("tuesday", at=articles.MONDAY + timedelta(days=1)), aizhan)
        naming(articles.published("of-another", at=articles.MONDAY + timedelta(days=2)), another)

        assert titles(html_of(client)) == ["tuesday ru", "monday ru"]

    def test_leaves_out_what_is_a_draft_or_private(self, client):
        aizhan = person("ru")
        naming(articles.published("draft", live=False, at=None), aizhan)
        private = naming(articles.published("private"), aizhan)
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

        assert titles(html_of(client)) == []
        assert "news-list" not in html_of(client)

    def test_shows_an_article_once_in_the_readers_language_or_the_next_best(self, client):
        russian = person("ru")
        kyrgyz = person("ky", translation_key=russian.translation_key)
        both = articles.published("both", "ru")
        naming(articles.translated(both, "ky"), kyrgyz)
        naming(both, russian)
        naming(articles.published("russian-only", at=articles.MONDAY - timedelta(days=1)), russian)

        html = html_of(client, "/ky/people/aizhan/")
        assert titles(html) == ["both ky", "russian-only ru"]
        assert re.findall(r'<article class="news-card" lang="(\w\w)"', html) == ["ru"]

    def test_stands_in_the_readers_language_on_a_page_that_is_lent(self, client):
        russian = person("ru")
        both = articles.published("both", "ru")
        naming(both, russian)
        naming(articles.translated(both, "ky"), russian)

        assert titles(html_of(client, "/ky/people/aizhan/")) == ["both ky"]

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_one_query(self, count):
        aizhan = person("ru")
        for number in range(count):
            naming(articles.published(f"article-{number}"), aizhan)

        with CaptureQueriesContext(connection) as told:
            assert len(news.about(aizhan, "ru")) == count
        assert len(told) == 1

    def test_of_somebody_often_named_is_the_latest(self, monkeypatch):
        monkeypatch.setattr(news, "ARTICLES_OF_A_PERSON", 2)
        aizhan = person("ru")
        for number in range(3):
            naming(articles.published(f"day-{number}", at=articles.MONDAY + timedelta(days=number)), aizhan)

        assert [card.title for card in news.about(aizhan, "ru")] == ["day-2 ru", "day-1 ru"]


@pytest.fixture
def picture():
    """A picture of which everything that pages show is ready."""
    image = get_image_model().objects.create(title="IMG_1", file=ContentFile(files.picture(), name="aizhan.png"))
    renditions.make(image)
    return image


class TestThePicture:
    def test_stands_small_beside_the_name_once_it_is_ready(self, client, picture):
        person("ru", image=picture)
        assert '<span class="person-image">' in html_of(client, "/ru/people/")
        renditions.make(picture, portrait=True)
        caches["pages"].clear()
        [shown] = re.findall(r'<img class="person-image"[^>]*>', html_of(client, "/ru/people/"))
        assert f'src="{renditions.portraits([picture.pk])[picture.pk]}"' in shown

    def test_stands_with_its_words(self, client, picture):
        person("ru", image=picture, alt_text="Айжан у «доски»")
        [shown] = re.findall(r'<div class="person-portrait">(.*?)</div>', html_of(client), re.DOTALL)
        assert 'alt="Айжан у «доски»"' in shown
        assert "<source" in shown
        assert "IMG_1" not in shown

    def test_is_left_out_where_there_is_none(self, client):
        person("ru")
        assert "person-portrait" not in html_of(client)

    def test_an_editor_chooses_it_in_the_form(self, enter, picture):
        page = person("ru")
        told = {"title": page.title, "slug": page.slug, "role": page.role, "body-count": "0", "image": str(picture.pk)}
        enter(roles.EDITOR).post(
            f"/cms/pages/{page.pk}/edit/", {**told, "alt_text": "Айжан у доски", "action-publish": "1"}
        )
        page.refresh_from_db()
        assert (page.image, page.alt_text) == (picture, "Айжан у доски")

    def test_goes_and_the_person_stays(self, client, picture):
        person("ru", image=picture, alt_text="Айжан у доски")
        picture.delete()
        assert "person-portrait" not in html_of(client)


class TestWhatAPersonAnswersFor:
    def answered(self, html: str) -> list[str]:
        [listed] = re.findall(r'<ul class="person-answers">(.*?)</ul>', html, re.DOTALL) or [""]
        return re.findall(r'<a href="[^"]*">([^<]*)</a>', listed)

    def test_is_each_open_page_once_by_its_title(self, client):
        aizhan, another = person("ru"), person("ru", "bakyt", title="Бакыт")
        articles.published("wall", body=[answers(aizhan, aizhan, another)])
        articles.published("roof", body=[answers(aizhan)])
        articles.published("of-another", body=[answers(another)])
        articles.published("draft", body=[answers(aizhan)], live=False)
        private = articles.published("private", body=[answers(aizhan)])
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)

        assert self.answered(html_of(client)) == ["roof ru", "wall ru"]

    def test_is_not_what_names_them_otherwise(self, client):
        aizhan = person("ru")
        naming(articles.published("news-of-them"), aizhan)
        link = f'<p><a linktype="page" id="{aizhan.pk}">Айжан</a></p>'
        articles.published("link-to-them", body=[("text", link)])

        assert self.answered(html_of(client)) == []
        assert "person-answers" not in html_of(client)

    def test_is_told_in_the_readers_language_or_the_next_best(self, client):
        russian = person("ru")
        kyrgyz = person("ky", translation_key=russian.translation_key)
        both = articles.published("both", "ru", body=[answers(russian)])
        articles.translated(both, "ky", body=[answers(kyrgyz)])
        articles.published("russian-only", body=[answers(russian)])

        html = html_of(client, "/ky/people/aizhan/")
        assert self.answered(html) == ["both ky", "russian-only ru"]
        assert '<li lang="ru"><a href="/ky/news/russian-only/">' in html

    def test_is_forgotten_once_the_block_is_gone(self, client):
        page = articles.published("wall", body=[answers(person("ru"))])
        page.body = [("text", "<p>Сөз</p>")]
        page.save()

        assert self.answered(html_of(client)) == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_two_queries_and_one_where_there_is_none(self, count):
        aizhan, idle = person("ru"), person("ru", "idle")
        for number in range(count):
            articles.published(f"page-{number}", body=[answers(aizhan)])
        costs = []
        for each in (aizhan, idle):
            with CaptureQueriesContext(connection) as told:
                found = answering.pages(each, "ru")
            costs.append((len(found), len(told)))

        assert costs == [(count, 2), (0, 1)]


def test_the_whole_page_keeps_to_its_budget_and_asks_nothing_twice(client, picture):
    aizhan = person("ru", image=picture, alt_text="Айжан")
    for number in range(3):
        naming(articles.published(f"article-{number}", body=[answers(aizhan)]), aizhan)
    ContentType.objects.clear_cache()
    caches["default"].clear()

    with CaptureQueriesContext(connection) as told:
        html = html_of(client)
    asked = [query["sql"] for query in told]
    assert (len(titles(html)), html.count('"person-answers"'), html.count("person-portrait")) == (3, 1, 1)
    assert len(asked) <= MOST_QUERIES
    assert [sql for sql in asked if asked.count(sql) > 1] == []


def test_search_engines_are_told_of_a_person(client):
    person("ru")

    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html_of(client))

    assert json.loads(script) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": "http://localhost:8000/ru/people/aizhan/",
        "name": "Сыдык кызы Айжан",
        "description": "Мугалим",
        "jobTitle": "Мугалим",
        "url": "http://localhost:8000/ru/people/aizhan/",
        "mainEntityOfPage": "http://localhost:8000/ru/people/aizhan/",
    }


def test_search_engines_are_told_what_the_person_does(client):
    person("ru")
    html = html_of(client)
    assert '<meta property="og:description" content="Мугалим">' in html
    assert '<meta name="description" content="Мугалим">' in html
