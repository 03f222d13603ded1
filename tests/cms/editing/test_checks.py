"""What an editor is told of a page: each finding where it is due, none where it is not, and nothing that stops anybody."""

import json

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.images.models import Image

from ashar.accounts import roles
from cms.editing import checks
from cms.models import ArticlePage, HomePage
from tests.cms.conftest import LANGUAGES
from tests.cms.test_landing import landing
from tests.cms.test_people import person
from tests.cms.test_pictures import photo
from tests.cms.test_statistics import figure, measure, statistics
from tests.factories import articles

pytestmark = pytest.mark.usefixtures("planted")
SOURCED = [("source", {"title": "Акт", "address": "", "on": None})]


def codes(page) -> list[str]:
    return [finding.code for finding in checks.findings(page)]


def kyrgyz(*body, **facts) -> ArticlePage:
    """An article that lacks nothing but what a test takes from it."""
    return articles.published("check", "ky", body=list(body), **facts)


def text(html: str) -> tuple[str, str]:
    return "text", html


@pytest.fixture
def picture() -> Image:
    return Image.objects.create(title="IMG_2034.jpg", file=ContentFile(photo(), name="bridge.jpg"))


def test_a_page_in_order_is_told_nothing():
    assert codes(kyrgyz(text("<p>Чогулган акча: 1 234,50 сом. <a href='/ky/news/'>Башка жаңылыктар</a></p>"))) == []


class TestPictures:
    @pytest.mark.parametrize(
        ("words", "decorative", "told"),
        [
            ("", False, ["no_alt"]),
            ("  ", False, ["no_alt"]),
            ("IMG_2034.jpg", False, ["alt_is_a_file"]),
            ("bridge.JPEG", False, ["alt_is_a_file"]),
            ("DSC 0042", False, ["alt_is_a_file"]),
            ("Суу үстүндөгү көпүрө", False, []),
            ("", True, []),
        ],
    )
    def test_words_for_who_cannot_see(self, picture, words, decorative, told):
        page = kyrgyz()
        shown = {"image": picture.pk, "alt_text": words, "decorative": decorative}
        page.body = ArticlePage.body.field.stream_block.to_python(
            [{"type": "picture", "value": {"picture": shown, "caption": "", "credit": ""}}]
        )
        assert codes(page) == told

    @pytest.mark.parametrize(
        "words",
        [
            "WhatsApp Image 2026-11-27 at 10.05.44",
            "Снимок экрана 2026-11-27 в 10.05.44",
            "Screenshot_20261127-101500_Chrome",
            "Screen Shot 2026-11-27 at 10.05.44 AM",
            "IMG-20261127-WA0001",
            "IMG 2034 (2)",
            "1000012345",
            "20261127 101500",
            "2026-11-27 10.05.44",
            "Без имени-1",
            "Untitled",
            "DSC 0001",
            "DSCN0042",
            "PXL 20261127",
            "photo 2026-11-27 10-15-00",
            "0b5e2c9e-6a51-4c8f-9c59-0b7a53c1d1aa",
            "bridge.heic",
        ],
    )
    def test_names_that_phones_and_programs_give(self, words):
        assert [finding.code for finding in checks._picture({"image": 1, "alt_text": words}, "")] == ["alt_is_a_file"]

    @pytest.mark.parametrize(
        "words",
        [
            "Фото 1920 года: мост через Нарын",
            "Снимок 3 учеников у доски",
            "Photo of 12 pupils",
            "Image of a bridge",
            "Без имени не обошлось: 40 подписей",
            "40 окуучу мектептин алдында",
            "Таблица 5",
            "Телеграф",
        ],
    )
    def test_words_that_only_begin_so_are_words(self, words):
        assert list(checks._picture({"image": 1, "alt_text": words}, "")) == []

    @pytest.mark.parametrize("page", [person, lambda code, **facts: landing("about", code, **facts)])
    @pytest.mark.parametrize(("words", "told"), [("", ["no_alt"]), ("IMG_1.jpg", ["alt_is_a_file"]), ("Мост", [])])
    def test_the_picture_at_the_head_of_a_page_needs_them_too(self, picture, page, words, told):
        shown = page("ky", image=picture, alt_text=words)
        assert codes(shown) == told
        shown.image = None
        assert codes(shown) == []


