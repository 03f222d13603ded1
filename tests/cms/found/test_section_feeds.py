"""Feeds of sections: each tells its own newest pages once, announced where they stand, harmless, at one price."""

import json
import re
from datetime import date, timedelta

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.found.sections import SECTIONS
from cms.models import (
    CallIndexPage,
    CallPage,
    EventIndexPage,
    EventPage,
    GuideIndexPage,
    GuidePage,
    PracticeIndexPage,
    PracticePage,
)
from tests.factories import articles
from tests.factories.articles import MONDAY
from tests.factories.calls import OpenCallFactory

pytestmark = pytest.mark.usefixtures("planted")
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</title><script>x()</script>]]> & \x0b"
FACTS = {
    "guides": (GuideIndexPage, GuidePage, {"stage": "abroad", "country_to": "KR", "checked_on": date(2026, 11, 1), "checked_by": "А"}),
    "practices": (PracticeIndexPage, PracticePage, {"country": "MX", "since": 2002, "matching": "3", "lesson": "1"}),
    "events": (EventIndexPage, EventPage, {"starts_at": MONDAY, "ends_at": MONDAY, "place": "Сеул, 1", "zone": "Asia/Seoul"}),
}  # fmt: skip
TYPES = {
    "news": "NewsArticle",
    "guides": "WebPage",
    "practices": "Article",
    "events": "Event",
    "calls": "MonetaryGrant",
}
MORE = {
    "guides": "Республика Корея",
    "practices": "Мексика",
    "events": "Сеул, 1",
    "news": "",
    "calls": "Крайний срок: 11 декабря 2026 г., 12:00",
}


def publish(section: str, slug: str = "new", *, at=MONDAY, **more):
    if section == "news":
        return articles.published(slug, at=at, **more)
    if section == "calls":
        words = {"summary_ru": more.pop("lead", "Бир сүйлөм."), "title_ru": more.pop("title", f"{slug} ru")}
        call = OpenCallFactory(slug=slug, title_ky=words["title_ru"], **words)
        page = CallPage(title="x", slug=slug, call=call, first_published_at=at, **more)
        return CallIndexPage.objects.get(locale__language_code="ru").add_child(instance=page)
    index, kind, facts = FACTS[section]
    told = {"title": f"{slug} ru", "lead": "Бир сүйлөм.", "first_published_at": at, **facts, **more}
    return index.objects.get(locale__language_code="ru").add_child(instance=kind(slug=slug, **told))


def entries(section: str, code: str = "ru"):
    root = ElementTree.fromstring(Client().get(f"/{code}/{section}/feed.atom").content)
    return list(root.iter(f"{ATOM}entry"))


def titles(section: str, code: str = "ru") -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(section, code)]


@pytest.mark.parametrize("section", SECTIONS)
class TestEverySection:
    def test_tells_the_newest_first_and_each_once(self, section, settings):
        publish(section, "old", at=MONDAY - timedelta(days=1))
        publish(section)
        assert titles(section) == titles(section, "ky") == ["new ru", "old ru"]
        entry = entries(section)[0]
        assert entry.find(f"{ATOM}link").get("href") == f"{settings.SITE_URL}/ru/{section}/new/"
        assert entry.findtext(f"{ATOM}published") == MONDAY.isoformat()
        assert MORE[section] in entry.findtext(f"{ATOM}summary").replace("\xa0", " ")

    def test_keeps_silent_on_what_nobody_may_read(self, section):
        publish(section, "draft", live=False)
        publish(section, "undated", at=None)
        closed = publish(section, "closed")
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        assert titles(section) == []

    def test_its_pages_tell_machines_what_they_are(self, section, settings):
        publish(section)
        html, here = Client().get(f"/ru/{section}/new/").content.decode(), f"{settings.SITE_URL}/ru/{section}/new/"
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        assert (json.loads(block)["@type"], json.loads(block)["url"]) == (TYPES[section], here)
        assert html.count(f'<link rel="canonical" href="{here}">') == 1
        assert re.findall(r'hreflang="([\w-]+)" href="([^"]+)"', html) == [("ru", here)]
        assert Client().get(f"/ru/{section}/new/card.png")["Content-Type"] == "image/png"
        assert html.count(f'<meta property="og:image" content="{here}card.png">') == 1

    @pytest.mark.parametrize("code", ["ky", "ru", "en"])
    def test_is_announced_by_its_list_and_its_pages(self, section, settings, code):
        publish(section)
        for page in ("", "new/"):
            html = Client().get(f"/{code}/{section}/{page}").content.decode()
            for kind in ("atom", "rss"):
                assert html.count(f'href="{settings.SITE_URL}/{code}/{section}/feed.{kind}"') == 1

    def test_no_text_breaks_out_of_it(self, section):
        publish(section, title=HOSTILE, lead=HOSTILE)
        (entry,) = entries(section)
        assert entry.findtext(f"{ATOM}title") == HOSTILE.replace("\x0b", "")
        assert "<script>" not in entry.findtext(f"{ATOM}summary")

    @pytest.mark.parametrize("kind", ["atom", "rss"])
    def test_is_read_again_only_when_it_changed(self, section, kind):
        address = f"/ru/{section}/feed.{kind}"
        first = Client().get(address)
        assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        publish(section)
        assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_costs_the_same_for_one_and_for_many(self, section):
        costs = []
        for number in range(3):
            publish(section, f"p{number}")
            with CaptureQueriesContext(connection) as asked:
                Client().get(f"/ru/{section}/feed.atom")
            costs.append(len(asked))
        assert costs == [1, 1, 1]
