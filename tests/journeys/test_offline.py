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


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ky", "Байланышсыз эмнени окууга болот"),
        ("ru", "Что можно прочитать без связи"),
        ("en", "What you can read without a connection"),
    ],
)
def test_it_names_what_can_be_read_and_leads_there(phone: BrowserContext, code: str, words: str) -> None:
    page = read(phone, READ)
    title = page.locator("h1").inner_text()

    phone.set_offline(True)
    page.goto(f"/{code}/projects/tong-water/")

    assert page.locator("h2", has_text=words).is_visible()
    page.locator(".offline-kept a", has_text=title).click()
    assert (page.locator("h1").inner_text(), page.url.endswith(READ)) == (title, True)


def test_before_anything_was_read_it_names_nothing(phone: BrowserContext, town: Town) -> None:
    page = phone.new_page()
    page.goto("/ru/offline/")

    assert page.locator(".offline-kept").is_hidden()


def test_lists_push_out_neither_project_nor_guide_nor_home(phone: BrowserContext) -> None:
    read(phone, READ)
    guide = phone.new_page()
    guide.goto("/ky/guides/")
    way = guide.locator("main a[href^='/ky/guides/']:not([href*='?'])").first.get_attribute("href") or ""
    page = read(phone, way)
    for code in ("ky", "ru", "en"):
        for section in (
            "",
            "projects/",
            "news/",
            "events/",
            "people/",
            "faq/",
            "calls/",
            "practices/",
            "statistics/",
            "associations/",
        ):
            page.goto(f"/{code}/{section}")
    page.wait_for_function(f"async () => (await ({KEPT})()).includes('/en/associations/')")

    homes = {"/ky/", "/ru/", "/en/"}
    others = [path for path in page.evaluate(KEPT) if path not in {READ, way, *homes}]
    assert ({READ, way, *homes} <= set(page.evaluate(KEPT)), len(others)) == (True, 24)


def test_a_page_that_was_shared_with_a_mark_opens_without_it(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto(f"{READ}?fbclid=secret")
    page.wait_for_function(f"async () => (await ({KEPT})()).includes('{READ}')")

    phone.set_offline(True)
    page.goto(READ)

    assert page.locator(".offline-note").is_visible()


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
