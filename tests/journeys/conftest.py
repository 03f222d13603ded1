"""Browsers to walk through the town with."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.services_needed import need
from tests.town import Town

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, closed with its driver after each file: no other test of the process meets their event loop."""
    path = need("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, town: Town) -> Iterator[Page]:
    """An old phone: 360 px wide, JavaScript off."""
    context = chromium.new_context(base_url=town.base, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(chromium: Browser, town: Town) -> Iterator[Page]:
    """A desk with a wide screen and JavaScript, which Wagtail's own pages need."""
    context = chromium.new_context(base_url=town.base, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
