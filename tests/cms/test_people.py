"""The page of a person: what names them, each article once, and what search engines are told."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.pages import news
from cms.pages.news import ArticlePage
from cms.pages.people import PersonIndexPage, PersonPage
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


def test_the_whole_page_keeps_to_its_budget(client):
    aizhan = person("ru")
    for number in range(3):
        naming(articles.published(f"article-{number}"), aizhan)

    with CaptureQueriesContext(connection) as told:
        assert len(titles(html_of(client))) == 3
    assert len(told) <= MOST_QUERIES


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