class TestSources:
    @pytest.mark.parametrize(("source", "told"), [("", ["no_source"]), (" ", ["no_source"]), ("Акт", [])])
    @pytest.mark.parametrize(
        "block",
        [
            ("figure_box", {"figure": "40", "what": "чырак", "year": 2026, "address": ""}),
            ("table", {"caption": "Чырак", "cells": "а\tб\n1\t2"}),
            ("chart", {"title": "Чырак", "kind": "bar", "cells": "а\tб\n1\t2"}),
        ],
        ids=lambda block: block[0],
    )
    def test_a_figure_needs_one(self, block, source, told):
        name, value = block
        assert codes(kyrgyz((name, {**value, "source": source}))) == told

    def test_so_does_each_figure_of_the_statistics(self):
        page = statistics("ky", measure("Чет өлкөдө", figure(), figure(source="")))
        assert codes(page) == ["no_source"]

    @pytest.mark.parametrize("words", ["40%", "1 200 киши"])
    def test_figures_in_the_text_need_one_of_the_page(self, words):
        assert codes(kyrgyz(text(f"<p>{words} ж.б.</p>"))) == ["no_sources"]
        named = articles.published("named", "ky", body=[text(f"<p>{words}</p>")], sources=SOURCED)
        assert codes(named) == []


class TestLinks:
    @pytest.mark.parametrize(
        "words", ["бул жерде", "Здесь", "тут.", "here", "Click  here", "<b>сюда</b>", "подробнее →"]
    )
    def test_words_that_say_nothing(self, words):
        assert codes(kyrgyz(text(f'<p><a href="/ky/">{words}</a></p>'))) == ["link_says_nothing"]

    @pytest.mark.parametrize("words", ["Тут жыгачы", "бул жерде турган мектеп", "where", "О здешних"])
    def test_words_that_say_something(self, words):
        assert codes(kyrgyz(text(f'<p>тут, здесь, here: <a href="/ky/">{words}</a></p>'))) == []

    def test_a_page_that_is_gone(self):
        page = kyrgyz(text('<p><a linktype="page" id="99999">Мектеп</a></p>'))
        with translation.override("en"):
            [told] = checks.findings(page)
        assert told == checks.Finding("astray", "The page does not exist any more. “Мектеп”", "body › Text")

    @pytest.mark.parametrize("address", ["http://localhost:8000/ru/news/zzz-net/", "/ru/projects/nope/"])
    def test_an_address_of_ours_at_which_nothing_is(self, settings, address):
        settings.SITE_URL = "http://localhost:8000"
        page = kyrgyz(text(f'<p><a href="{address}">Мектеп</a> <a href="/ky/news/">Жаңылыктар</a></p>'))
        with translation.override("en"):
            [told] = checks.findings(page)
        assert told == checks.Finding("astray", "There is nothing at this address of ours. “Мектеп”", "body › Text")

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("ky", "Мындай бет эми жок. «Мектеп»"),
            ("ru", "Такой страницы больше нет. «Мектеп»"),
            ("en", "The page does not exist any more. “Мектеп”"),
        ],
    )
    def test_words_stand_in_the_quotes_of_the_language(self, language, told):
        page = kyrgyz(text('<p><a linktype="page" id="99999">Мектеп</a></p>'))
        with translation.override(language):
            assert [finding.text for finding in checks.findings(page)] == [told]

    def test_what_was_typed_wrong_into_a_draft_is_no_address_of_ours(self):
        figure = {"figure": "40", "what": "чырак", "year": 2026, "source": "Акт", "address": {"typed": "javascript:x"}}
        page = kyrgyz()
        page.body = ArticlePage.body.field.to_python(json.dumps([{"type": "figure_box", "value": figure}]))
        with translation.override("en"):
            [told] = checks.findings(page)
        assert (told.code, told.where) == ("as_typed", "body › Figure › Address of the source")
        assert told.text.startswith("“javascript:x” is not what this field takes.")


class TestSums:
    def test_of_any_words_of_the_page(self):
        body = [text("<p>1000 сом</p>"), ("callout", {"kind": "info", "title": "KGS 5", "text": "2 000 сом"})]
        page = kyrgyz(*body, lead="Чогулду: 10000 сом")
        with translation.override("en"):
            told = [finding.text for finding in checks.findings(page)]
        assert told == [
            "“10000 сом” is written “10 000 сом” here.",
            "“1000 сом” is written “1 000 сом” here.",
            "“KGS 5” is written “5 сом” here.",
        ]

    def test_by_the_language_of_the_page_not_of_the_editor(self):
        page = articles.published("sums", "en", body=[text("<p>KGS 1,000</p>")])
        for language in LANGUAGES:
            with translation.override(language):
                assert codes(page) == ["no_kyrgyz"]


