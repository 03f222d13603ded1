"""Sums in som in the words of editors: what is written as the site writes it is left alone, the rest is told how."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ashar.money import Money, printed
from cms.editing import som
from tests.cms.conftest import LANGUAGES

SPACE = "\u00a0"


def told(text: str, code: str = "ru") -> list[tuple[str, str]]:
    return [tuple(misprint) for misprint in som.misprints(text, code)]


@pytest.mark.parametrize(
    "text",
    [
        "1 234,50 сом",
        f"1{SPACE}234,50{SPACE}сом",
        "12 000 сомов собрали",
        "500 сомго",
        "1 000 000 сом",
        "0,50 сом",
        "в селе 2026 года, с. Кочкор",
        "12 с. Кочкор",
        "от 5 до 7 сел",
        "2 млн сом",
        "за 2024, 1 500 сом",
        "в 2024 500 сом",
        "№ 12, 500 сом",
        "по 5, 10 и 500 сомов",
        "болсом 2 жыл",
        "Билсом 10 күн",
        "5000 сомнений",
        "1000 сомкнутых рядов",
        "2000 сомалийцев",
        "5 000 сомдук",
        "3000 kgs",
        "50 $",
        "сом",
        "",
    ],
)
@pytest.mark.parametrize("code", ["ky", "ru"])
def test_what_is_right_is_left_alone(text, code):
    assert told(text, code) == []


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("1000 сом", "1 000 сом"),
        ("1,000 сом", "1 000 сом"),
        ("1.000.000 сом", "1 000 000 сом"),
        ("1234.5 сом", "1 234,50 сом"),
        ("KGS 1,000", "1 000 сом"),
        ("1 000 KGS", "1 000 сом"),
        ("1 000 som", "1 000 сом"),
        ("250 с.", "250 сом"),
        ("10000сомов", "10 000 сом"),
        ("1 23 сом", "123 сом"),
        ("5000 сомго", "5 000 сом"),
        ("5000 сомдорду", "5 000 сом"),
        ("5000 сомом", "5 000 сом"),
        ("сом 5000", "5 000 сом"),
        ("KGS 5000", "5 000 сом"),
    ],
)
@pytest.mark.parametrize("code", ["ky", "ru"])
def test_what_is_wrong_is_told_how(code, written, right):
    assert told(f"Собрали {written}", code) == [(written, right)]


@pytest.mark.parametrize("text", ["KGS 1,234.50", "KGS 500", "12,000 som", "1 soms"])
def test_english_has_its_own_way(text):
    assert told(text, "en") == []


@pytest.mark.parametrize(
    ("written", "right"),
    [("KGS 1000", "KGS 1,000"), ("1 000 сом", "KGS 1,000"), ("1,000 KGS", "KGS 1,000"), ("12000 som", "KGS 12,000")],
)
def test_and_its_own_mistakes(written, right):
    assert told(written, "en") == [(written, right)]


def test_several_in_one_text_are_told_in_their_order():
    assert told("Из 5000 сом пришло 4 000 сом, осталось 1000 сом") == [
        ("5000 сом", "5 000 сом"),
        ("1000 сом", "1 000 сом"),
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_digits_without_an_end_stop_nothing(code):
    assert len(told("9" * 400 + " сом", code)) == 1


SUMS = st.integers(min_value=1, max_value=10**12).map(lambda minor: Money(minor, "KGS"))
WORDS = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюяңөү", min_size=1, max_size=8)
CODES = st.sampled_from(LANGUAGES)
BEFORE = ("", "за 2024, ", "№ 12, ", "в 2024 году ", "1) ", "болсом 2 жыл, ")


@given(money=SUMS, code=CODES, before=st.sampled_from(BEFORE), after=st.sampled_from(["", ".", ", 10 человек", "; 7"]))
def test_what_the_site_itself_prints_is_left_alone_wherever_it_stands(money, code, before, after):
    assert told(before + printed.show(money, code) + after, code) == []


@given(
    som_of=st.integers(min_value=1000, max_value=10**9),
    before=st.sampled_from(BEFORE),
    code=st.sampled_from(["ky", "ru"]),
)
def test_what_is_advised_is_the_sum_that_was_written_and_nothing_beside_it(som_of, before, code):
    right = printed.show(Money(som_of * 100, "KGS"), code).replace(printed.SPACE, " ")
    for written in (f"{som_of} сом", f"{som_of:,} сом", f"{som_of:,} KGS"):
        assert told(before + written + ", 10 человек", code) == [(written, right)]


@given(word=WORDS, number=st.integers(min_value=0, max_value=10**6), code=CODES)
@example(word="бол", number=2, code="ky")
@example(word="Бил", number=10, code="ky")
def test_a_word_that_ends_as_the_mark_does_marks_nothing(word, number, code):
    assert told(f"{word}сом {number} күн", code) == []


@given(word=WORDS, number=st.integers(min_value=1000, max_value=10**6), code=CODES)
@example(word="нений", number=5000, code="ru")
def test_a_word_that_begins_as_the_mark_does_is_a_sum_only_where_it_is_bent(word, number, code):
    is_bent = re.fullmatch(som.BENT, f"сом{word}") is not None
    assert len(told(f"{number} сом{word}", code)) == is_bent
