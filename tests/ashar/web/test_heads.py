"""Heads: data that no browser runs and no text can end."""

import json
import re

import pytest
from django.utils import translation

from ashar.web import heads
from ashar.web.heads import Head
from tests.badinput import text

BLOCK = re.compile(r'^<script type="application/ld\+json">(.*)</script>$', re.DOTALL)


def read(script: str) -> object:
    return json.loads(BLOCK.match(script)[1])


def test_one_thing_stands_alone_and_several_in_a_graph():
    assert read(heads.script([{"@type": "NGO"}])) == {"@context": "https://schema.org", "@type": "NGO"}
    assert read(heads.script([{"@type": "NGO"}, {"@type": "WebSite"}])) == {
        "@context": "https://schema.org",
        "@graph": [{"@type": "NGO"}, {"@type": "WebSite"}],
    }


def test_nothing_is_said_of_nothing():
    assert heads.script([]) == ""


@pytest.mark.parametrize(
    "words",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "a & b &amp; c",
        "\u2028\u2029",
        '"\\',
        "\x00\x1b",
        "Ңң Өө Үү",
    ],
)
def test_no_text_ends_the_block_and_none_is_lost(words):
    block = heads.script([{"name": words}])
    assert read(block)["name"] == words
    assert [letter for letter in "<>&\u2028\u2029" if letter in BLOCK.match(block)[1]] == []


def test_nor_does_any_of_the_catalogue():
    for line in text.CATALOGUE:
        words = line.value if isinstance(line.value, str) else line.value.decode("utf-8", "replace")
        assert read(heads.script([{"name": words}]))["name"] == words


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/media/a.jpg", "https://ashar.example/media/a.jpg"),
        ("https://store.example/a.jpg", "https://store.example/a.jpg"),
        ("", ""),
    ],
)
def test_addresses_are_whole(settings, address, whole):
    settings.SITE_URL = "https://ashar.example"
    assert heads.absolute(address) == whole


def test_locale_is_that_of_the_page():
    told = []
    for code in ("ky", "ru", "en"):
        with translation.override(code):
            told.append(Head("", "", "").locale)
    assert told == ["ky_KG", "ru_RU", "en_GB"]
