"""Pages of every kind whose every word an enemy wrote, opened in Chromium: nothing of it runs, nobody else is asked, nothing breaks.

The browser's questions are answered by Django itself, in the test's own transaction: no server, no address of the machine.
"""

import html
from collections.abc import Callable, Iterator
from contextvars import Context, copy_context
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, Route
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page as Leaf

from cms import renditions
from cms.blocks.story import StoryBlock
from cms.models import (
    ArticlePage,
    ContactPage,
    EventIndexPage,
    EventPage,
    FaqPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    LandingPage,
    NewsIndexPage,
    PersonIndexPage,
    PersonPage,
    PracticeIndexPage,
    PracticePage,
    StatisticsPage,
)
from tests.badinput import files, text
from tests.factories import stories
from tests.factories.moments import NOON
from tests.hostile import test_snippets
from tests.hostile.test_articles import words
from tests.hostile.village import Village
from tests.journeys.conftest import chromium
from tests.journeys.test_axe import SIDEWAYS, SMALLEST
from tests.journeys.watching import Watched

__all__ = ["chromium"]  # a fixture
pytestmark = [pytest.mark.browser]

SITE = "http://testserver"
NO_TLS = "Cross-Origin-Opener-Policy header has been ignored"
SAID = [words(line) for line in text.MARKUP]
WATCH = "window.acted = []; window.hostile = () => { window.acted.push(location.href); }"
BROKEN_OUT = (
    "() => [...document.querySelectorAll('*')].map(part => part.localName).filter(name => name.includes('hostile'))"
)
NAMES = ("<img src=hostile onerror=hostile()>.png", '"><svg onload=hostile()>.pdf')


@pytest.fixture(scope="module")
def line(chromium: Watched) -> Iterator[None]:
    """Close the line to the database that tests open while a browser's loop runs: else it is in use when it is taken away."""
    yield
    connections.close_all()


@pytest.fixture
def screen(chromium: Watched, line: None, village: Village) -> Iterator[Page]:
    """The smallest screen, with JavaScript and with our own worker; whoever asks something is answered by Django."""
    context = chromium.new_context(base_url=SITE, viewport=SMALLEST)
    context.add_init_script(WATCH)
    here = copy_context()  # the browser's questions come in another one, which has no connection of its test
    context.route("**/*", lambda route: answer(route, here))
    yield context.new_page()
    context.close()


def answer(route: Route, context: Context) -> None:
    """Answer as the site does, with its headers; static files as they lie in the code. Strangers are not asked, but noted."""
    address = urlsplit(route.request.url)
    static = address.path.startswith("/static/") and finders.find(address.path.removeprefix("/static/"))
    if address.netloc != "testserver":
        route.abort()
    elif static:
        route.fulfill(path=static)
    else:
        said = context.run(Client().get, address._replace(scheme="", netloc="").geturl())
        body = b"".join(said.streaming_content) if said.streaming else said.content
        route.fulfill(status=said.status_code, headers=dict(said.items()), body=body)


def story(said: str) -> Any:
    """Every block, saying the same thing wherever it can say something."""
    person = below(PersonIndexPage, PersonPage(title=said, slug="answering", role=said))
    image = get_image_model().objects.create(title=said, file=ContentFile(files.picture(), name=NAMES[0]))
    renditions.make(image, wide=True)
    file = ContentFile(b"%PDF-1.4\n" + files.HOSTILE, name=NAMES[1])
    document = get_document_model().objects.create(title=said, file=file)
    picture = {"picture": {"image": image.pk, "alt_text": said, "decorative": False}, "caption": said, "credit": said}
    told = stories.values(said, "https://example.org/x", "x@example.org")
    told |= {
        "text": f"<p>{html.escape(said)}</p>",
        "picture": picture,
        "document": {"document": document.pk, "title": said},
    }
    told |= {"gallery": {"title": said, "pictures": [picture, picture]}}
    shown = StoryBlock().to_python([{"type": kind, "value": value} for kind, value in told.items()])
    for block in test_snippets.story(said, person):
        shown.append(block)
    return shown


def article(said: str) -> Leaf:
    return below(
        NewsIndexPage, ArticlePage(title=said, slug="hostile", lead=said, body=story(said), first_published_at=NOON)
    )


