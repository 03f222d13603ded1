"""Practices: by country, each with how it is matched, what we take from it, and never without a source."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, PageViewRestriction

from cms.pages import practices
from cms.pages.practices import PracticeIndexPage, PracticePage

pytestmark = pytest.mark.usefixtures("planted")
SOURCE = ("source", {"title": "Каталог", "address": "https://example.org/a"})


def practice(slug: str, code: str = "ru", *, live: bool = True, **facts) -> PracticePage:
    facts = {
        "title": f"{slug} {code}",
        "lead": "Кыскача.",
        "country": "MX",
        "since": 2002,
        "matching": "Четыре доли.",
        "lesson": "Путь каждого сома открыт.",
        "sources": [SOURCE],
        **facts,
    }
    index = PracticeIndexPage.objects.get(locale__language_code=code)
    return index.add_child(instance=PracticePage(slug=slug, live=live, **facts))


def titles(html: str) -> list[str]:
    return re.findall(r'practice-card-title"><a href="[^"]*">([^<]*)', html)


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestTheList:
    def test_goes_by_country_and_name(self, client):
        practice("pare", country="MD")
        practice("3x1", country="MX")
        practice("dar", country="MD")
        practice("igorts", country="AM")
        assert titles(read(client, "/ru/practices/")) == ["igorts ru", "3x1 ru", "dar ru", "pare ru"]

    def test_says_where_and_since_when(self, client):
        practice("3x1")
        assert "Мексика · с 2002 года" in read(client, "/ru/practices/")
        assert "Мексика · башталган жылы: 2002" in read(client, "/ky/practices/")

    def test_shows_each_once_in_the_readers_language_or_the_next_best(self, client):
        both = practice("both", country="AM")
        practice(
            "both",
            "ky",
            country="AM",
            translation_key=both.translation_key,
            locale=Locale.objects.get(language_code="ky"),
        )
        practice("russian-only")
        html = read(client, "/ky/practices/")
        assert titles(html) == ["both ky", "russian-only ru"]
        assert re.findall(r'<div lang="(\w\w)"><h2', html) == ["ru"]

    def test_leaves_out_what_is_a_draft_or_private(self, client):
        practice("draft", live=False)
        PageViewRestriction.objects.create(page=practice("private"), restriction_type=PageViewRestriction.LOGIN)
        practice("open")
        assert titles(read(client, "/ru/practices/")) == ["open ru"]

    def test_says_when_there_is_none(self, client):
        assert "Практик пока нет." in read(client, "/ru/practices/")

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_one_query(self, count):
        for number in range(count):
            practice(f"practice-{number}")
        with CaptureQueriesContext(connection) as told:
            practices.listed("ky")
        assert len(told) == 1


class TestAPractice:
    def test_says_how_money_is_matched_what_we_take_and_who_says_so(self, client):
        practice("3x1", body=[("text", "<p>Подробно.</p>")])
        html = read(client, "/ru/practices/3x1/")
        assert "Мексика · с 2002 года" in html
        assert "<h2>Как добавляют деньги</h2><p>Четыре доли.</p>" in html
        assert "Подробно." in html
        assert "<h2>Что мы из этого берём</h2><p>Путь каждого сома открыт.</p>" in html
        assert '<a href="https://example.org/a" rel="noopener">Каталог</a>' in html

    def test_words_with_an_angle_are_words(self, client):
        practice("3x1", matching="<b>1</b>\n<script>", lesson="<i>")
        html = read(client, "/ru/practices/3x1/")
        assert "&lt;b&gt;1&lt;/b&gt;<br>&lt;script&gt;" in html
        assert "<p>&lt;i&gt;</p>" in html

    def test_is_lent_to_a_language_that_has_none(self, client):
        practice("3x1")
        assert '<article class="practice stack-wide" lang="ru">' in read(client, "/ky/practices/3x1/")

    def test_tells_machines_which_country_it_is_about(self, client):
        practice("3x1")
        [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(client, "/ru/practices/3x1/"))
        told = json.loads(block)
        assert (told["@type"], told["headline"], told["about"]) == (
            "Article",
            "3x1 ru",
            {"@type": "Country", "name": "Мексика"},
        )

    def test_has_a_card_where_it_is_shared(self, client):
        practice("3x1")
        assert "/ru/practices/3x1/card.png" in read(client, "/ru/practices/3x1/")
        assert client.get("/ru/practices/3x1/card.png").headers["Content-Type"] == "image/png"

    @pytest.mark.parametrize(
        ("facts", "field"), [({"lesson": ""}, "lesson"), ({"country": ""}, "country"), ({"since": 1200}, "since")]
    )
    def test_is_refused_without_what_makes_it_one(self, facts, field):
        page = practice("3x1")
        for name, value in facts.items():
            setattr(page, name, value)
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert list(refusal.value.message_dict) == [field]

    def test_is_refused_without_a_source(self):
        sources = practice("3x1").sources
        sources.stream_block.clean(sources)
        del sources[0]
        with pytest.raises(ValidationError):
            sources.stream_block.clean(sources)

    def test_a_whole_one_passes(self):
        practice("3x1").full_clean()
