"""Addresses in Latin letters, as Kyrgyz names are written in Latin: Ысык-Көл → ysyk-kol, Жалал-Абад → jalal-abad.

Letters go through anyascii, except `ж`, which is `j` in Kyrgyz place names on maps and road signs (BGN/PCGN romanisation
of Kyrgyz), where anyascii would write the Russian `zh`.
"""

import re

from anyascii import anyascii

from ashar.places.sorting import ALPHABET

KYRGYZ = str.maketrans({"ж": "j", "Ж": "J"})
OTHER = re.compile(r"[^a-z0-9]+")


def letters() -> dict[str, str]:
    """Return what becomes of each small letter of the Kyrgyz and Russian alphabets, for those who must do it in a browser."""
    return {letter: slug(letter) for letter in ALPHABET}


def slug(text: str, *, longest: int = 80) -> str:
    """Return `text` as words of a-z and 0-9 joined by hyphens, at most `longest` characters, cut between words."""
    words = OTHER.sub("-", anyascii(text.translate(KYRGYZ)).lower().replace("'", "")).strip("-")
    if len(words) <= longest:
        return words
    return words[: longest + 1].rpartition("-")[0] or words[:longest]
