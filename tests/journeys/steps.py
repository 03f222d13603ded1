"""Steps that several journeys take, by what stands on the pages and not by where it stands."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from cms.demo import signins
from tests.town import wait_until


@dataclass(frozen=True, slots=True)
class Figures:
    """What a project's page says, in tyiyn."""

    given: int
    matched: int


def figures_of(page: Page) -> Figures:
    """Read raised and matched off a project's page."""
    given = page.locator(".project-side .progress-figure-given dd").inner_text()
    matched = page.locator(".project-side .progress-figure-matched dd").inner_text()
    return Figures(_tyiyn(given), _tyiyn(matched))


def open_form(page: Page, language: str, project: str, *, currency: str) -> None:
    """Open the form to give, in a currency."""
    page.goto(f"/{language}/projects/{project}/give/?currency={currency}")


def pay(page: Page, card: str, *, approve: bool = False) -> None:
    """Pay on the card service's page with one of its test cards; answer a 3-D Secure question with `approve`."""
    page.wait_for_url("**/pay/**")
    page.locator(f"button[name=test_card][value='{card}']").click()
    if approve:
        page.locator("button[name=answer][value=approve]").click()


def sign_in(page: Page, email: str) -> None:
    """Sign in with the demo's password, and with the second code where one is asked for."""
    page.goto("/en/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(signins.PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/accounts/login/" not in address)
    if "/2fa/authenticate/" in page.url:
        page.locator("input[name=code]").fill(signins.code_of(email))
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda address: "/2fa/authenticate/" not in address)


def sign_out(page: Page) -> None:
    """Forget the session, as closing a borrowed phone's browser does."""
    page.context.clear_cookies()


def mailbox(page: Page, address: str, *, word: str = "") -> str:
    """Wait for a mail to `address` (with `word` in its subject) in the demo's mailbox; return the newest one's text."""
    page.goto("/demo/mailbox/")
    row = page.locator(f"main li:has-text('{address}'):has-text('{word}')")
    wait_until(lambda: (page.reload(), row.count())[1], what=f"a mail to {address}")
    row.first.locator("a").first.click()
    return page.locator("main").inner_text()


def plain(text: str) -> str:
    """Return `text` with every kind of space as a space."""
    return re.sub(r"\s", " ", text)


def _tyiyn(text: str) -> int:
    """Return the sum in `text` («336 614,74 сом», "KGS 400,000.50") in tyiyn."""
    found = re.search(r"\d[\d\s\u00a0\u202f.,]*", text)
    assert found, text
    whole, _, part = re.sub(r"[\s\u00a0\u202f]", "", found[0]).strip(".,").partition(",")
    if re.fullmatch(r"\d{3}(\.\d\d)?", part) or "," in part:  # an English number: commas group, a point divides
        whole, _, part = found[0].replace(",", "").strip().partition(".")
    elif not part and "." in whole:
        whole, _, part = whole.partition(".")
    return int(re.sub(r"\D", "", whole)) * 100 + int(part.ljust(2, "0") or 0)
