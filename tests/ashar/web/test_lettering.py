"""Words in pictures: the fonts have what we say they have, and every text is made to fit."""

import pytest

from ashar.web import lettering
from ashar.web.lettering import BOLD, LETTERS, REGULAR, cut, fit, font, readable, wrap
from tests.badinput import text

KYRGYZ, SOM, SIGNS = (
    "АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнҢңОоӨөПпРрСсТтУуҮүФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя",
    "⃀",
    "$€£₽₸₺₩¥№«»“”„…–—’",
)
LINE = 600
BLANK = {" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"}


@pytest.mark.parametrize("name", [REGULAR, BOLD])
class TestFonts:
    def test_have_every_letter_we_promise(self, name):
        box = bytes(font(name, 40).getmask("\U0010ffff"))
        assert [letter for letter in sorted(LETTERS - BLANK) if bytes(font(name, 40).getmask(letter)) == box] == []

    def test_draw_kyrgyz_letters_unlike_their_russian_neighbours(self, name):
        shapes = [bytes(font(name, 40).getmask(letter)) for letter in "нңоөуүНҢОӨУҮ"]
        assert len(set(shapes)) == len(shapes)

    def test_are_small(self, name):
        assert (lettering.FONTS / name).stat().st_size < 75_000


def test_the_licence_lies_beside_the_fonts():
    told = (lettering.FONTS / "OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in told
    assert "Copyright 2015 Google LLC" in told
    assert "THE FONT SOFTWARE IS PROVIDED" in told


def test_everything_we_write_can_be_written():
    assert readable(KYRGYZ + SIGNS + "Istanbul İıŞş Łódź") == KYRGYZ + SIGNS + "Istanbul İıŞş Łódź"


class TestReadable:
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("и\N{COMBINING BREVE}е\N{COMBINING DIAERESIS}", "йё"),
            (" a \n\t b ", "a b"),
            ("a\N{RIGHT-TO-LEFT OVERRIDE}b\N{ZERO WIDTH SPACE}c\x00d\x1be", "abcde"),
            ("Мост 🌉 через 江", "Мост через"),
            ("1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}сом", "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}сом"),
            ("soft\N{SOFT HYPHEN}hyphen", "softhyphen"),
            ("🌉", ""),
        ],
    )
    def test_leaves_what_the_fonts_have(self, written, read):
        assert readable(written) == read

    def test_nothing_of_the_catalogue_of_hostile_text_is_a_box(self):
        told = [
            line.value if isinstance(line.value, str) else line.value.decode("utf-8", "replace")
            for line in text.CATALOGUE
        ]
        assert {letter for line in told for letter in readable(line)} <= LETTERS


class TestFitting:
    def test_takes_the_largest_size_that_fits(self):
        assert [
            fit(words, BOLD, sizes=(60, 40, 20), width=LINE)[1].size
            for words in ("Ашар", "Ашар ашар ашар ашар", "Ашар " * 9)
        ] == [60, 40, 20]

    def test_cuts_at_the_smallest_size(self):
        words, face = fit("Ж" * 200, BOLD, sizes=(60, 20), width=LINE)
        assert (words[-1], face.size, face.getlength(words) <= LINE) == ("…", 20, True)

    def test_a_text_that_fits_is_left_whole(self):
        assert cut("Ашар", font(BOLD, 40), LINE) == "Ашар"

    def test_no_space_and_no_comma_stand_before_the_dots(self):
        width = int(font(BOLD, 40).getlength("Ашар, …")) + 1
        assert cut("Ашар, ашар", font(BOLD, 40), width) == "Ашар…"

    @pytest.mark.parametrize(
        "words", ["Ж" * 160, "ж ж " * 40, "A very long title of a project " * 5, "W" * 80 + " " + "i" * 80, "x", ""]
    )
    def test_lines_stand_within_their_width(self, words):
        lines, face = wrap(words, BOLD, sizes=(64, 50), width=LINE, lines=3)
        assert len(lines) <= 3
        assert [line for line in lines if face.getlength(line) > LINE] == []

    def test_words_stay_whole_and_none_is_lost_where_there_is_room(self):
        lines, face = wrap("Новые окна школы в Кара-Кулдже", BOLD, sizes=(64, 50), width=LINE, lines=3)
        assert (" ".join(lines), face.size) == ("Новые окна школы в Кара-Кулдже", 64)

    def test_a_word_wider_than_a_line_is_broken_and_not_lost(self):
        lines, _ = wrap("Ы" * 30, BOLD, sizes=(64,), width=LINE, lines=9)
        assert "".join(lines) == "Ы" * 30

    def test_the_last_line_says_that_something_is_missing(self):
        lines, _ = wrap("ашар " * 100, BOLD, sizes=(64, 50), width=LINE, lines=3)
        assert [line[-1] for line in lines] == ["р", "р", "…"]
