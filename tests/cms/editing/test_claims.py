"""Words that claim a figure, and those that tell a year, a sum, a telephone or a day of a timetable."""

import pytest

from cms.editing import claims

CLAIMS = (
    "40%", "40 %", "25 ‰", "2 млн", "5 миң киши", "12 пайыз", "3 процент", "1 200 человек", "1\u00a0200\u00a0үй", "1200 киши",
    "1,200 households", "каждый третий", "Каждая пятая семья", "ар бир үчүнчү", "ар үчүнчү бала", "every third child",
    "one in four",
)  # fmt: skip
NO_CLAIMS = (
    "2026-жылы 3 мектеп.", "1 500 сом", "1 500 сомго чейин", "KGS 1,500", "+996 312 000 000 номери", "каждый второй вторник",
    "каждый третий день", "ар үчүнчү күнү", "every second Monday", "үчүнчү класс", "каждый ученик", "2024 жана 2025",
)  # fmt: skip


@pytest.mark.parametrize("words", CLAIMS)
def test_is_a_claim(words):
    assert claims.tells(f"Анда {words} ж.б.")


@pytest.mark.parametrize("words", NO_CLAIMS)
def test_is_none(words):
    assert not claims.tells(words)
