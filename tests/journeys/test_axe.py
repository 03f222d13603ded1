"""Every kind of page in every language, on a screen of 320 px: axe finds nothing, by day and by night, and nothing pokes out.

Which kinds there are the sitemap says, so a new one is looked at without being named here.
"""

import gzip
from collections.abc import Iterator
from importlib.resources import files
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import APIResponse, Page, Request

from ashar.web import errors
from tests.journeys.watching import Watched
from tests.town import Town

NOT_THERE = pytest.mark.provokes("status of 404 .*/nowhere/$")
pytestmark = [pytest.mark.browser]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RUN = "options => axe.run(document, {resultTypes: ['violations'], ...options})"
CONTRAST = {"runOnly": ["color-contrast"]}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A screen of 1280 px magnified four times, and so more than one of 640 px at 200 %, is 320 px wide to its page.
SMALLEST = {"width": 320, "height": 740}
LANGUAGES = ("ky", "ru", "en")
PROJECT = "clean-water-for-kochkor"
# Beside what the sitemap names: forms, what nobody has done yet, what was asked for and is not there.
OTHERS = (f"projects/{PROJECT}/give/", f"projects/{PROJECT}/trail/", "projects/?oblast=417-00&state=funded",
          "guides/?stage=return&country=US", "styleguide/", "accounts/login/", "accounts/login/code/", "accounts/signup/",
          "accounts/password/reset/", "nowhere/")  # fmt: skip
ERRORS = (400, 403, 404, 429, 500, 503)
KILOBYTE = 1024
BUDGET = {"document": 14, "stylesheet": 15, "script": 20, "font": 0}  # kilobytes, compressed, of architecture.md §6
WHOLE_PAGE = 300  # with pictures


@pytest.fixture(scope="module")
def narrow(chromium: Watched, town: Town) -> Iterator[Page]:
    """The smallest screen, with JavaScript, which axe needs."""
    context = chromium.new_context(base_url=town.base, viewport=SMALLEST)
    yield context.new_page()
    context.close()


def of_each_kind(page: Page, language: str) -> list[str]:
    """Return one page of each kind that the sitemap names, and the lists they stand in."""
    tree = ET.fromstring(page.request.get("/sitemap.xml").text())  # noqa: S314 - our own
    paths = [urlsplit(str(node.text)).path for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    kinds: dict[tuple[str, int], str] = {}
    for path in paths:
        _, code, *rest = path.split("/")
        if code == language:
            kinds.setdefault((rest[0], len(rest)), path)
    return [*kinds.values()]


def faults(page: Page) -> list[str]:
    """Return what axe finds by day and by night, and whether the page scrolls sideways."""
    page.evaluate(AXE)
    found = page.evaluate(RUN, {})["violations"]
    page.emulate_media(color_scheme="dark")
    found += page.evaluate(RUN, CONTRAST)["violations"]
    page.emulate_media(color_scheme="light")
    told = [f"{fault['id']}: {node['html'][:150]}" for fault in found for node in fault["nodes"]]
    return told + ([f"{over} px too wide"] if (over := page.evaluate(SIDEWAYS)) else [])


@NOT_THERE
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kind_of_page_has_a_fault(narrow: Page, language: str) -> None:
    addresses = [*of_each_kind(narrow, language), *(f"/{language}/{other}" for other in OTHERS)]
    told = {}
    for address in addresses:
        narrow.goto(address)
        told[address] = faults(narrow)
    assert {address: found for address, found in told.items() if found} == {}
    assert len(told) > 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_with_faults_has_none_of_its_own(narrow: Page, language: str) -> None:
    narrow.goto(f"/{language}/projects/{PROJECT}/give/")
    narrow.locator("main form[method=post] button[type=submit]").last.click()
    assert narrow.locator(".form-errors").count() == 1
    assert faults(narrow) == []


@NOT_THERE
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_about_a_fault_has_one(narrow: Page, language: str) -> None:
    told = {}
    for status in ERRORS:
        with translation.override(language):
            page = errors.page(RequestFactory().get(f"/{language}/"), status)
        narrow.goto(f"/{language}/nowhere/")  # for the style sheet's address
        narrow.set_content(page.content.decode())
        told[status] = faults(narrow)
    assert {status: found for status, found in told.items() if found} == {}


def test_no_kind_of_page_is_heavier_than_promised(narrow: Page) -> None:
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    narrow.on("request", note)
    told = {}
    for address in of_each_kind(narrow, "ky"):
        asked.clear()
        narrow.goto(address, wait_until="load")
        told |= {address: over} if (over := _over(narrow, asked)) else {}
    narrow.remove_listener("request", note)
    assert told == {}


def _over(page: Page, asked: list[Request]) -> dict[str, int]:
    """Return the kinds of files that weigh more than they may, in kilobytes, as they are sent."""
    weights: dict[str, float] = {}
    for kind, url in [(request.resource_type, request.url) for request in asked]:
        weights[kind] = weights.get(kind, 0) + _sent(page.request.get(url)) / KILOBYTE
    weights["page"] = sum(weights.values())
    return {
        kind: round(size)
        for kind, size in weights.items()
        if size > (BUDGET | {"page": WHOLE_PAGE}).get(kind, WHOLE_PAGE)
    }


def _sent(answer: APIResponse) -> int:
    """Return the bytes that were sent. The town has no time to lay files there packed, as the site does: here they are."""
    if urlsplit(answer.url).path.startswith("/static/"):
        return len(gzip.compress(answer.body()))
    return int(answer.headers["content-length"])
