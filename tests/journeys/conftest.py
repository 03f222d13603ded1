"""Browsers to walk through the town with."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.journeys.watching import Watched
from tests.services_needed import need
from tests.town import Town

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Watched]:
    """Debian's Chromium, closed with its driver after each file: no other test of the process meets their event loop."""
    path = need("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS.split())
        yield Watched(browser)
        browser.close()


@pytest.fixture(autouse=True)
def nothing_amiss(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test: no page asked a stranger, broke the policy or complained, but as the test's `provokes` foresees."""
    if "chromium" not in request.fixturenames:
        yield
        return
    chromium: Watched = request.getfixturevalue("chromium")
    chromium.forget()
    yield
    foreseen = [pattern for mark in request.node.iter_markers("provokes") for pattern in mark.args]
    assert chromium.hosts <= _own_hosts(request)
    assert chromium.unforeseen(foreseen) == []


@pytest.fixture
def page(chromium: Watched, town: Town) -> Iterator[Page]:
    """An old phone: 360 px wide, JavaScript off."""
    context = chromium.new_context(base_url=town.base, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(chromium: Watched, town: Town) -> Iterator[Page]:
    """A desk with a wide screen and JavaScript, which Wagtail's own pages need."""
    context = chromium.new_context(base_url=town.base, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def _own_hosts(request: pytest.FixtureRequest) -> set[str]:
    """Return the town and the page where its givers pay; no host where a test opens no town."""
    if "town" not in request.fixturenames:
        return set()
    town: Town = request.getfixturevalue("town")
    return {urlsplit(town.base).netloc, urlsplit(town.sandbox).netloc}
