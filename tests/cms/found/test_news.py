"""News as feed readers, search engines and networks see it: dated, signed, announced only where it can be read."""

import json
import re
from datetime import date, timedelta

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from ashar.accounts import roles
from cms.found import sightings
from cms.models import NewsIndexPage, PersonIndexPage, PersonPage
from tests.factories import articles

pytestmark = pytest.mark.usefixtures("planted")
ATOM = "{http://www.w3.org/2005/Atom}"
META = re.compile(r'<meta property="([\w:]+)" content="([^"]*)">')
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def html(address: str) -> str:
    return Client().get(address).content.decode()


def entries(address: str) -> list[tuple[str, ...]]:
    """Return title, address, moment and name of each piece of news."""
    response = Client().get(address)
    assert response.status_code == 200
    found = ElementTree.fromstring(response.content).iter(f"{ATOM}entry")
    return [
        (one.findtext(f"{ATOM}title"), one.find(f"{ATOM}link").get("href"), one.findtext(f"{ATOM}published"), one.findtext(f"{ATOM}id"))
        for one in found
    ]  # fmt: skip


class TestTheFeed:
    def test_tells_the_newest_first_and_pins_nothing(self, settings):
        articles.published("old", at=articles.MONDAY - timedelta(days=3), pinned_until=date(2099, 1, 1))
        articles.published("new")
        told = [(title, href, at) for title, href, at, _ in entries("/ru/news/feed.atom")]
        assert told == [
            ("new ru", f"{settings.SITE_URL}/ru/news/new/", "2026-11-23T09:00:00+00:00"),
            ("old ru", f"{settings.SITE_URL}/ru/news/old/", "2026-11-20T09:00:00+00:00"),
        ]

    def test_tells_each_once_in_the_readers_language_or_the_next_best(self, settings):
        articles.translated(articles.published("both"), "ky")
        articles.published("russian", at=articles.MONDAY - timedelta(days=1))
        told = [(title, href.removeprefix(settings.SITE_URL)) for title, href, *_ in entries("/ky/news/feed.atom")]
        assert told == [("both ky", "/ky/news/both/"), ("russian ru", "/ky/news/russian/")]

    def test_a_name_stays_when_a_translation_comes(self):
        page = articles.published("roof")
        [(*_, before)] = entries("/ky/news/feed.atom")
        articles.translated(page, "ky")
        [(title, *_, after)] = entries("/ky/news/feed.atom")
        assert (title, after) == ("roof ky", before)

    def test_tells_nothing_private_withdrawn_or_undated(self):
        PageViewRestriction.objects.create(
            page=articles.published("private"), restriction_type=PageViewRestriction.LOGIN
        )
        articles.published("withdrawn", live=False)
        articles.published("undated", at=None)
        assert entries("/ru/news/feed.atom") == []

    @pytest.mark.parametrize("kind", ["atom", "rss"])
    @pytest.mark.parametrize("code", ["ky", "ru", "en"])
    def test_is_announced_where_news_are(self, settings, kind, code):
        articles.translated(articles.published("roof"), code) if code != "ru" else articles.published("roof")
        link = f'href="{settings.SITE_URL}/{code}/news/feed.{kind}"'
        assert [page for page in ("", "news/", "news/roof/") if link not in html(f"/{code}/{page}")] == []


