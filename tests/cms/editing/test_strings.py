"""What a translated text may be: a table is translated cell by cell, lines stay lines, an address is written in Latin."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from wagtail import blocks
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, TranslationContext, TranslationSource
from wagtail_localize.segments import StringSegmentValue

from cms.blocks import pasted
from cms.blocks.story import StoryBlock
from cms.editing import whole
from cms.models import ArticlePage
from tests.cms.editing.conftest import KYRGYZ, brought_back, filled, taken_away, written_by
from tests.factories import articles

CELLS = articles.table(("Год", "Дома"), ("2023", "1 200"), ("2024", "15"))
CELLS_IN_KYRGYZ = "Жыл\tҮйлөр\n2023\t1 200\n2024\t15"
WORDS = {**KYRGYZ, "Год": "Жыл", "Дома": "Үйлөр"}


@pytest.fixture
def russian(planted) -> ArticlePage:
    """A live article with a chart and a table."""
    page = written_by(None, "roof", live=True)
    page.title, page.lead = "Крыша", "Коротко."
    drawn = {"title": "Берегись", "kind": "bar", "cells": CELLS, "source": "Берегись"}
    page.body = [("chart", drawn), ("table", {"caption": "Берегись", "cells": CELLS, "source": ""})]
    page.body.append(("callout", {"kind": "info", "title": "", "text": "Берегись"}))
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def segment(translation, end: str):
    return translation.source.stringsegment_set.get(context__path__regex=rf"{end}$")


def typed(browser, translation, end: str, words: str):
    """Write a text side by side with its source, and return what the form is answered."""
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment(translation, end).pk])
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser.put(address, urlencode({"value": words}), content_type="application/x-www-form-urlencoded").json()


def mistakes() -> dict[str, str]:
    found = StringTranslation.objects.filter(has_error=True).select_related("context")
    return {each.translation_of.data: each.field_error for each in found}


def tables(page: ArticlePage) -> list[str]:
    return [part.value["cells"] for part in page.body if "cells" in part.value]


def of_cell(part, words: str) -> str:
    """How the path to a cell of a chart or table ends."""
    [found] = [each.path for each in part.block.child_blocks["cells"].get_translatable_segments(words)]
    return rf"{part.id}\.cells\.{found}"


def test_a_table_is_translated_cell_by_cell_and_its_numbers_not_at_all(office, kyrgyz):
    words = [each.string.data for each in kyrgyz.source.stringsegment_set.filter(context__path__contains=".cells.")]
    assert sorted(words) == ["Год", "Год", "Дома", "Дома"]  # of the chart and of the table


def test_a_word_that_stands_in_many_cells_is_asked_for_once_and_stands_in_all():
    block = pasted.PastedTableBlock()
    [year, yes] = block.get_translatable_segments("Год\tда\nда\tда\n2024\tда")
    segments = [StringSegmentValue(year.path, "Жыл"), StringSegmentValue(yes.path, "ооба")]
    assert block.restore_translated_segments("Год\tда\nда\tда\n2024\tда", segments) == (
        "Жыл\tооба\nооба\tооба\n2024\tооба"
    )


def test_a_new_row_leaves_the_words_of_the_others(office, kyrgyz, russian, published):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), WORDS)))
    page = published(office, kyrgyz)
    for part in russian.body[:2]:
        part.value["cells"] = articles.table(("Год", "Дома"), ("Июль", "3"), ("2023", "1 200"), ("2024", "15"))
    russian.save_revision().publish()
    assert whole.lacking(page) == 2  # "Июль", in the chart and in the table


@pytest.mark.parametrize(
    ("end", "words", "error"),
    [
        ("Год", "Жыл", None),
        ("Год", "Ө" * 200, None),
        ("Год", "Ө" * 201, "A cell has at most 200 signs."),
        ("title", "Ө" * 151, "Ensure this value has at most 150 characters (it has 151)."),
        ("title", "Ө" * 150, None),
    ],
)
def test_the_form_says_what_the_form_of_the_source_would(office, kyrgyz, russian, end, words, error):
    drawn = russian.body[0]
    place = rf"{drawn.id}\.title" if end == "title" else of_cell(drawn, end)
    assert typed(office, kyrgyz, place, words)["error"] == error


def test_what_is_written_right_after_it_is_a_mistake_no_more(office, kyrgyz, russian):
    end = of_cell(russian.body[0], "Год")
    typed(office, kyrgyz, end, "Ө" * 201)
    assert mistakes() == {"Год": "A cell has at most 200 signs."}
    assert typed(office, kyrgyz, end, "Жыл")["error"] is None
    assert mistakes() == {}


def test_a_catalogue_is_held_to_the_same_and_what_it_breaks_does_not_go_out(office, kyrgyz, published):
    po = filled(taken_away(office, kyrgyz), {**WORDS, "Год": "Ө" * 201})
    office.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    brought_back(office, kyrgyz, str(po))
    assert mistakes() == {"Год": "A cell has at most 200 signs."}
    assert whole.lacking(kyrgyz.get_target_instance()) == 2
    assert not published(office, kyrgyz).live


def test_brought_back_right_it_is_drawn(office, kyrgyz, published):
    for year in ("Ө" * 201, "Жыл"):
        brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), {**WORDS, "Год": year})))
    page = published(office, kyrgyz)
    assert (page.live, tables(page)) == (True, [CELLS_IN_KYRGYZ] * 2)


def test_a_table_that_was_handed_on_whole_before_goes_out_as_it_came_back(office, kyrgyz, russian, published):
    """The form of translations of earlier versions, until their source is published again."""
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), WORDS)))
    place = f"body.{russian.body[0].id}.cells"
    cells = kyrgyz.source.stringsegment_set.filter(context__path__startswith=f"{place}.")
    first = cells.order_by("order").first()
    cells.exclude(pk=first.pk).delete()
    TranslationContext.objects.filter(pk=first.context_id).update(path=place)
    whole_table = "Жылы\tҮйү<br/>2023\t1 200<br/>2024\t15"

    told = typed(office, kyrgyz, rf"{russian.body[0].id}\.cells", whole_table)

    assert told["error"] is None
    assert tables(published(office, kyrgyz))[0] == "Жылы\tҮйү\n2023\t1 200\n2024\t15"


@pytest.mark.parametrize("words", ["Эки\nсап", "Эки\tсап", "Эки<br/>сап"])
def test_no_translated_cell_takes_the_table_apart(office, kyrgyz, published, words):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), {**WORDS, "Год": words})))
    assert tables(published(office, kyrgyz)) == [CELLS_IN_KYRGYZ.replace("Жыл", "Эки сап")] * 2


def test_lines_that_a_translator_types_stay_lines(office, kyrgyz, russian, published):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), WORDS)))
    typed(office, kyrgyz, rf"{russian.body[2].id}\.text", "Биринчи сап\nэкинчи сап")
    assert published(office, kyrgyz).body[2].value["text"] == "Биринчи сап\nэкинчи сап"


class TestAnAddress:
    @pytest.mark.parametrize(
        ("words", "address"), [("ысык көл", "ysyk-kol"), ("Жаңы Үй", "jangy-uy"), ("chatyr", "chatyr")]
    )
    def test_is_written_in_latin(self, office, kyrgyz, published, words, address):
        po = filled(taken_away(office, kyrgyz), {**WORDS, "roof": words})
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


@pytest.mark.parametrize("kind", list(StoryBlock.base_blocks))
def test_a_block_that_was_given_its_fields_later_can_be_translated(office, planted, kind):
    page = written_by(None, "roof", live=True)
    empty = [] if isinstance(StoryBlock.base_blocks[kind], blocks.ListBlock | blocks.StreamBlock) else {}
    page.body = [{"type": kind, "value": "" if kind == "text" else empty}]
    page.save_revision().publish()
    source, _ = TranslationSource.get_or_create_from_instance(ArticlePage.objects.get(pk=page.pk))
    assert [each for each in source.stringsegment_set.all() if each.context.path.startswith("body.")] == []
