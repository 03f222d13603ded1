"""The head of every page, on every width: the way home, where one can go and the languages stand side by side."""

from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation

from ashar.accounts.models import User
from ashar.web import languages, styles

pytestmark = pytest.mark.browser
PEOPLE = {"a stranger": AnonymousUser(), "a person": User(email="giver@example.org")}
SMALLEST = 14  # pixels of a letter
ROW = 64  # pixels of height that one row takes at most
# What is seen of the head: its height, by how much it scrolls sideways, its smallest letters, whether a menu holds the links.
SEEN = """() => {
  const head = document.querySelector('.header'), root = document.documentElement;
  const shown = [...head.querySelectorAll('a, summary, span')].filter(part => part.offsetParent && part.textContent.trim());
  return [
    head.getBoundingClientRect().height,
    root.scrollWidth - root.clientWidth,
    Math.min(...shown.map(part => parseFloat(getComputedStyle(part).fontSize))),
    Boolean(head.querySelector('.header-menu').offsetParent),
  ];
}"""


def head(code: str, who: str) -> str:
    with translation.override(code):
        switch = languages.links(f"/{code}/", "", None)
        name = translation.gettext("Ashar")
        return render_to_string("components/header.html", {"user": PEOPLE[who], "languages": switch, "site_name": name})


@pytest.fixture
def seen(chromium):
    context = chromium.new_context()
    page = context.new_page()

    def look(html: str, width: int) -> tuple[float, int, float, bool]:
        page.set_viewport_size({"width": width, "height": 740})
        page.set_content(html)
        page.add_style_tag(content=Path(styles.SHEET).read_text(encoding="utf-8"))
        return tuple(page.evaluate(SEEN))

    yield look
    context.close()


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("code", ["ky", "ru", "en"])
def test_it_is_one_row_from_a_tablet_on(seen, code, who):
    for width in (768, 1023, 1024, 1151, 1152, 1265, 1280, 1920):
        height, sideways, letters, _has_menu = seen(head(code, who), width)

        assert (height <= ROW, sideways, letters >= SMALLEST) == (True, 0, True), (width, height, sideways, letters)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("code", ["ky", "ru", "en"])
def test_on_a_phone_the_languages_take_a_second_row(seen, code, who):
    for width in (320, 360):
        height, sideways, letters, has_menu = seen(head(code, who), width)

        assert (ROW < height <= 2 * ROW, sideways, letters >= SMALLEST, has_menu) == (True, 0, True, True), width


def test_where_the_links_fit_no_menu_hides_them(seen):
    assert [seen(head("ky", "a stranger"), width)[3] for width in (1023, 1024)] == [True, False]


def test_who_has_signed_in_has_two_links_more_than_fit(seen):
    assert [seen(head("ky", "a person"), width)[3] for width in (1024, 1280, 1920)] == [True, True, True]
