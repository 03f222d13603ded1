"""Pages on which money is followed."""

import csv
import io
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from ashar.ledger import queries as books
from ashar.ledger.models import Journal
from ashar.money import Money, printed
from diaspora import giving, queries, receipts
from tests.diaspora.web.conftest import page
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, go_back
from tests.factories.moments import NEXT_MONTH, NOON
from tests.factories.people import PersonFactory
from tests.factories.pools import PoolFactory
from tests.factories.projects import DraftProjectFactory, OpenProjectFactory

NAMES = (
    "number", "posted_at", "effective_on", "kind", "words", "giver",
    "given", "given_currency", "amount_som", "fee_som", "balance_som", "hash",
)  # fmt: skip
SECRETS = ("canary-name", "canary@example.org")


@pytest.fixture
def school(db):
    return OpenProjectFactory(slug="school", closes_on=NEXT_MONTH)


def table_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def rows_of(response) -> list[dict[str, str]]:
    """Return the rows of a table by our names of its columns, whose headings differ from language to language."""
    return [dict(zip(NAMES, row, strict=True)) for row in table_of(response)[1:]]


def tyiyn(plain: str) -> int:
    return int(plain.replace(".", ""))


def test_the_trail_tells_every_journal_newest_first(school, client):
    PoolFactory()
    gift = ReceivedGiftFactory(project=school, language="en")
    go_back(gift, Money(20_00, "USD"))
    giving.follow(gift.payment_id, at=NOON)

    lines = page(client, "trail", "school").context["trail"].lines

    assert [line.kind for line in lines] == ["match_returned", "refund", "match", "charge"]
    assert [line.number for line in lines] == list(
        Journal.objects.filter(pk__in=[line.number for line in lines]).order_by("-pk").values_list("pk", flat=True)
    )
    assert lines[3].words == "Gift of $50. Giver: Бакыт Дарманкул уулу"
    assert (
        lines[2].words
        == f"Matched: {printed.show(gift.som, 'en')}. Added by: Match fund. For the gift of: Бакыт Дарманкул уулу"
    )


def test_the_running_balance_ends_at_what_the_fund_has(school, client):
    PoolFactory()
    for _ in range(3):
        ReceivedGiftFactory(project=school)

    trail = page(client, "trail", "school").context["trail"]
    balances = [line.balance for line in trail.lines]

    assert balances[0] == books.available(school.fund) == trail.figures.available
    assert [line.balance - line.amount for line in trail.lines] == [*balances[1:], Money.zero("KGS")]


def test_the_balance_goes_on_over_pages(school, client, monkeypatch):
    monkeypatch.setattr("diaspora.queries.trails.PER_PAGE", 2)
    for _ in range(3):
        ReceivedGiftFactory(project=school)

    first = page(client, "trail", "school").context["trail"].lines
    second = page(client, "trail", "school", query="?page=2").context["trail"].lines

    assert (len(first), len(second)) == (2, 1)
    assert first[1].balance - first[1].amount == second[0].balance


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=-1", "?page=999999999999", "?page=abc", "?page=", "?page=1&page=2"]
)
def test_any_page_number_gives_a_page(school, client, query):
    ReceivedGiftFactory(project=school)

    assert page(client, "trail", "school", query=query).status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ky", "Салым: 50\N{NO-BREAK SPACE}$. Салым кошуучу: Б. Д."),
        ("ru", "Взнос: 50\N{NO-BREAK SPACE}$. Жертвователь: Б. Д."),
        ("en", "Gift of $50. Giver: Б. Д."),
    ],
)
def test_the_words_are_in_the_readers_language(school, client, language, words):
    ReceivedGiftFactory(project=school, shown_as="initials")

    assert page(client, "trail", "school", language=language).context["trail"].lines[0].words == words


@pytest.mark.parametrize("name", ["trail", "trail-csv"])
def test_an_anonymous_giver_stays_anonymous_down_to_the_source(school, client, name):
    PoolFactory()
    ReceivedGiftFactory(project=school, name=SECRETS[0], email=SECRETS[1], shown_as="anonymous")

    response = page(client, name, "school")
    body = b"".join(response.streaming_content) if response.streaming else response.content

    assert [secret.encode() in body for secret in SECRETS] == [False, False]
    assert b"someone who gave without a name" in body


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


