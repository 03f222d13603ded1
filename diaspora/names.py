"""Names of givers as they chose to be shown. Nothing public reads `Gift.name` in any other way."""

import re
import unicodedata

from diaspora.models import Gift
from diaspora.states import ShownAs

# Particles of Kyrgyz names: "Дарманкул уулу Бакыт" is Д. Б.
PARTICLES = {"уулу", "кызы", "uulu", "kyzy", "uluu"}
MOST_INITIALS = 3
NO_BREAK_SPACE = "\u00a0"
REMARKS = re.compile(r"(?<=\w)(\s+(\([^()]*\)|\[[^\[\]]*\]))+\s*$")


def shown(gift: Gift) -> str:
    """Return the name as the giver chose for this gift; empty means anonymous."""
    if gift.shown_as == ShownAs.NAMED:
        return gift.name
    if gift.shown_as == ShownAs.INITIALS:
        return initials(gift.name)
    return ""


def initials(name: str) -> str:
    """Return the first letters of a name's words: "Бакыт Дарманкул уулу" → "Б. Д.", which no line parts; empty when it has no letters.

    Remarks in brackets after the name are not the name: "Айгүл (Сеул)" → "А."
    """
    bare = REMARKS.sub("", unicodedata.normalize("NFC", name))
    words = [word for word in bare.split() if word.lower() not in PARTICLES]
    letters = [letter for letter in (_first_letter(word) for word in words) if letter]
    return NO_BREAK_SPACE.join(f"{letter}." for letter in letters[:MOST_INITIALS])


def masked(email: str) -> str:
    """Return an address that its owner recognises and nobody else learns: "k…@example.org"."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}…@{domain}" if domain else "…"


def _first_letter(word: str) -> str:
    return next((char.upper() for char in word if char.isalpha()), "")
