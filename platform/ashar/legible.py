"""Words of strangers that stand among those of others: what would paint over these or turn them round."""

import re
import unicodedata

# Four marks on one letter are more than living writing needs; pointed Hebrew with its accents comes to them.
MOST_MARKS = 4
# Overrides, embeddings and isolates. Arabic and Hebrew letters turn by themselves, and the plain marks (LRM, RLM) stay.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


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
