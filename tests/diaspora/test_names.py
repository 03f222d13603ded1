"""Names as their owners chose to be shown."""

import pytest

from diaspora import names
from diaspora.models import Gift


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Бакыт", "Б."),
        ("Бакыт Дарманкул уулу", "Б. Д."),
        ("Маканбай кызы Гульмира", "М. Г."),
        ("айгүл токтогулова", "А. Т."),
        ("Өмүрбек Ы. Ңңң Үсөнов", "Ө. Ы. Ң."),
        ("  Jo   Ann  ", "J. A."),
        ("O'Neill-Smith Иван", "O. И."),
        ("«Ала-Тоо»", "А."),
        ("Чолпон (demo)", "Ч."),
        ("Нурлан Эсепчиев (demo)", "Н. Э."),
        ("Айгүл [тест]", "А."),
        ("(Айгүл)", "А."),
        ("Бакыт Асанов (Сеул) (demo)", "Б. А."),
        ("123 456", ""),
        ("😀", ""),
        ("", ""),
        ("=cmd", "C."),
    ],
)
def test_initials(name, initials):
    """No line parts them."""
    assert names.initials(name) == initials.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("shown_as", "shown"), [("named", "Бакыт Дарманкул уулу"), ("initials", "Б.\u00a0Д."), ("anonymous", "")]
)
def test_the_chosen_form_is_shown(shown_as, shown):
    assert names.shown(Gift(name="Бакыт Дарманкул уулу", shown_as=shown_as)) == shown


@pytest.mark.parametrize(
    ("email", "masked"),
    [("giver@example.org", "g…@example.org"), ("a@b.c", "a…@b.c"), ("@b.c", "…@b.c"), ("broken", "…"), ("", "…")],
)
def test_an_address_is_masked(email, masked):
    assert names.masked(email) == masked
