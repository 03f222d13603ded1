"""Kyrgyz alphabetical order: ё after е, ң after н, ө after о, ү after у (CLDR root order; byte order puts them last)."""

ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_PLACES = {letter: place for place, letter in enumerate(ALPHABET, start=0x400)}


def key(text: str) -> tuple[list[int], str]:
    """Return what to sort `text` by: letters and digits in Kyrgyz order, case and punctuation only breaking ties."""
    letters = [_PLACES.get(letter, ord(letter)) for letter in text.lower() if letter.isalnum()]
    return letters, text
