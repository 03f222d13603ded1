"""One process opens every room in three languages, one after the other, and no label of one stays for the next."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import trans_real
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Site, Task, Workflow

from cms.models import Contact, Figure, GuidePage, HomePage
from tests.cms.conftest import ADMINISTRATOR, LANGUAGES
from tests.cms.snippets.test_snippets import snippet
from tests.cms.test_guides import guide

CYRILLIC = re.compile("[А-Яа-яЁёҢңӨөҮү]{2}")
DEEPEST = 2
# The guide is told in Russian to those who read Kyrgyz, and says so.
NOT_READ = {"jsi18n", "logout", "test404", "failwhale", "guide"}


class Texts(HTMLParser):
    """Every string of a page that a person could read: texts, attributes, and those within JSON and within HTML in it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            self.take(value or "")
            if name == "href":
                self.links.add(value or "")

    def handle_data(self, data):
        self.take(data)

    def take(self, text: str) -> None:
        text = text.strip()
        if text[:1] in {"{", "["}:
            for each in _strings(text):
                self._unfold(each)
        else:
            self.found |= {text, text.split(" (")[0]}

    def _unfold(self, text: str) -> None:
        if "<" in text:
            inner = Texts()
            inner.feed(text)
            self.found |= inner.found
            self.links |= inner.links
        else:
            self.take(text)
            self.links.add(text)


def _strings(text: str) -> Iterator[str]:
    try:
        yield from _leaves(json.loads(text))
    except ValueError:
        yield from ()


def _leaves(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)


def words_of(code: str) -> dict[object, str]:
    """What each sentence of every catalogue is in one language, by its key."""
    told: dict[object, str] = {}
    for catalogue in reversed(trans_real.translation(code)._catalog._catalogs):
        told |= {key: text for key, text in catalogue.items() if isinstance(text, str) and text}
    return told


@pytest.fixture(scope="module")
def foreign() -> dict[str, set[str]]:
    """The Cyrillic sentences that a page of one language can only have from another."""
    told = {code: words_of(code) for code in LANGUAGES}
    names = {str(name) for _code, name in settings.LANGUAGES}
    return {
        code: {text for other in LANGUAGES if other != code for text in told[other].values() if CYRILLIC.search(text)}
        - set(told[code].values())
        - names
        for code in LANGUAGES
    }


@pytest.fixture
def nameless(planted):
    """Nothing that people named is a label by chance."""
    guide("old", checked_on=date(2020, 1, 1))
    snippet(Contact)
    snippet(Figure)
    Page.objects.update(title="x", draft_title="x")
    Task.objects.update(name="x")
    Workflow.objects.update(name="x")
    Site.objects.update(site_name="x")
    for log in (PageLogEntry, ModelLogEntry):
        log.objects.update(label="x")


def rooms() -> list[str]:
    """Where the crawl begins: the front page, and forms that no list leads to when it is empty."""
    home, old = HomePage.objects.get(locale__language_code="ky"), GuidePage.objects.get()
    return [
        "/cms/",
        f"/cms/pages/add/cms/landingpage/{home.pk}/",
        f"/cms/pages/{old.pk}/edit/",
        f"/cms/pages/{old.pk}/history/",
    ]


def crawled(desk, code: str) -> dict[str, set[str]]:
    """Open one room of each kind, as far as links lead, and return the strings of each."""
    told: dict[str, set[str]] = {}
    names: set[str] = set()
    waiting = [(address, 0) for address in rooms()]
    while waiting:
        address, depth = waiting.pop(0)
        name = _kind(address)
        if not name or name in names:
            continue
        names.add(name)
        answer = desk.get(address, headers={"accept-language": code})
        if answer.status_code != 200 or not answer["Content-Type"].startswith(("text/html", "application/json")):
            continue
        page = Texts()
        page.feed(answer.content.decode()) if "html" in answer["Content-Type"] else page.take(answer.content.decode())
        told[address] = page.found
        if depth < DEEPEST:
            waiting += [(link, depth + 1) for link in sorted(page.links) if link.startswith("/cms/")]
    return told


def _kind(address: str) -> str:
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return "" if NOT_READ & set(urlsplit(address).path.split("/")) else found.view_name + str(sorted(found.kwargs)[:1])


# wagtail-localize lists its translations in no order
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_no_label_stays_from_another_language(enter, nameless, foreign):
    desk = enter(ADMINISTRATOR)
    told = [(code, crawled(desk, code)) for code in LANGUAGES]
    found = {
        (code, address): sorted(strings & foreign[code])
        for code, pages in told
        for address, strings in pages.items()
        if strings & foreign[code]
    }
    assert found == {}
    assert all(len(pages) >= 75 for _code, pages in told)
