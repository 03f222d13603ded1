"""Pages that hold something long, on a narrow screen: nothing pokes past the edge."""

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