def guide(said: str) -> Leaf:
    checked = {"stage": "prepare", "checked_on": NOON.date(), "checked_by": said}
    return below(GuideIndexPage, GuidePage(title=said, slug="hostile", lead=said, body=story(said), **checked))


def practice(said: str) -> Leaf:
    told = {"lead": said, "matching": said, "lesson": said, "country": "MX", "since": 2002, "body": story(said)}
    return below(
        PracticeIndexPage, PracticePage(title=said, slug="hostile", sources=[("source", {"title": said})], **told)
    )


def event(said: str) -> Leaf:
    facts = {"starts_at": NOON, "ends_at": NOON, "zone": "Asia/Seoul", "place": said, "body": story(said)}
    return below(EventIndexPage, EventPage(title=said, slug="hostile", lead=said, **facts))


def landing(said: str) -> Leaf:
    ways = [("way", {"label": said[:60], "address": "https://example.org/"})]
    return below(HomePage, LandingPage(title=said, slug="hostile", lead=said, body=story(said), ways=ways))


def somebody(said: str) -> Leaf:
    return below(PersonIndexPage, PersonPage(title=said, slug="hostile", role=said, body=story(said)))


def questions(said: str) -> Leaf:
    asked = {"question": said, "answer": f"<p>{html.escape(said)}</p>"}
    return filled(FaqPage, "groups", ("group", {"title": said, "questions": [asked]}), said)


def statistics(said: str) -> Leaf:
    figure = {
        "value": "7",
        "up_to": "",
        "unit": said[:40],
        "year": 2026,
        "definition": said,
        "source": said,
        "address": "",
    }
    return filled(StatisticsPage, "measures", ("measure", {"title": said, "note": said, "figures": [figure]}), said)


def contact(said: str) -> Leaf:
    page = ContactPage.objects.get(locale__language_code="ru")
    page.title, page.lead, page.body = said, said, story(said)
    page.save()
    return page


def below(parent: type[Leaf], page: Leaf) -> Leaf:
    """Put a Russian page into its tree."""
    index = parent.objects.get(locale__language_code="ru")
    page.locale = index.locale
    return index.add_child(instance=page)


def filled(kind: type[Leaf], field: str, block: tuple[str, object], said: str) -> Leaf:
    """Let the one Russian page of `kind` hold a block more."""
    page = kind.objects.get(locale__language_code="ru")
    page.title, page.lead = said, said
    getattr(page, field).append(block)
    page.save()
    return page


KINDS: tuple[Callable[[str], Leaf], ...] = (
    article, guide, practice, event, landing, somebody, questions, statistics, contact,
)  # fmt: skip
# Every page type says two of the lines, so that each is said once and most twice.
CASES = [
    pytest.param(
        make,
        SAID[(place * 2 + more) % len(SAID)],
        id=f"{make.__name__}-{text.MARKUP[(place * 2 + more) % len(SAID)].name}",
    )
    for place, make in enumerate(KINDS)
    for more in range(2)
]


@pytest.mark.parametrize(("make", "said"), CASES)
def test_words_stay_words(screen: Page, chromium: Watched, make: Callable[[str], Leaf], said: str) -> None:
    page = make(said)
    chromium.forget()
    for code in ("ru",) if page.get_translations().exists() else ("ru", "ky"):  # what has no Kyrgyz is lent there
        screen.goto(f"/{code}/{page.url_path.split('/', 2)[2]}", wait_until="load")
        assert " ".join(said.split()) in " ".join(screen.inner_text("h1").split())
        assert screen.evaluate("window.acted") == []
        assert screen.evaluate(BROKEN_OUT) == []
        assert screen.evaluate(SIDEWAYS) <= 0
    assert (chromium.hosts, chromium.unforeseen([NO_TLS])) == ({"testserver"}, [])


def test_what_acts_would_be_seen(screen: Page, chromium: Watched) -> None:
    """Otherwise the silence above would prove nothing."""
    chromium.forget()
    screen.goto("/ru/")
    screen.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=hostile()><hostile></hostile>')")
    screen.wait_for_timeout(200)
    refused = [told for told in chromium.unforeseen([NO_TLS]) if "Content Security Policy" in told]
    assert (screen.evaluate(BROKEN_OUT), bool(refused)) == (["hostile"], True)