@pytest.mark.parametrize(
    ("language", "zone", "time"),
    [("ky", "Бишкек убактысы", "12:00"), ("ru", "время Бишкека", "12:00"), ("en", "Bishkek time", "12:00")],
)
def test_the_zone_of_the_trail_stands_once_in_its_heading(school, client, language, zone, time):
    for _ in range(3):
        ReceivedGiftFactory(project=school)
    html = page(client, "trail", "school", language=language).content.decode()

    assert html.count(zone) == 1
    assert html.count(f", {time}</time>") == 3


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ky", "Кошкон: «Ашар» фонду."),
        ("ru", "Добавили: Фонд софинансирования «Ашар»."),
        ("en", "Added by: Ashar pool."),
    ],
)
def test_a_pool_is_not_called_a_pool_twice(school, client, language, told):
    PoolFactory(title_ru="Фонд софинансирования «Ашар»", title_ky="«Ашар» фонду", title_en="Ashar pool")
    ReceivedGiftFactory(project=school)
    html = page(client, "trail", "school", language=language).content.decode()

    assert told in html


def test_sums_stand_in_tables_as_they_stand_in_bars_and_sentences(school):
    with translation.override("en"):
        project = queries.project_page(school, at=NOON)
        figures = render_to_string("diaspora/project_figures.html", {"project": project})
        budget = render_to_string("diaspora/budget.html", {"lines": project.budget})

    assert figures.count("<dd>KGS\N{NO-BREAK SPACE}0</dd>") == 5
    assert re.findall(r">KGS\N{NO-BREAK SPACE}([0-9,.]+)</td>", budget) == ["700,000", "300,000"]


@pytest.mark.parametrize(
    ("state", "after_days", "told"),
    [("open", 0, "Closes on: 20 December 2026"), ("open", 31, "Closed on: 20 December 2026"), ("closed", 0, "")],
)
def test_after_the_last_day_the_project_says_when_it_closed(school, state, after_days, told):
    school.state = state
    with translation.override("en"):
        project = queries.project_page(school, at=NOON + timedelta(days=after_days))
        html = render_to_string("diaspora/project_figures.html", {"project": project})

    assert re.findall(r"Close[sd] on: [0-9]+ \w+ [0-9]+", html) == ([told] if told else [])


def test_the_number_of_a_receipt_leads_to_it(school, client):
    me = PersonFactory()
    gift = ReceivedGiftFactory(project=school, by=me)
    StartedGiftFactory(project=school, by=me)
    client.force_login(me)

    html = page(client, "my-gifts").content.decode()

    assert f'<a href="{receipts.path(gift.receipt, "en")}">{gift.receipt.number}</a>' in html
    assert html.count('href="/en/receipts/') == 1


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


def test_hostile_names_are_text_on_the_page(school, client):
    ReceivedGiftFactory(project=school, name="<img src=x onerror=alert(1)>")
    html = page(client, "trail", "school").content.decode()

    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize("name", ["trail", "trail-csv", "give"])
def test_a_draft_has_no_public_page(db, client, name):
    DraftProjectFactory(slug="secret")

    assert page(client, name, "secret").status_code == 404


def test_a_project_without_money_says_so(school, client):
    assert "No money has moved yet." in page(client, "trail", "school").content.decode()
    assert rows_of(page(client, "trail-csv", "school")) == []


def test_the_hash_is_shown_short_with_how_to_check_it(school, client):
    ReceivedGiftFactory(project=school)
    html = page(client, "trail", "school").content.decode()
    newest = Journal.objects.order_by("-pk")[0]

    assert f'title="{newest.hash}">{newest.hash[:12]}<' in html
    assert "How to check that nothing was changed" in html


@pytest.mark.parametrize("forged", ["2026-000001", "2026-000001:x", "%00", "a:b:c", "😀"])
def test_a_forged_receipt_is_not_known(school, client, forged):
    ReceivedGiftFactory(project=school)
    response = client.get(f"/en/receipts/{forged}/")

    assert response.status_code == 404
    assert "No such receipt" in response.content.decode()
