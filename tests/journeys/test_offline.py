"""Without a connection: the project read last is there, with a note; nothing of a person is; the rest says why not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import PHONE
from tests.journeys.steps import sign_in
from tests.journeys.watching import Watched
from tests.town import Town

# A browser without a connection says of each thing it asks for in vain that it asked in vain.
pytestmark = [pytest.mark.browser, pytest.mark.provokes("net::ERR_INTERNET_DISCONNECTED")]

READ, UNREAD = "/ky/projects/clean-water-for-kochkor/", "/ru/projects/tong-water/"
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const names = (await caches.keys()).filter(name => name.startsWith("pages-"));
  const pages = await Promise.all(names.map(async name => (await caches.open(name)).keys()));
  return pages.flat().map(request => new URL(request.url).pathname);
}"""


@pytest.fixture
def phone(chromium: Watched, town: Town) -> Iterator[BrowserContext]:
    """A phone with JavaScript on."""
    context = chromium.new_context(base_url=town.base, viewport=PHONE)
    yield context
    context.close()


def read(phone: BrowserContext, address: str) -> Page:
    """Open a page and wait until the phone has kept what it may of it."""
    page = phone.new_page()
    page.goto(address)
    page.wait_for_function(f"async () => (await ({KEPT})()).includes('{address}')")
    return page


def test_the_project_read_last_opens_with_a_note(phone: BrowserContext) -> None:
    page = read(phone, READ)
    title = page.locator("h1").inner_text()
    assert page.locator(".offline-note").is_hidden()

    phone.set_offline(True)
    page.goto(READ)

    assert page.locator("h1").inner_text() == title
    assert page.locator(".offline-note").inner_text().startswith("Байланыш жок.")
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != ""


def test_a_page_that_was_never_read_says_so_in_its_language(phone: BrowserContext) -> None:
    page = read(phone, READ)

    phone.set_offline(True)
    page.goto(UNREAD)

    assert page.locator("h1").inner_text() == "Нет связи"


def test_back_online_the_page_is_the_one_of_now(phone: BrowserContext) -> None:
    page = read(phone, READ)
    phone.set_offline(True)
    page.goto(READ)
    phone.set_offline(False)
    page.reload()

    assert page.locator(".offline-note").is_hidden()


def test_nothing_is_kept_of_who_is_signed_in(phone: BrowserContext, town: Town) -> None:
    page = read(phone, READ)
    sign_in(page, "giver@demo.example")
    page.goto(UNREAD)
    page.goto("/ky/accounts/")

    assert page.evaluate(KEPT) == [READ]
