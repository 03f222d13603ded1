"""Every living writing passes; what paints over the words of others, or turns them round, does not."""

import pytest

from ashar import legible

ACUTE = "\N{COMBINING ACUTE ACCENT}"
WRITINGS = {
    "Kyrgyz": "Өз айылыма, ыраазычылык менен. Ёлка, йод",
    "Kyrgyz in parts": "и\N{COMBINING BREVE}од е\N{COMBINING DIAERESIS}лка",
    "Vietnamese in parts": "Nguye\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING TILDE}n",
    "Arabic": "مُحَمَّدٌ رَسُولُ",
    "Hebrew": "בְּרֵאשִׁ֖ית בָּרָ֣א",
    "Thai": "ที่นี่ผู้ใหญ่",
    "Hindi": "क्षत्रिय",
    "emoji": "👩🏽‍🌾❤️1️⃣🇰🇬🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "as many as may be": f"a{ACUTE * 4}b{ACUTE * 4}",
    "nothing": "",
}
PILES = {
    "of one mark": f"z{ACUTE * 400}",
    "one too many": f"a{ACUTE * 5}",
    "of many marks": "Z\u0310\u0322\u0348\u0347\u0321",
    "on a composed letter": f"ấ{ACUTE * 3}",
    "through joiners": "z" + f"{ACUTE}{ACUTE}\N{ZERO WIDTH JOINER}" * 3,
    "of rings": "a" + "\N{COMBINING ENCLOSING CIRCLE}" * 5,
    "on nothing": ACUTE * 5,
    "in the middle": f"Айыл{ACUTE * 9}ым",
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_writing_is_neither_piled_nor_turned(writing):
    text = WRITINGS[writing]

    assert (legible.is_piled(text), legible.is_turned(text), legible.unturned(text)) == (False, False, text)


@pytest.mark.parametrize("pile", PILES)
def test_a_pile_is_seen(pile):
    assert legible.is_piled(PILES[pile])


@pytest.mark.parametrize("control", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"], ids=ascii)
def test_a_control_that_turns_is_seen_and_goes(control):
    text = f"Айгүл{control}нарт"

    assert (legible.is_turned(text), legible.unturned(text)) == (True, "Айгүлнарт")


@pytest.mark.parametrize("mark", ["\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}", "\N{ARABIC LETTER MARK}"])
def test_a_plain_mark_of_direction_stays(mark):
    assert legible.unturned(f"نور{mark}!") == f"نور{mark}!"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("", ""),
        ("Окугула!", "Окугула!"),
        ("Айылыма.\nЫраазымын.", "Айылыма.\nЫраазымын."),
        ("Айылыма." + "\n" * 7 + "Ыраазымын.", "Айылыма.\nЫраазымын."),
        ("\n\nАйылыма.\n \t\n\N{NO-BREAK SPACE}\nЫраазымын.\n\n", "Айылыма.\nЫраазымын."),
        ("Айылыма.\r\n\r\n\r\nЫраазымын.", "Айылыма.\nЫраазымын."),
        ("Айылыма.\n\N{ZERO WIDTH SPACE}\n\N{HANGUL FILLER}\n\u2800\u2028\u2029Ыраазымын.", "Айылыма.\nЫраазымын."),
        ("  Мен   үчүн", "  Мен   үчүн"),
    ],
)
def test_lines_in_which_nothing_shows_push_nothing_away(written, shown):
    assert legible.closed_up(written) == shown


@pytest.mark.parametrize(
    ("text", "is_seen"), [("", False), (" \u200b\u3164\t", False), ("а", True), (" \u200b.", True)]
)
def test_what_shows_nothing_is_not_seen(text, is_seen):
    assert legible.is_seen(text) is is_seen
