"""Text in a spreadsheet is read, never run, and never the end of the file."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ashar.web.spreadsheets import FORMULA_STARTS, harmless

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("before", ["", " ", "   "])
def test_a_cell_that_looks_like_a_formula_is_shown_not_run(start, before):
    assert harmless(f"{before}{start}cmd") == f"'{before}{start}cmd"


@pytest.mark.parametrize("text", ["", "Айгүл", "5", "a=1", "5 - 3", "'=1", "Gift of $50.50"])
def test_any_other_text_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_a_sheet_cannot_hold_is_left_out(sign):
    assert harmless(f"Ай{sign}гүл") == "Айгүл"


def test_a_formula_hides_behind_nothing_that_is_left_out():
    assert harmless("\x00=1+1") == "'=1+1"


@given(st.text())
def test_no_text_begins_as_a_formula_and_none_grows_by_more_than_its_apostrophe(text):
    told = harmless(text)
    assert not told.lstrip(" ").startswith(FORMULA_STARTS)
    assert harmless(told) == told
    assert len(told) <= len(text) + 1


@given(st.text(max_size=50))
def test_every_text_can_be_saved_and_opened_again(text):
    book, saved = Workbook(), io.BytesIO()
    book.active.append([f"x{harmless(text)}"])
    book.save(saved)
    assert openpyxl.load_workbook(saved).active["A1"].data_type == "s"
