"""Pages that hold something long, or letters twice as large, on a narrow screen: nothing pokes past the edge or is cut off."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page

from ashar.accounts.queries import AccountPage
from ashar.web import styles
from tests.journeys.watching import Watched

pytestmark = pytest.mark.browser
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT_OFF = """[...document.querySelectorAll('main .card, main .progress, main .figures')]
    .filter(part => part.scrollWidth > part.clientWidth + 1).length"""
FURTHEST = "Math.max(...[...document.querySelectorAll('main *')].map(part => part.getBoundingClientRect().right))"


def account_of(email: str) -> AccountPage:
    return AccountPage(
        email=email,
        has_password=True,
        has_app=False,
        passkeys=0,
        needs_second_factor=False,
        roles=[],
        erasure=None,
    )


@contextmanager
def styled(chromium: Watched, html: str, *, width: int) -> Iterator[Page]:
    """Open `html` with the site's style sheet in it."""
    context = chromium.new_context(viewport={"width": width, "height": 740}, java_script_enabled=True)
    page = context.new_page()
    page.set_content(html)
    page.add_style_tag(content=Path(styles.SHEET).read_text(encoding="utf-8"))
    yield page
    context.close()


def overhang(chromium: Watched, html: str, *, width: int) -> tuple[int, bool]:
    """Return by how much the page scrolls sideways, and whether any part of it reaches past the screen."""
    with styled(chromium, html, width=width) as page:
        return int(page.evaluate(SIDEWAYS)), bool(page.evaluate(FURTHEST) > width)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("letters", [25, 64, 200])
def test_an_account_with_a_long_address_fits(chromium, language, width, letters):
    with translation.override(language):
        html = render_to_string("accounts/account.html", {"account": account_of("a" * (letters - 12) + "@example.org")})
    assert overhang(chromium, html, width=width) == (0, False)


@pytest.mark.parametrize(
    "place", ["", "projects/", "projects/tong-water/", "projects/tong-water/give/", "associations/", "events/", "faq/"]
)
def test_letters_twice_as_large_fit_on_the_narrowest_screen(chromium, town, place):
    context = chromium.new_context(base_url=town.base, viewport={"width": 320, "height": 740})
    page = context.new_page()
    page.goto(f"/ru/{place}")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert (page.evaluate(SIDEWAYS), page.evaluate(CUT_OFF)) == (0, 0)
    context.close()
