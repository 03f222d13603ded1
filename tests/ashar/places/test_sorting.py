"""Kyrgyz order in the database: the same in SQLite, which we taught it, as in PostgreSQL, which has it from ICU."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ashar.ledger.models import Fund
from ashar.places import sorting
from ashar.places.models import HostCity

pytestmark = pytest.mark.django_db
TOWNS = ["Нарын", "Ноокат", "Ош", "Өзгөн", "Талас", "Үзөңгү", "Чүй"]
# As ICU writes them down (PostgreSQL 15, ky-x-icu).
AS_ICU = ["«Ала-Тоо»", "(Ош)", "1-май", "10", "5", "Ала Тоо", "ала-тоо", "Ала-Тоо", "АлаТоо", "ара", "Ара", "Еж", "Елена",
          "Ёлка", "Ёлка 2", "Кара Суу", "Кара-Суу", "Карабалта", "ош", "оШ", "Ош", "ОШ", "Ош 1", "Ош-1", "osh", "Zed"]  # fmt: skip


def in_the_database(words):
    """Return `words` as the database puts them."""
    rows = " UNION ALL ".join(["SELECT %s AS word"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT word FROM ({rows}) AS words ORDER BY word COLLATE "{sorting.COLLATION}"', words)
        return [word for (word,) in cursor.fetchall()]


def test_database_sorts_towns():
    assert in_the_database(TOWNS[::-1]) == TOWNS
    assert sorted(TOWNS) != TOWNS


def test_database_sorts_the_whole_alphabet():
    letters = list(sorting.ALPHABET)

    assert in_the_database(letters[::-1]) == letters


def test_database_and_key_and_icu_agree_on_spaces_signs_digits_and_case():
    assert in_the_database(AS_ICU[::-1]) == AS_ICU
    assert sorted(AS_ICU, key=sorting.key) == AS_ICU


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(sorting.ALPHABET + sorting.ALPHABET.upper() + " -09az", min_size=1, max_size=8), min_size=2))
def test_database_and_key_agree(words):
    assert in_the_database(words) == sorted(words, key=sorting.key)


def test_rows_come_in_order():
    for title in TOWNS[::-1]:
        Fund.objects.create(key=f"fund-{TOWNS.index(title)}", kind="project", title=title)

    funds = Fund.objects.filter(key__startswith="fund-")

    assert list(funds.order_by(sorting.by("title")).values_list("title", flat=True)) == TOWNS


@pytest.mark.parametrize(("language", "expected"), [("ky", ["Ош", "Өзгөн", "Талас"]), ("ru", ["Ош", "Талас", "Узген"])])
def test_rows_come_in_the_order_of_the_names_that_are_shown(language, expected):
    HostCity.objects.all().delete()
    for ky, ru in (("Талас", "Талас"), ("Өзгөн", "Узген"), ("", "Ош")):
        HostCity.objects.create(
            slug=f"city-{ru}", country="KG", name_ky=ky, name_ru=ru, name_en=ru, time_zone="Asia/Bishkek"
        )

    rows = HostCity.objects.order_by(sorting.by_name("name", language))

    assert [getattr(row, f"name_{language}") or row.name_ru for row in rows] == expected
