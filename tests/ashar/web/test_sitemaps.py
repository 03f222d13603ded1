"""Sitemaps are well-formed, whole addresses, and cut into files where they are long."""

from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree

from ashar.web import sitemaps
from ashar.web.sitemaps import Address

NAMES = {"s": sitemaps.SITEMAP, "x": sitemaps.XHTML}
EARLY, LATE = (datetime(2026, 11, day, 6, tzinfo=UTC) for day in (20, 21))
BOTH = {"ru": "/ru/a/", "ky": "/ky/a/"}


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://ashar.example"


def read(xml: bytes, what: str) -> list[str]:
    return [found.text for found in ElementTree.fromstring(xml).iterfind(f".//s:{what}", NAMES)]


def test_every_address_is_whole_and_dated():
    xml = sitemaps.draw([Address("/ru/a/", BOTH, EARLY), Address("/ky/a/", BOTH, LATE)])

    assert read(xml, "loc") == ["https://ashar.example/ru/a/", "https://ashar.example/ky/a/"]
    assert read(xml, "lastmod") == ["2026-11-20T06:00:00+00:00", "2026-11-21T06:00:00+00:00"]


def test_every_address_names_all_its_translations_and_the_one_for_everybody_else():
    (url,) = ElementTree.fromstring(sitemaps.draw([Address("/ru/a/", BOTH, EARLY)]))

    assert [(link.get("rel"), link.get("hreflang"), link.get("href")) for link in url.iterfind("x:link", NAMES)] == [
        ("alternate", "ky", "https://ashar.example/ky/a/"),
        ("alternate", "x-default", "https://ashar.example/ky/a/"),
        ("alternate", "ru", "https://ashar.example/ru/a/"),
    ]


@pytest.mark.parametrize(
    ("translations", "announced"),
    [
        ({"en": "/en/a/", "ru": "/ru/b/"}, [("ru", "/ru/b/"), ("en", "/en/a/")]),
        ({"ky": "/ky/a/"}, [("ky", "/ky/a/"), ("x-default", "/ky/a/")]),
        ({}, []),
    ],
)
def test_what_is_not_there_is_not_announced(translations, announced):
    assert sitemaps.alternates(translations) == announced


def test_a_page_nobody_dated_says_no_date():
    assert read(sitemaps.draw([Address("/ru/a/", BOTH, None)]), "lastmod") == []


def test_an_ampersand_breaks_nothing():
    assert read(sitemaps.draw([Address("/ru/?a&b", {}, None)]), "loc") == ["https://ashar.example/ru/?a&b"]


def test_an_empty_house_has_one_empty_file():
    assert sitemaps.files([]) == [[]]
    assert read(sitemaps.draw([]), "loc") == []


def test_too_many_addresses_are_cut_into_files(monkeypatch):
    monkeypatch.setattr(sitemaps, "PER_FILE", 2)

    assert [list(part) for part in sitemaps.files([1, 2, 3])] == [[1, 2], [3]]
    assert [list(part) for part in sitemaps.files([1, 2])] == [[1, 2]]


def test_an_index_dates_each_file_by_what_is_newest_in_it():
    parts = {"/sitemap-1.xml": [Address("/a", {}, EARLY), Address("/b", {}, LATE), Address("/c", {}, None)],
             "/sitemap-2.xml": [Address("/d", {}, None)]}  # fmt: skip
    xml = sitemaps.draw_index(parts)

    assert read(xml, "loc") == ["https://ashar.example/sitemap-1.xml", "https://ashar.example/sitemap-2.xml"]
    assert read(xml, "lastmod") == ["2026-11-21T06:00:00+00:00"]