class TestTheHead:
    def test_is_that_of_an_article_of_its_day(self, settings):
        articles.published("roof", title="Крыша готова")
        told = dict(META.findall(html("/ru/news/roof/")))
        assert (told["og:type"], told["og:title"], told["og:description"]) == ("article", "Крыша готова", "До зимы.")
        assert told["og:url"] == f"{settings.SITE_URL}/ru/news/roof/"
        assert told["article:published_time"] == articles.MONDAY.isoformat()
        assert told["og:image"] == f"{settings.SITE_URL}/ru/news/roof/card.png"

    def test_other_pages_are_no_articles(self):
        told = dict(META.findall(html("/ru/news/")))
        assert (told["og:type"], "article:published_time" in told) == ("website", False)

    def test_machines_read_a_news_article(self, settings):
        articles.published("roof", title="Крыша готова")
        (block,) = BLOCK.findall(html("/ru/news/roof/"))
        told, here = json.loads(block), f"{settings.SITE_URL}/ru/news/roof/"
        ours = {"@type": "Organization", "@id": f"{settings.SITE_URL}/#organization", "name": "Ашар"}
        assert told == {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": here,
            "headline": "Крыша готова",
            "description": "До зимы.",
            "url": here,
            "mainEntityOfPage": here,
            "image": f"{here}card.png",
            "inLanguage": "ru",
            "datePublished": articles.MONDAY.isoformat(),
            "dateModified": articles.MONDAY.isoformat(),
            "author": ours,
            "publisher": ours,
        }

    def test_one_that_is_lent_names_its_own_address(self, settings):
        articles.published("roof")
        (block,) = BLOCK.findall(html("/ky/news/roof/"))
        told = json.loads(block)
        assert (told["url"], told["inLanguage"]) == (f"{settings.SITE_URL}/ru/news/roof/", "ru")

    def test_what_is_passed_on_is_the_address_of_the_site(self, settings):
        articles.published("roof")
        assert f'value="{settings.SITE_URL}/ru/news/roof/"' in html("/ru/news/roof/")


class TestTheCard:
    def test_is_a_picture_that_is_kept_by_its_name(self):
        articles.published("roof")
        answer = Client().get("/ru/news/roof/card.png")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert Client().get("/ru/news/roof/card.png", headers={"If-None-Match": answer["ETag"]}).status_code == 304

    def test_says_the_title_in_the_language_it_is_asked_in(self):
        articles.translated(articles.published("roof"), "ky")
        ends = [Client().get(f"/{code}/news/roof/card.png")["ETag"] for code in ("ky", "ru", "en")]
        assert len(set(ends)) == 3

    @pytest.mark.parametrize("slug", ["private", "withdrawn", "nowhere"])
    def test_of_what_nobody_may_read_there_is_none(self, slug):
        PageViewRestriction.objects.create(
            page=articles.published("private"), restriction_type=PageViewRestriction.LOGIN
        )
        articles.published("withdrawn", live=False)
        assert Client().get(f"/ru/news/{slug}/card.png").status_code == 404


class TestTheSitemap:
    def test_lists_articles_and_people_where_they_exist(self):
        articles.translated(articles.published("roof"), "en")
        index = PersonIndexPage.objects.get(locale__language_code="ky")
        index.add_child(instance=PersonPage(title="Айжан", slug="aizhan", role="Мугалим"))
        told = {one.path: sorted(one.translations) for one in sightings.addresses() if one.path.count("/") == 4}
        assert told == {"/en/news/roof/": ["en", "ru"], "/ru/news/roof/": ["en", "ru"], "/ky/people/aizhan/": ["ky"]}


class TestAPreview:
    """A page that no reader has seen has no place of its own yet, and its head must not fall over that."""

    @pytest.mark.parametrize("slug", ["", "roof"])
    def test_of_a_page_that_was_never_saved(self, enter, slug):
        index = NewsIndexPage.objects.get(locale__language_code="ru")
        place = reverse("wagtailadmin_pages:preview_on_add", args=["cms", "articlepage", index.pk])
        editor = enter(roles.EDITOR)
        told = articles.form("Крыша", [("text", articles.rich("Сөз"))], slug=slug)
        assert editor.post(place, told).json()["is_valid"]
        assert "<h1>Крыша</h1>" in editor.get(place).content.decode()

    def test_of_a_draft(self, enter):
        page = articles.published("roof", live=False)
        page.save_revision()
        answer = enter(roles.EDITOR).get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert "<h1>roof ru</h1>" in answer.content.decode()
