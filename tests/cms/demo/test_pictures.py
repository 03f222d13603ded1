"""Covers: drawn, the same every time, different for different projects, light enough for a phone."""

import io

import pytest
from PIL import Image

from cms.demo import pictures

HEAVIEST_COVER, HEAVIEST_CARD = 60_000, 20_000  # bytes: a dozen cards and the page stay below 300 KB


def size_of(picture: bytes) -> tuple[str, tuple[int, int]]:
    image = Image.open(io.BytesIO(picture))
    return str(image.format), image.size


@pytest.mark.parametrize("kind", pictures.MOTIFS)
class TestKind:
    def test_has_a_cover_and_a_card_of_the_promised_sizes(self, kind):
        cover, card = pictures.draw("school", kind)
        assert (size_of(cover), size_of(card)) == (("JPEG", (960, 540)), ("JPEG", (480, 270)))
        assert (len(cover) < HEAVIEST_COVER, len(card) < HEAVIEST_CARD) == (True, True)

    def test_is_drawn_the_same_every_time(self, kind):
        assert pictures.draw("school", kind) == pictures.draw("school", kind)


def test_every_kind_looks_different():
    assert len({pictures.draw("school", kind) for kind in pictures.MOTIFS}) == len(pictures.MOTIFS)


def test_two_projects_of_a_kind_look_different():
    assert pictures.draw("school-in-naryn", "school") != pictures.draw("school-in-osh", "school")


def test_an_unknown_kind_is_not_drawn():
    with pytest.raises(KeyError):
        pictures.draw("school", "palace")
