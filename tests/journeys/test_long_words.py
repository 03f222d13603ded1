"""Every block with words that have no end, and what axe says of a page beside its form."""

import pytest
from django.utils import translation

from cms.editing.preview_checks import PreviewChecker
from tests.factories import stories
from tests.journeys.test_axe import AXE, LANGUAGES
from tests.journeys.test_narrow import overhang, styled

pytestmark = pytest.mark.browser
WORD, SENTENCE = "Кыргызстандыктарыбызданмын" * 8, "Чатыр кышка чейин"
HEIGHTS = "cells => cells.map(cell => cell.clientHeight)"
OF_AXE = [rule for rule in PreviewChecker.axe_run_only if rule not in {"alt-text-quality", "empty-meta-description"}]
CHECK = """rules => axe.run("#main", {runOnly: rules}).then(told => told.violations.flatMap(
    fault => fault.nodes.map(node => [fault.id, node.html])))"""
ADDRESS, EMAIL = f"https://example.org/{'long-' * 60}", f"{'very.long.' * 20}@{'example' * 6}.org"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("words", [WORD, ADDRESS, EMAIL, SENTENCE], ids=["word", "address", "email", "sentence"])
def test_nothing_pokes_out(chromium, language, width, words):
    with translation.override(language):
        html = stories.page(words, ADDRESS, EMAIL)
    assert overhang(chromium, html, width=width) == (0, False)


def test_on_a_wide_screen_only_a_table_goes_sideways_and_in_its_frame(chromium):
    with translation.override("ru"):
        html = stories.page(WORD, ADDRESS, EMAIL)
    assert overhang(chromium, html, width=1024)[0] == 0


def test_a_table_on_a_wide_screen_breaks_no_ordinary_word(chromium):
    with translation.override("ru"):
        html = stories.page("Кыргызстандыктарыбыздан", ADDRESS, EMAIL)
    with styled(chromium, html, width=1024) as page:
        heights = page.locator(".table-frame:not(details *) tbody th").evaluate_all(HEIGHTS)
    assert (len(heights), len(set(heights))) == (2, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_checks_beside_the_form_find_nothing_that_an_editor_did_not_write(chromium, language):
    with translation.override(language):
        html = stories.page("Метры", ADDRESS, EMAIL)
    with styled(chromium, html, width=360) as page:
        page.evaluate(AXE)
        found = page.evaluate(CHECK, OF_AXE)
    assert found == []
