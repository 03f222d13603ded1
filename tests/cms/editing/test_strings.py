"""What a translated text may be: a table stays a table, a chart keeps its numbers, an address is written in Latin."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from cms.editing import whole
from cms.models import ArticlePage
from tests.cms.editing.conftest import KYRGYZ, brought_back, filled, taken_away, written_by
from tests.factories import articles

CELLS = articles.table(("Год", "Дома"), ("2023", "1 200"), ("2024", "15"))
GOOD = "Жыл\tҮйлөр<br/>2023\t1200<br/>2024\t15"
SPACES = "Жыл  Үйлөр<br/>2023  1200<br/>2024  15"
RAGGED = "Жыл\tҮйлөр<br/>2023\t1200<br/>2024  15"
WORDS = "Жыл\tҮйлөр<br/>2023\tкөп<br/>2024\t15"
SHORTER = "Жыл\tҮйлөр<br/>2023\t1200"


@pytest.fixture
def russian(planted) -> ArticlePage:
    """A live article with a chart and a table."""
    page = written_by(None, "roof", live=True)
    page.title, page.lead = "Крыша", "Коротко."
    drawn = {"title": "Берегись", "kind": "bar", "cells": CELLS, "source": "Берегись"}
    page.body = [("chart", drawn), ("table", {"caption": "Берегись", "cells": CELLS, "source": ""})]
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def segment(translation, end: str):
    return translation.source.stringsegment_set.get(context__field_path__endswith=end)


def typed(browser, translation, end: str, words: str):
    """Write a text side by side with its source, and return what the form is answered."""
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment(translation, end).pk])
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser.put(address, f"value={words}", content_type="application/x-www-form-urlencoded").json()


def mistakes(*ends: str) -> dict[str, str]:
    found = StringTranslation.objects.filter(has_error=True).select_related("context")
    return {each.context.field_path: each.field_error for each in found}


@pytest.mark.parametrize(
    ("end", "words", "error"),
    [
        ("chart.cells", GOOD, None),
        ("table.cells", GOOD, None),
        ("table.cells", WORDS, None),
        ("chart.cells", SPACES, "Paste at least two columns and two rows from your spreadsheet."),
        ("table.cells", SPACES, "Paste at least two columns and two rows from your spreadsheet."),
        ("chart.cells", RAGGED, "Row 3 has 1 cells, the first row has 2."),
        ("table.cells", RAGGED, "Row 3 has 1 cells, the first row has 2."),
        ("chart.cells", WORDS, "“көп” in row 2 is not a number from 0 up, such as 12, 5,5 or 1 234,50."),
        ("chart.cells", SHORTER, "The table has 2 rows and 2 columns here, 3 and 2 there."),
        ("table.cells", SHORTER, "The table has 2 rows and 2 columns here, 3 and 2 there."),
        ("chart.title", "Ө" * 151, "Ensure this value has at most 150 characters (it has 151)."),
        ("chart.title", "Ө" * 150, None),
    ],
)
def test_the_form_says_what_the_form_of_the_source_would(office, kyrgyz, end, words, error):
    assert typed(office, kyrgyz, end, words)["error"] == error


def test_what_is_written_right_after_it_is_a_mistake_no_more(office, kyrgyz):
    typed(office, kyrgyz, "chart.cells", SPACES)
    assert typed(office, kyrgyz, "chart.cells", GOOD)["error"] is None
    assert mistakes() == {}


def test_a_catalogue_is_held_to_the_same_and_what_it_breaks_does_not_go_out(office, kyrgyz, published):
    po = filled(taken_away(office, kyrgyz), KYRGYZ)
    for entry in po:
        if entry.msgid.startswith("Год"):
            entry.msgstr = RAGGED
    office.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    brought_back(office, kyrgyz, str(po))
    assert mistakes() == dict.fromkeys(
        ("body.chart.cells", "body.table.cells"), "Row 3 has 1 cells, the first row has 2."
    )
    assert whole.lacking(kyrgyz.get_target_instance()) == 2
    assert not published(office, kyrgyz).live


def test_brought_back_right_it_is_drawn(office, kyrgyz, published):
    for cells in (RAGGED, GOOD):
        po = filled(taken_away(office, kyrgyz), KYRGYZ)
        for entry in po:
            if entry.msgid.startswith("Год"):
                entry.msgstr = cells
        brought_back(office, kyrgyz, str(po))
    page = published(office, kyrgyz)
    assert page.live
    assert (page.body[0].block.name, page.body[0].value["cells"]) == ("chart", "Жыл\tҮйлөр\n2023\t1200\n2024\t15")


class TestAnAddress:
    @pytest.mark.parametrize(
        ("words", "address"), [("ысык көл", "ysyk-kol"), ("Жаңы Үй", "jangy-uy"), ("chatyr", "chatyr")]
    )
    def test_is_written_in_latin(self, office, kyrgyz, published, words, address):
        po = filled(taken_away(office, kyrgyz), {**KYRGYZ, "roof": words})
        for entry in po:
            if entry.msgid.startswith("Год"):
                entry.msgstr = GOOD
        brought_back(office, kyrgyz, str(po))
        page = published(office, kyrgyz)
        assert (page.live, page.slug) == (True, address)

    def test_of_nothing_but_signs_is_a_mistake_in_words(self, office, kyrgyz):
        assert typed(office, kyrgyz, "slug", "!!!")["error"] == (
            "Write the address in Latin letters, digits and hyphens, without spaces: ysyk-kol."
        )

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("en", "Write the address in Latin letters, digits and hyphens, without spaces: ysyk-kol."),
            ("ru", "Напишите адрес латинскими буквами, цифрами и дефисами, без пробелов: ysyk-kol."),
            ("ky", "Даректи латын тамгалары, сандар жана дефис менен, боштуксуз жазыңыз: ysyk-kol."),
        ],
    )
    @pytest.mark.parametrize("address", ["ысык көл", "a b", "a/b"])
    def test_in_the_form_is_refused_in_words_of_ours(self, office, russian, language, words, address):
        office.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        form = articles.form("Крыша", []) | {"slug": address}
        html = office.post(reverse("wagtailadmin_pages:edit", args=[russian.pk]), form).content.decode()
        assert words in html
        assert Page.objects.get(pk=russian.pk).slug == "roof"
