"""Pages on which money is followed."""

import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from ashar.ledger import queries as books
from ashar.ledger.models import Journal
from ashar.money import Money, printed
from diaspora import giving, queries, receipts
from tests.diaspora.web.conftest import page, rows_of
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, go_back
from tests.factories.moments import NEXT_MONTH, NOON
from tests.factories.people import PersonFactory
from tests.factories.pools import PoolFactory
from tests.factories.projects import DraftProjectFactory, OpenProjectFactory

SECRETS = ("canary-name", "canary@example.org")


@pytest.fixture
def school(db):
    return OpenProjectFactory(slug="school", closes_on=NEXT_MONTH)


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
        ("ky", "Салым: 50\N{NO-BREAK SPACE}$. Салым кошуучу: Б.\N{NO-BREAK SPACE}Д."),
        ("ru", "Взнос: 50\N{NO-BREAK SPACE}$. Жертвователь: Б.\N{NO-BREAK SPACE}Д."),
        ("en", "Gift of $50. Giver: Б.\N{NO-BREAK SPACE}Д."),
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


@pytest.mark.parametrize(
    ("language", "zone", "time"),
    [("ky", "Бишкек убактысы", "12:00"), ("ru", "время Бишкека", "12:00"), ("en", "Bishkek time", "12:00")],
)
def test_the_zone_of_the_trail_stands_once_in_its_heading_and_for_a_narrow_screen_in_each_label(
    school, client, language, zone, time
):
    for _ in range(3):
        ReceivedGiftFactory(project=school)
    html = page(client, "trail", "school", language=language).content.decode()

    assert html.count(f"({zone})</th>") == 1
    assert html.count(f'({zone})">') == 3
    assert html.count(zone) == 4
    assert html.count(f", {time}</time>") == 3


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ky", "Кошкон: «Ашар» фонду."),
        ("ru", "Кто добавил: Фонд софинансирования «Ашар»."),
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
