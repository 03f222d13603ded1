"""News in three trees: who sees which article where, in which order, and in whose words."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.models import PageViewRestriction

from cms import renditions
from cms.pages import news
from cms.pages.news import ArticleTopic, NewsIndexPage, Topic
from cms.pages.people import PersonIndexPage, PersonPage
from tests.badinput import files
from tests.factories import articles

pytestmark = pytest.mark.usefixtures("planted")
TUESDAY = articles.MONDAY + timedelta(days=1)


def titles(html: str) -> list[str]:
    return re.findall(r'news-card-title"><a href="[^"]*">([^<]*)', html)


class TestTheList:
    @pytest.mark.parametrize("code", ["ky", "ru", "en"])
    def test_stands_where_links_lead(self, client, code):
        page = client.get(news.path_of_list(code)).context["page"]
        assert (type(page), page.locale.language_code) == (NewsIndexPage, code)

    def test_shows_the_newest_first_and_pinned_ones_before(self, client):
        articles.published("old", at=articles.MONDAY - timedelta(days=9), pinned_until=date(2099, 1, 1))
        articles.published("monday")
        articles.published("tuesday", at=TUESDAY, pinned_until=date(2020, 1, 1))
        assert titles(client.get("/ru/news/").content.decode()) == ["old ru", "tuesday ru", "monday ru"]

    def test_shows_each_article_once_in_the_readers_language_or_the_next_best(self, client):
        both = articles.published("both", "ru")
        articles.translated(both, "ky")
        articles.published("russian-only", "ru", at=TUESDAY)
        html = client.get("/ky/news/").content.decode()
        assert titles(html) == ["russian-only ru", "both ky"]
        assert re.findall(r'<article class="news-card" lang="(\w\w)"', html) == ["ru"]
        assert 'href="/ky/news/russian-only/"' in html

    def test_shows_the_first_picture_of_each_once_it_is_ready(self, client):
        image = get_image_model().objects.create(
            title="x", file=ContentFile(files.picture(size=(40, 20)), name="x.png")
        )
        image.contextual_alt_text, image.decorative = "Чатыр", False
        articles.published("roof", body=[("text", "<p>x</p>"), ("picture", {"picture": image})])
        articles.published("words")
        assert "news-card-picture" not in client.get("/ru/news/").content.decode()
        renditions.make(image)
        caches["pages"].clear()
        [shown] = re.findall(
            r'<div class="news-card-picture">(.*?)</div>', client.get("/ru/news/").content.decode(), re.DOTALL
        )
        assert ("<source" in shown, 'alt=""' in shown, 'loading="lazy"' in shown) == (True, True, True)

    def test_leaves_out_what_is_a_draft_or_private(self, client):
        articles.published("draft", live=False, at=None)
        PageViewRestriction.objects.create(
            page=articles.published("private"), restriction_type=PageViewRestriction.LOGIN
        )
        articles.published("open")
        assert titles(client.get("/ru/news/").content.decode()) == ["open ru"]

    def test_is_narrowed_to_a_topic(self, client):
        water, school = (
            Topic.objects.create(slug=slug, title_ky=title, title_ru=title, title_en=title)
            for slug, title in (("water", "Вода"), ("school", "Школа"))
        )
        Topic.objects.create(slug="unused", title_ky="x", title_ru="x", title_en="x")
        for slug, topic in (("well", water), ("roof", school)):
            article = articles.published(slug)
            article.topics = [ArticleTopic(topic=topic)]
            article.save()
        html = client.get("/ru/news/?topic=water").content.decode()
        assert titles(html) == ["well ru"]
        found = re.findall(r'class="choices-choice" href="([^"]*)"( aria-current="true")?>([^<]*)<', html)
        assert found == [
            ("?", "", "Все темы"), ("?topic=water", ' aria-current="true"', "Вода"), ("?topic=school", "", "Школа"),
        ]  # fmt: skip
        assert re.search(r'rel="canonical" href="[^"]*/ru/news/"', html)
        assert '<a href="/ru/news/?topic=water">Вода</a>' in client.get("/ru/news/well/").content.decode()

    @pytest.mark.parametrize("asked", ["", "nonsense", "' OR 1=1", "\x00"])
    def test_a_topic_that_nothing_is_written_of_narrows_nothing(self, client, asked):
        articles.published("well")
        html = client.get("/ru/news/", {"topic": asked}).content.decode()
        assert (titles(html), "choices-choice" in html) == (["well ru"], False)

    def test_says_when_there_is_none(self, client):
        assert "Новостей пока нет." in client.get("/ru/news/").content.decode()

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_the_same_for_one_and_for_three(self, client, count):
        for number in range(count):
            articles.published(f"article-{number}")
        with CaptureQueriesContext(connection) as told:
            news.latest("ky", on=articles.MONDAY.date(), count=3)
        assert len(told) == 1


class TestAnArticle:
    def test_shows_topics_people_and_sources(self, client):
        page = articles.published(
            "roof", sources=[("source", {"title": "Кочкор кабары", "address": "https://example.org/a"})]
        )
        person = PersonIndexPage.objects.get(locale__language_code="ru").add_child(
            instance=PersonPage(title="Сыдык кызы Айжан", slug="aizhan", role="Учитель")
        )
        page.topics.create(
            topic=Topic.objects.create(slug="schools", title_ky="Мектеп", title_ru="Школы", title_en="Schools")
        )
        page.people.create(person=person)
        page.save()
        html = client.get("/ru/news/roof/").content.decode()
        assert ">Школы</a>" in html
        assert '<a href="/ru/people/aizhan/">Сыдык кызы Айжан</a>' in html
        assert '<a href="https://example.org/a" rel="noopener">Кочкор кабары</a>' in html

    def test_is_announced_only_in_languages_it_exists_in(self, client):
        articles.translated(articles.published("roof", "ru"), "en")
        html = client.get("/ru/news/roof/").content.decode()
        assert re.findall(r'hreflang="(\w\w)" href="[^"]*?(/\w\w/[^"]*)"', html) == [
            ("ru", "/ru/news/roof/"),
            ("en", "/en/news/roof/"),
        ]

    def test_is_lent_to_a_language_that_has_none(self, client):
        articles.published("roof", "ru")
        html = client.get("/ky/news/roof/").content.decode()
        assert 'lang="ky"' in html.split("<head>")[0]
        assert '<article class="article stack-wide" lang="ru">' in html
        assert "Бул бет азырынча которула элек." in html
        assert 'rel="canonical" href="http://localhost:8000/ru/news/roof/"' in html

    def test_of_the_readers_own_language_needs_no_notice(self, client):
        articles.published("roof", "ky")
        html = client.get("/ky/news/roof/").content.decode()
        assert '<article class="article stack-wide">' in html
        assert "которула элек" not in html

    @pytest.mark.parametrize("live", [True, False])
    def test_private_or_draft_is_lent_to_nobody(self, client, live):
        page = articles.published("secret", "ru", live=live)
        if live:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert client.get("/ky/news/secret/").status_code == (302 if live else 404)

    def test_a_project_page_is_lent_to_nobody(self, client, school_page):
        school_page.unpublish()
        assert client.get("/ru/projects/school/").status_code == 404


def test_the_home_page_shows_the_three_newest(client):
    for day in range(4):
        articles.published(f"day-{day}", "en", at=articles.MONDAY + timedelta(days=day))
    assert titles(client.get("/en/").content.decode()) == ["day-3 en", "day-2 en", "day-1 en"]
