"""Covers: drawn, the same every time, different for different projects, light enough for a phone."""

import pytest

from cms.demo import pictures
from diaspora import covers

HEAVIEST = {"x.jpg": 60_000, "x-card.jpg": 20_000}  # bytes: a dozen cards and the page stay below 300 KB


@pytest.mark.parametrize("kind", pictures.MOTIFS)
class TestKind:
    def test_is_light_in_every_size_and_lighter_in_newer_formats(self, kind):
        weights = {name: len(file) for name, file in covers.files("x.jpg", pictures.draw("school", kind)).items()}
        assert {name: weights[name] < most for name, most in HEAVIEST.items()} == dict.fromkeys(HEAVIEST, True)
        assert weights["x.avif"] < weights["x.jpg"]
        assert weights["x.webp"] < weights["x.jpg"]

    def test_is_drawn_the_same_every_time(self, kind):
        assert pictures.draw("school", kind) == pictures.draw("school", kind)


def test_every_kind_looks_different():
    assert len({pictures.draw("school", kind).tobytes() for kind in pictures.MOTIFS}) == len(pictures.MOTIFS)


def test_two_projects_of_a_kind_look_different():
    assert pictures.draw("school-in-naryn", "school") != pictures.draw("school-in-osh", "school")


def test_an_unknown_kind_is_not_drawn():
    with pytest.raises(KeyError):
        pictures.draw("school", "palace")
