"""The translators' tool beside ours: lines stay lines in it, and it speaks the language of who reads it."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
import wagtail_localize
from wagtail_localize.models import StringSegment

from cms.editing import side_by_side, strings
from cms.models import ArticlePage
from tests.cms.editing.conftest import KYRGYZ, brought_back, filled, taken_away, written_by
from tests.cms.editing.test_strings import typed
from tests.factories import articles

TOOL = Path(wagtail_localize.__file__).parent / "static" / "wagtail_localize" / "js" / "wagtail-localize.js"
LINES = "Берегись:<br/>лёд.<br/><br/>И снег."
LINES_IN_KYRGYZ = "Сак бол:<br/>муз.<br/><br/>Кар да."


@pytest.fixture
def russian(planted) -> ArticlePage:
    """A live article whose callout has lines, with a table."""
    page = written_by(None, "roof", live=True)
    page.title, page.lead = "Крыша", "Коротко."
    page.body = [
        ("text", "<p>До зимы<br/>успели.</p>"),
        ("callout", {"kind": "info", "title": "Знай", "text": LINES.replace("<br/>", "\n")}),
        ("table", {"caption": "Таблица", "cells": articles.table(("Год", "Дома"), ("2023", "15")), "source": ""}),
    ]
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def form_of(browser, kyrgyz, language: str = "en") -> str:
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    return browser.get(kyrgyz.get_target_instance_edit_url()).content.decode()


def test_lines_end_in_plain_and_rich_texts_alone(kyrgyz):
    assert [each.string.data for each in strings.taking_lines(kyrgyz)] == ["До зимы<br/>успели.", LINES]


def test_asking_where_lines_end_costs_the_same_for_few_texts_and_many(kyrgyz, russian, django_assert_num_queries):
    assert kyrgyz.source.specific_content_type.model_class() is ArticlePage
    with django_assert_num_queries(1):
        strings.taking_lines(kyrgyz)
    russian.body.append(("callout", {"kind": "info", "title": "", "text": "Одна\nдве"}))
    russian.save_revision().publish()
    with django_assert_num_queries(1):
        assert len(strings.taking_lines(kyrgyz)) == 3


def test_the_form_says_where_lines_end_and_brings_what_reads_it(office, kyrgyz):
    html = form_of(office, kyrgyz)
    told = json.loads(re.search(r'data-side-by-side data-lines="(.*?)"', html)[1])
    assert list(StringSegment.objects.filter(pk__in=told).order_by("order").values_list("string__data", flat=True)) == [
        "До зимы<br/>успели.",
        LINES,
    ]
    assert ("cms/side-by-side.js" in html, "cms/side-by-side.css" in html) == (True, True)


def test_lines_go_to_readers_as_lines_and_through_a_catalogue_unchanged(office, kyrgyz, russian, published):
    others = {**KYRGYZ, "До зимы<br/>успели.": "Кышка<br/>чейин.", "Знай": "Билип кой"}
    others |= {"Таблица": "Жадыбал", "Год": "Жыл", "Дома": "Үйлөр"}
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), others)))
    told = typed(office, kyrgyz, rf"{russian.body[1].id}\.text", LINES_IN_KYRGYZ)
    assert (told["data"], told["error"]) == (LINES_IN_KYRGYZ, None)

    again = taken_away(office, kyrgyz)
    brought_back(office, kyrgyz, str(again))
    page = published(office, kyrgyz)

    assert {entry.msgid: entry.msgstr for entry in again}[LINES] == LINES_IN_KYRGYZ
    assert page.body[1].value["text"] == LINES_IN_KYRGYZ.replace("<br/>", "\n")
    assert page.body[0].value.source == "<p>Кышка<br/>чейин.</p>"


@pytest.mark.parametrize(
    ("language", "heading", "keys"),
    [
        ("ky", "Котормо: Русский → Кыргызча", "Enter сапты бүтүрөт, Ctrl + Enter сактайт"),
        ("ru", "Перевод: Русский → Кыргызча", "Enter заканчивает строку, Ctrl + Enter сохраняет"),
        ("en", "Translation: Русский → Кыргызча", "Enter ends a line, Ctrl + Enter saves"),
    ],
)
def test_the_form_has_the_words_that_the_tool_lacks(office, kyrgyz, language, heading, keys):
    html = unescape(form_of(office, kyrgyz, language))
    assert re.findall(r'data-(?:heading|said|keys)="(.*?)"', html) == [
        heading,
        "Русский to Кыргызча translation",
        keys,
    ]


def test_the_tool_still_says_in_english_alone_what_our_script_looks_for():
    tool = TOOL.read_text(encoding="utf-8")
    assert tool.count('className:"w-sr-only"},"More actions")') == 2
    assert "${r.sourceLocale.displayName} to ${r.locale.displayName} translation" in tool
    assert 'replace(/(\\r\\n|\\n|\\r)/gm,"")' in tool  # why lines must be hidden from it


@pytest.mark.parametrize(("language", "said"), [("ru", ["Поиск", "Больше действий", "Сохранить"])])
def test_words_for_the_tools_script_leave_those_of_wagtails_in_the_readers_language(office, kyrgyz, language, said):
    form_of(office, kyrgyz, language)
    words = office.get("/cms/localize/jsi18n/").content.decode()
    catalogue = json.loads(re.search(r"const newcatalog = (\{.*?\n  \});", words, re.DOTALL)[1])
    assert [catalogue.get(each) for each in ("Search", "More actions", "Save")] == said


def test_no_text_value_or_snippet_has_the_key_of_another():
    kinds = ("string", "synchronised_value", "related_object")
    told = {
        "segments": [{"type": kind, "id": number, "source": "Крыша"} for kind in kinds for number in (1, 2)],
        "initialOverrides": [{"segment_id": 2, "data": "https://example.org/"}],
        "initialStringTranslations": [{"segment_id": 2, "data": "Чатыр"}],
    }
    apart = json.loads(side_by_side.told_apart(json.dumps(told)))
    keys = [each["id"] for each in apart["segments"]]
    assert (keys[:2], len(set(keys))) == ([1, 2], 6)
    assert [each["segment_id"] for each in apart["initialOverrides"]] == [keys[3]]
    assert [{**each, "id": 0} for each in apart["segments"]] == [{**each, "id": 0} for each in told["segments"]]
    assert apart["initialStringTranslations"] == told["initialStringTranslations"]


def test_the_form_gives_them_apart_to_the_tool(office, kyrgyz, russian):
    russian.body.append(("text", '<p><a href="https://example.org/">Дальше</a></p>'))
    russian.save_revision().publish()
    told = json.loads(unescape(re.search(r'data-props="(.*?)"', form_of(office, kyrgyz))[1]))
    keys = [each["id"] for each in told["segments"] if each["type"] == "synchronised_value"]
    assert keys == [f"synchronised_value-{each.pk}" for each in kyrgyz.source.overridablesegment_set.order_by("order")]
    assert keys != []
