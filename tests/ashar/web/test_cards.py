"""The picture of a shared link: its size, its margins, its honesty, and that no text leaves its place."""

import io

import pytest
from PIL import Image, ImageColor

from ashar.money import Money
from ashar.web import cards, progress
from ashar.web.cards import BORDER, GROUND, HEIGHT, INDIGO, LEFT, RIGHT, SAFFRON, WIDTH, Card, Figure
from tests.badinput import text

PAPER = ImageColor.getrgb(GROUND)
GOAL = Money(1_000_000_00, "KGS")
HOSTILE = [
    "Ж" * 160,
    "W" * 160,
    "ы ы " * 40,
    "<script>alert(1)</script>",
    "\x00\x1b[2J",
    "",
    "👨 🇰🇬",
    "ңөүҢӨҮ " * 20,
    "a\nb" * 50,
]
CATALOGUE = [line.value for line in text.UNICODE[::4] if isinstance(line.value, str)]


def short(words: str) -> str:
    return ascii(words)[:24]


def som(minor: int) -> Money:
    return Money(minor, "KGS")


def card(title="Крыша школы", *, given=300_000_00, matched=200_000_00, **words) -> Card:
    figures = (
        Figure("Собрано", "300 000 сом", INDIGO),
        Figure("Софинансирование", "200 000 сом", SAFFRON),
        Figure("Цель", "1 000 000 сом"),
    )
    told = {"site": "Ашар", "place": "Нарын", "tag": "Идёт сбор", "figures": figures, **words}
    return Card(title=title, bar=progress.measure(GOAL, som(given), som(matched)), **told)


def drawn(told: Card) -> Image.Image:
    return Image.open(io.BytesIO(cards.draw(told))).convert("RGB")


def colours(picture: Image.Image, box: tuple[int, int, int, int]) -> set[tuple[int, int, int]]:
    return {colour for _, colour in picture.crop(box).getcolors(1 << 20)}


def width_of(picture: Image.Image, colour: str) -> int:
    """Return how many pixels in the middle of the bar have the colour."""
    wanted = ImageColor.getrgb(colour)
    return sum(picture.getpixel((x, 442)) == wanted for x in range(WIDTH))


def test_size_and_kind():
    picture = Image.open(io.BytesIO(cards.draw(card())))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_is_light_to_send():
    assert len(cards.draw(card("Көчкөр айылына таза суу: үч чакырым түтүк жана насос"))) < 120_000


def test_the_same_card_is_the_same_picture():
    assert cards.draw(card()) == cards.draw(card())


@pytest.mark.parametrize("words", [*HOSTILE, *CATALOGUE], ids=short)
def test_no_text_leaves_its_place(words):
    figures = tuple(Figure(words, words, colour) for colour in (INDIGO, SAFFRON, ""))
    picture = drawn(card(words, place=words, tag=words, site=words, figures=figures))

    margins = {"left": (0, 0, LEFT - 8, BORDER - 1), "right": (RIGHT + 8, 0, WIDTH, BORDER - 1), "top": (0, 0, WIDTH, 40),
               "above the bar": (0, 413, WIDTH, 419), "above the border": (0, 572, WIDTH, BORDER - 1)}  # fmt: skip
    assert {name: colours(picture, box) for name, box in margins.items()} == {name: {PAPER} for name in margins}


@pytest.mark.parametrize("words", HOSTILE, ids=short)
def test_no_text_leaves_its_place_without_a_bar_either(words):
    picture = drawn(Card(site="Ашар", title=words))
    margins = ((0, 0, LEFT - 8, BORDER - 1), (RIGHT + 8, 0, WIDTH, BORDER - 1), (0, 560, WIDTH, BORDER - 1))
    assert [colours(picture, box) for box in margins] == [{PAPER}] * 3


def test_a_title_of_nothing_readable_leaves_the_name_of_the_site():
    assert cards.draw(Card(site="Ашар", title="🌉")) == cards.draw(Card(site="Ашар", title="Ашар"))


class TestBar:
    def test_raised_and_matched_are_as_long_as_their_sums(self):
        picture = drawn(card(given=300_000_00, matched=200_000_00))
        whole = (RIGHT - LEFT - 170) / 100
        assert abs(width_of(picture, INDIGO) - 30 * whole) < 8
        assert abs(width_of(picture, SAFFRON) - 20 * whole) < 8

    def test_nothing_raised_is_an_empty_bar(self):
        picture = drawn(card(given=0, matched=0))
        assert (width_of(picture, INDIGO), width_of(picture, SAFFRON)) == (0, 0)

    def test_more_than_the_goal_fills_the_bar_and_no_more(self):
        picture = drawn(card(given=900_000_00, matched=500_000_00))
        assert picture.getpixel((RIGHT - 170 - 20, 442)) == ImageColor.getrgb(SAFFRON)
        assert picture.getpixel((RIGHT - 170 + 6, 442)) == PAPER

    def test_all_raised_leaves_no_saffron(self):
        assert width_of(drawn(card(given=1_000_000_00, matched=0)), SAFFRON) == 0

    def test_legend_and_bar_have_one_colour(self):
        picture = drawn(card())
        assert picture.getpixel((LEFT + 8, 497)) == ImageColor.getrgb(INDIGO)
        assert picture.getpixel((LEFT + (RIGHT - LEFT) // 3 + 8, 497)) == ImageColor.getrgb(SAFFRON)


class TestDigest:
    def test_is_of_everything_that_is_shown(self):
        told = [
            card(),
            card("Мост"),
            card(given=1),
            card(matched=1),
            card(place="Ош"),
            card(tag="Закрыт"),
            card(site="Ashar"),
            card(figures=()),
        ]
        assert len({one.digest for one in told}) == len(told)

    def test_stays_while_nothing_changes(self):
        assert card().digest == card().digest

    def test_changes_with_the_drawing(self, monkeypatch):
        before = card().digest
        monkeypatch.setattr(cards, "DRAWING", cards.DRAWING + 1)
        assert card().digest != before

    def test_of_a_lone_surrogate(self):
        assert len(card("\ud800").digest) == 32


def test_the_felt_lies_at_the_foot_only():
    picture = drawn(card())
    assert picture.size == (WIDTH, HEIGHT)
    assert ImageColor.getrgb(cards.FELT_RED) in colours(picture, (0, BORDER + 1, WIDTH, HEIGHT))
