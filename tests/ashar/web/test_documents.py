"""The pages about design and language tell what the code has."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from ashar.web import samples

DOCS = Path(settings.ROOT) / "docs"
LANGUAGE = (DOCS / "language.md").read_text(encoding="utf-8")
DESIGN = (DOCS / "how-to" / "design.md").read_text(encoding="utf-8")


def rows():
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in LANGUAGE_TABLES
        if not line.startswith(("| concept", "|---"))
    ]


LANGUAGE_TABLES = [line for line in LANGUAGE.splitlines() if line.startswith("|")]


def test_every_component_is_described():
    assert re.findall(r"^\| `(\w+)` \|", DESIGN, re.MULTILINE) == [each.name for each in samples.components()]


def test_every_sample_is_explained():
    used = {
        kind
        for path in (Path(samples.__file__).parent / "templates" / "components").glob("*.sample.json")
        for kind in re.findall(r'"(\$\w+)"', path.read_text(encoding="utf-8"))
    }

    assert used == set(re.findall(r'"(\$\w+)"', DESIGN))


def test_every_concept_has_a_word_in_three_languages():
    assert [row[0] for row in rows() if len(row) != 6 or not all((row[0], row[3], row[4], row[5]))] == []


def test_no_concept_is_told_twice():
    concepts = [row[0] for row in rows()]

    assert sorted(concepts) == sorted(set(concepts))


def test_uncertain_words_are_listed_for_a_native_reader():
    uncertain = [row[5].removesuffix(" ?") for row in rows() if row[5].endswith("?")]
    listed = re.findall(r"^\* (.+?) \? ", LANGUAGE, re.MULTILINE)

    assert listed == uncertain


@pytest.mark.parametrize("letter", ["ң", "ө", "ү"])
def test_kyrgyz_is_written_with_its_own_letters(letter):
    assert letter in "".join(row[5] for row in rows())
