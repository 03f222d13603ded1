"""What only a giver sees, before and after giving: axe finds nothing on it in any language, by day and by night, at 320 px."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.journeys.steps import open_form, pay, sign_in
from tests.journeys.test_axe import LANGUAGES, PROJECT, SMALLEST, faults
from tests.journeys.watching import Watched
from tests.town import Town, wait_until

pytestmark = [pytest.mark.browser]

RECEIPT = "dl.definition a[href*='/receipts/']"


@pytest.fixture(scope="module")
def giver(chromium: Watched, town: Town) -> Iterator[Page]:
    """The smallest screen, signed in as one who gives."""
    context = chromium.new_context(base_url=town.base, viewport=SMALLEST)
    page = context.new_page()
    sign_in(page, "giver@demo.example")
    yield page
    context.close()


def thanked(page: Page) -> tuple[str, str]:
    """Give once, in English; return the addresses of the thanks and of the receipt that anyone may check."""
    open_form(page, "en", PROJECT, currency="USD")
    page.locator("input[name=choice][value='50.00']").check()
    page.locator(".form-actions button").first.click()
    pay(page, "4242424242424242")
    page.wait_for_url("**/gifts/**")
    wait_until(lambda: (page.goto(page.url), page.locator(RECEIPT).count())[1], what="the receipt stands on the thanks")
    return page.url, page.locator(RECEIPT).get_attribute("href") or ""


def test_no_page_of_a_giver_has_a_fault(giver: Page) -> None:
    thanks, receipt = (address.partition("/en/")[2] for address in thanked(giver))
    addresses = [f"/{code}/{rest}" for code in LANGUAGES for rest in ("accounts/", "my/gifts/", thanks, receipt)]
    told = {}
    for address in addresses:
        answer = giver.goto(address)
        assert (answer and answer.status, "/login/" in giver.url) == (200, False)
        told[address] = faults(giver)
    assert {address: found for address, found in told.items() if found} == {}
