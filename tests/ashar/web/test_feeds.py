"""Feeds are XML whatever is told, lead to whole addresses of ours, and call each piece of news by one name for ever."""

from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree
from django.http import Http404
from django.utils import translation

from ashar.web import feeds
from ashar.web.feeds import FORMATS, Channel, Item
from tests.badinput import text

ATOM = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2026, 11, 20, 6, tzinfo=UTC)
SCHOOL = Item("school/opened", "Школа & крыша", ["До зимы <скоро>.", ""], "/ru/projects/school/", NOON)


class Told(feeds.Source):
    """A feed of whatever a test tells."""

    items_told: tuple[Item, ...] = (SCHOOL,)

    def channel(self, kind: str = "") -> Channel:
        if kind == "nothing":
            raise Http404
        return Channel(f"Новости {kind}", "Всё", "/ru/projects/", self.items_told)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://ashar.example"
    with translation.override("ru"):
        yield


@pytest.fixture
def ask(request_to):
    def asked(ending="atom", items=(SCHOOL,), headers=None, **arguments):
        source = Told(FORMATS[ending])
        source.items_told = items
        return source(request_to(f"/ru/feed.{ending}", headers=headers or {}), **arguments)

    return asked


def test_atom_says_everything(ask):
    root = ElementTree.fromstring(ask(kind="Оша").content)
    (entry,) = root.iter(f"{ATOM}entry")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}

    assert (root.findtext(f"{ATOM}title"), root.findtext(f"{ATOM}subtitle")) == ("Новости Оша", "Всё")
    assert links == {"alternate": "https://ashar.example/ru/projects/", "self": "https://ashar.example/ru/feed.atom"}
    assert root.find(f"{ATOM}author").findtext(f"{ATOM}name") == "Ашар"
    assert entry.findtext(f"{ATOM}title") == "Школа & крыша"
    assert entry.find(f"{ATOM}link").get("href") == "https://ashar.example/ru/projects/school/"
    assert entry.findtext(f"{ATOM}published") == entry.findtext(f"{ATOM}updated") == "2026-11-20T06:00:00+00:00"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"


def test_rss_says_everything(ask):
    channel = ElementTree.fromstring(ask("rss").content).find("channel")
    item = channel.find("item")

    assert (channel.findtext("link"), channel.findtext("language")) == ("https://ashar.example/ru/projects/", "ru")
    assert channel.find(f"{ATOM}link").get("href") == "https://ashar.example/ru/feed.rss"
    assert item.findtext("link") == "https://ashar.example/ru/projects/school/"
    assert item.findtext("pubDate") == "Fri, 20 Nov 2026 06:00:00 +0000"
    assert item.find("guid").get("isPermaLink") == "false"


@pytest.mark.parametrize(("ending", "where"), [("atom", f"{ATOM}summary"), ("rss", "item/description")])
def test_text_is_html_in_which_nothing_acts(ask, ending, where):
    (found,) = ElementTree.fromstring(ask(ending).content).iterfind(f".//{where}")
    assert found.text == "<p>До зимы &lt;скоро&gt;.</p>"


@pytest.mark.parametrize("ending", FORMATS)
def test_a_name_is_of_the_news_and_the_language_alone(ask, settings, ending):
    def names():
        root = ElementTree.fromstring(ask(ending).content)
        return [
            found.text for tag in ("guid", f"{ATOM}id") for found in root.iter(tag) if found.text.startswith("urn:")
        ]

    before = names()
    settings.SITE_URL = "https://elsewhere.example"
    assert len(before) == 1
    assert names() == before
    with translation.override("ky"):
        assert names() != before


@pytest.mark.parametrize("ending", FORMATS)
def test_no_text_makes_it_anything_but_xml(ask, ending):
    told = [
        line.value if isinstance(line.value, str) else line.value.decode("utf-8", "replace") for line in text.CATALOGUE
    ]
    told.append("\ud800")
    items = tuple(Item(str(n), words, [words], "/ru/", NOON) for n, words in enumerate(told))
    root = ElementTree.fromstring(ask(ending, items).content)
    assert len([*root.iter("item"), *root.iter(f"{ATOM}entry")]) == len(told)


@pytest.mark.parametrize(
    ("words", "left"), [("a\x00b\x0b\x1b\ufffe\uffff\ud800c", "abc"), ("a\tb\nc", "a\tb\nc"), ("Ңң 👨 𝒜", "Ңң 👨 𝒜")]
)
def test_only_what_xml_cannot_hold_is_left_out(words, left):
    assert feeds.printable(words) == left


@pytest.mark.parametrize("ending", FORMATS)
def test_who_has_it_is_told_so(ask, ending):
    first = ask(ending)
    again = ask(ending, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=60"
    assert ask(ending, (), {"If-None-Match": first["ETag"]}).status_code == 200


def test_what_is_not_there_is_not_found(ask):
    with pytest.raises(Http404):
        ask(kind="nothing")


def test_an_empty_feed_is_a_feed(ask):
    assert list(ElementTree.fromstring(ask(items=()).content).iter(f"{ATOM}entry")) == []