class TestKyrgyz:
    @pytest.mark.parametrize(("code", "told"), [("ky", []), ("ru", ["no_kyrgyz"]), ("en", ["no_kyrgyz"])])
    def test_is_missing_where_there_is_none(self, code, told):
        assert codes(articles.published("alone", code, body=[])) == told

    def test_is_there_once_it_is_public(self):
        russian = articles.published("pair", "ru", body=[])
        twin = articles.translated(russian, "ky")
        assert codes(russian) == []
        twin.unpublish()
        assert codes(russian) == ["no_kyrgyz"]

    def test_pages_that_are_not_written_need_none(self):
        home = HomePage.objects.get(locale__language_code="ru")
        HomePage.objects.filter(locale__language_code="ky").update(live=False)
        assert codes(home) == []


class TestLength:
    @pytest.mark.parametrize(("code", "minutes"), [("ky", 4), ("ru", 3), ("en", 3)])
    def test_each_language_is_read_at_its_pace(self, code, minutes):
        page = articles.published("long", code, lead="сөз", title="сөз", body=[text(f"<p>{'сөз ' * 498}</p>")])
        assert checks.length(page) == checks.Length(words=500, minutes=minutes)

    def test_it_asks_the_database_nothing(self):
        page = kyrgyz(text("<p>Сөз</p>"))
        with CaptureQueriesContext(connection) as told:
            checks.length(page)
        assert len(told) == 0

    @pytest.mark.parametrize("count", [1, 3])
    def test_findings_cost_the_same_for_one_and_for_three(self, count):
        links = '<a linktype="page" id="99999">х</a><a linktype="document" id="9">ц</a>' * count
        page = articles.published("cost", "ru", body=[text(f"<p>{links}</p>")])
        with CaptureQueriesContext(connection) as told:
            checks.findings(page)
        assert len(told) == 3


class TestInTheForm:
    @pytest.fixture
    def page(self) -> ArticlePage:
        page = articles.published("form", "ru", body=[text("<p>1000 сом &lt;b&gt;</p>")], lead="<script>1</script>")
        page.save_revision()
        return page

    def form(self, client, page, language) -> str:
        return client.get(f"/cms/pages/{page.pk}/edit/", HTTP_ACCEPT_LANGUAGE=language).content.decode()

    @pytest.mark.parametrize(
        ("language", "title", "told"),
        [
            ("ky", "Дагы бир карап чыгыңыз", "«1000 сом» бул жерде «1 000 сом» деп жазылат."),
            ("ru", "На что ещё посмотреть", "«1000 сом» здесь пишется «1 000 сом»."),
            ("en", "What to look at again", "“1000 сом” is written “1 000 сом” here."),
        ],
    )
    def test_the_panel_speaks_the_language_of_the_editor(self, enter, page, language, title, told):
        html = self.form(enter(roles.EDITOR), page, language)
        assert (title in html, told in html, html.count("data-check=")) == (True, True, 2)

    def test_a_page_with_findings_is_published_all_the_same(self, enter, page):
        client = enter(roles.EDITOR)
        told = articles.form("Чатыр", [("text", articles.rich("1000 сом"))], **{"action-publish": "1"})
        client.post(f"/cms/pages/{page.pk}/edit/", {**told, "slug": "form"})
        page.refresh_from_db()
        assert (page.title, page.live, codes(page)) == ("Чатыр", True, ["som", "no_kyrgyz"])

    def test_saving_by_itself_brings_the_panel_up_to_date(self, enter, page):
        client = enter(roles.EDITOR)
        told = articles.form("Чатыр", [("text", articles.rich("Эч нерсе"))])
        answer = client.post(f"/cms/pages/{page.pk}/edit/", {**told, "slug": "form"}, HTTP_ACCEPT="application/json")
        assert (answer.json()["success"], answer.json()["html"].count("data-check=")) == (True, 1)
        page.refresh_from_db()
        assert (page.title, page.has_unpublished_changes) == ("form ru", True)
