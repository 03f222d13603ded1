"""The trail as a table: its columns, its language, its numbers and its time."""

import csv
import re
from zoneinfo import ZoneInfo

import pytest

from ashar.ledger import queries as books
from ashar.ledger.models import Journal
from ashar.money import Money, printed
from diaspora import giving, queries
from tests.diaspora.web.conftest import NAMES, html_of, page, rows_of, table_of
from tests.factories.gifts import ReceivedGiftFactory, go_back
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory


def tyiyn(plain: str) -> int:
    return int(plain.replace(".", ""))


def test_the_table_has_stable_columns_and_plain_numbers(school, client):
    gift = ReceivedGiftFactory(project=school)
    response = page(client, "trail-csv", "school")
    (row,) = rows_of(response)

    assert (row["given"], row["given_currency"]) == ("50.00", "USD")
    assert row["amount_som"] == printed.plain(gift.som - Money(gift.fee_som_minor, "KGS"))
    assert row["fee_som"] == printed.plain(Money(gift.fee_som_minor, "KGS"))
    assert row["balance_som"] == row["amount_som"]
    assert row["hash"] == Journal.objects.get(pk=row["number"]).hash
    assert response["Content-Disposition"] == 'attachment; filename="trail-school.csv"'


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_on_a_narrow_screen_each_cell_says_what_its_heading_says_the_zone_too(school, client, language):
    ReceivedGiftFactory(project=school)
    html = html_of(page(client, "trail", "school", language=language))
    heads = re.findall(r"<th[^>]* scope=\"col\">([^<]*)</th>", html)

    assert re.findall(r'data-label="([^"]*)"', html) == heads
    assert "(" in heads[0]


@pytest.mark.parametrize(
    ("language", "head", "kind"),
    [
        (
            "ky",
            (
                "Номер,Жазылган убактысы,Кайсы күнгө эсептелет,Түрү,Эмне болду,Салым кошуучу,"
                '"Кошулган сумма, салым кошуучунун валютасында",Валюта,"Фондго, сом","Анын ичинде комиссия, сом",'
                '"Андан кийин фонддо, сом",Хеш'
            ),
            "төлөм",
        ),
        (
            "ru",
            (
                "Номер,Записано,Учтено за день,Вид,Что произошло,Жертвователь,"
                '"Внесено, в валюте жертвователя",Валюта,"В фонд, сом","В том числе комиссия, сом",'
                '"В фонде после этого, сом",Хеш'
            ),
            "платёж",
        ),
        (
            "en",
            (
                "Number,Written,Counts for,Kind,What happened,Giver,"
                '"Given, in the giver\'s currency",Currency,"To the fund, som","Fee in it, som",'
                '"In the fund after it, som",Hash'
            ),
            "payment",
        ),
    ],
)
def test_the_table_speaks_the_language_of_its_page(school, client, language, head, kind):
    ReceivedGiftFactory(project=school)
    first, row = table_of(page(client, "trail-csv", "school", language=language))

    assert first == next(csv.reader([head]))
    assert row[NAMES.index("kind")] == kind


def test_the_table_tells_the_time_as_the_page_does(school, client):
    ReceivedGiftFactory(project=school)
    (row,) = rows_of(page(client, "trail-csv", "school"))
    (line,) = queries.trail_lines(school)

    assert row["posted_at"] == line.at.astimezone(ZoneInfo("Asia/Bishkek")).isoformat()
    assert row["posted_at"].endswith("+06:00")


def test_every_kind_in_the_table_has_words_and_none_is_the_code(school, client):
    PoolFactory()
    gift = ReceivedGiftFactory(project=school)
    go_back(gift, Money(20_00, "USD"))
    giving.follow(gift.payment_id, at=NOON)
    rows = rows_of(page(client, "trail-csv", "school", language="ru"))

    assert [row["kind"] for row in rows] == [
        "софинансирование отозвано",
        "возврат средств",
        "софинансирование",
        "платёж",
    ]


def test_figures_of_the_table_are_those_of_the_page_in_every_language(school, client):
    PoolFactory()
    gift = ReceivedGiftFactory(project=school)
    go_back(gift, Money(20_00, "USD"))
    giving.follow(gift.payment_id, at=NOON)
    lines = page(client, "trail", "school").context["trail"].lines
    figures = [[printed.plain(each) for each in (line.amount, line.fee, line.balance)] for line in lines]

    for language in ("ky", "ru", "en"):
        rows = rows_of(page(client, "trail-csv", "school", language=language))
        assert [[row["amount_som"], row["fee_som"], row["balance_som"]] for row in rows] == figures


def test_what_goes_back_is_below_zero_so_that_the_columns_sum_up_to_what_remains(school, client):
    gift = ReceivedGiftFactory(project=school)
    go_back(gift, Money(20_00, "USD"))
    giving.follow(gift.payment_id, at=NOON)

    refund, charge = rows_of(page(client, "trail-csv", "school"))

    assert (charge["given"], refund["given"]) == ("50.00", "-20.00")
    assert sum(tyiyn(row["amount_som"]) for row in (charge, refund)) == tyiyn(refund["balance_som"])
    assert refund["words"] == "Given back: $20. Giver: Бакыт Дарманкул уулу"


def test_the_whole_trail_comes_in_pieces_without_gaps(school, client, monkeypatch):
    monkeypatch.setattr("diaspora.queries.trails.AT_ONCE", 2)
    for _ in range(5):
        ReceivedGiftFactory(project=school)

    rows = rows_of(page(client, "trail-csv", "school"))

    assert len({row["number"] for row in rows}) == 5
    assert rows[0]["balance_som"] == printed.plain(books.available(school.fund))


def test_a_givers_formula_does_not_run_in_the_table(school, client):
    ReceivedGiftFactory(project=school, name='=HYPERLINK("http://evil")')

    assert rows_of(page(client, "trail-csv", "school"))[0]["giver"] == '\'=HYPERLINK("http://evil")'
