"""The panels beside an editor's form, at the width of a small laptop."""

import pytest
from playwright.sync_api import FloatRect, Locator, Page

from tests.journeys.steps import sign_in
from tests.town import Town, wait_until

pytestmark = pytest.mark.browser

ARTICLE = "from cms.models import ArticlePage; print(ArticlePage.objects.filter(locale__language_code='ru').first().pk)"
WIDTH = 1280


def test_the_switch_that_locks_a_page_is_not_cut_off(desk: Page, town: Town) -> None:
    sign_in(desk, "editor-ru@demo.example")
    desk.set_viewport_size({"width": WIDTH, "height": 900})
    desk.goto(f"/cms/pages/{town.ask(ARTICLE)}/edit/")
    desk.locator("[data-side-panel-toggle=status]").click()
    switch = desk.locator("[data-side-panel=status] .switch__toggle:visible")
    place = wait_until(lambda: _at_rest(switch), what="the panel coming to rest")
    assert (place["width"] > 0, place["x"] + place["width"] < WIDTH) == (True, True)


def _at_rest(part: Locator) -> FloatRect | None:
    """Return where it stands once it moves no more: the panel slides in."""
    before = part.bounding_box()
    part.page.wait_for_timeout(200)
    return before if before == part.bounding_box() else None
