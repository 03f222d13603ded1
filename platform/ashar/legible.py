"""Words of strangers that stand among those of others: what would paint over these or turn them round."""

import re
import unicodedata

# Four marks on one letter are more than living writing needs; pointed Hebrew with its accents comes to them.
MOST_MARKS = 4
# Overrides, embeddings and isolates. Arabic and Hebrew letters turn by themselves, and the plain marks (LRM, RLM) stay.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Letters that show nothing: Hangul fillers, the empty Braille pattern, and everything of zero width.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\\s]"
)


def is_seen(text: str) -> bool:
    """Tell whether anything of `text` shows."""
    return bool(INVISIBLE.sub("", text))


def closed_up(text: str) -> str:
    """Return `text` without lines in which nothing shows: they only push the words of others away."""
    return "\n".join(line for line in text.splitlines() if is_seen(line))


def is_turned(text: str) -> bool:
    """Tell whether `text` holds controls that turn the letters after them round."""
    return bool(TURNS.search(text))


def unturned(text: str) -> str:
    """Return `text` without these controls: they show nothing themselves, so nothing that was written is lost."""
    return TURNS.sub("", text)


def is_piled(text: str) -> bool:
    """Tell whether more marks than `MOST_MARKS` are piled on one letter. Letters that show nothing end no pile."""
    marks = 0
    for char in unicodedata.normalize("NFD", text):
        category = unicodedata.category(char)
        if category in {"Mn", "Me"}:
            marks += 1
        elif category != "Cf":
            marks = 0
        if marks > MOST_MARKS:
            return True
    return False
