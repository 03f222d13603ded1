"""Figures: each with what makes it one, contradictions side by side, and a table that equals the page."""

import csv
import html as entities
import io
import json
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.models import PageViewRestriction

from ashar.web import counting, spreadsheets
from cms.blocks.statistics import StatisticBlock
from cms.pages.statistics import COLUMNS, StatisticsPage
from cms.snippets.statistic import Statistic

pytestmark = pytest.mark.usefixtures("planted")
SPACE = "\u00a0"  # what CLDR puts between thousands


def figure(value: str = "1063000", **facts: object) -> dict[str, object]:
    told = {
        "value": value,
        "up_to": "",
        "unit": "человек",
        "year": 2022,
        "definition": "Находятся в России",
        "source": "Министерство",
        "address": "https://example.org/a",
        **facts,
    }
    return {"type": "item", "id": str(uuid.uuid4()), "value": told}


def measure(title: str, *figures: dict[str, object], note: str = "") -> dict[str, object]:
    return {"type": "measure", "value": {"title": title, "note": note, "figures": list(figures)}}


def statistics(code: str, *measures: dict[str, object]) -> StatisticsPage:
    page = StatisticsPage.objects.get(locale__language_code=code)
    page.measures = json.dumps(measures)
    page.save_revision().publish()
    return page


CONTRADICTION = measure(
    "Граждане в России",
    figure("1063000"),
    figure("411226", year=2024, definition="Названы мигрантами", source="Заместитель министра", address=""),
    note="Считают разных людей.",
)
RANGE = measure("Трудовые мигранты", figure("500000", up_to="700000", unit="человек", year=2020))


def table(client, code: str = "ru") -> list[list[str]]:
    text = client.get(f"/{code}/statistics/figures.csv").content.decode()
    assert text.startswith(spreadsheets.BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(spreadsheets.BYTE_ORDER_MARK))))


def on_page(client, code: str = "ru") -> list[list[str]]:
    """Each figure as the page shows it, in the columns of the table, but for the two ends of a range in one."""
    html = client.get(f"/{code}/statistics/").content.decode()
    found = []
    for section in re.findall(r"<section class=\"stack\"><h2>(.*?)</section>", html, re.DOTALL):
        title = section.split("</h2>")[0]
        for item in re.findall(r'<li class="statistics-figure">(.*?)</li>', section, re.DOTALL):
            parts = re.findall(r"<(p|div|span)[^>]*>(.*?)</\1>", item, re.DOTALL)
            value, unit, year, definition, source = (words for _tag, words in parts)
            link = re.search(r'<a href="([^"]*)"[^>]*>(.*?)</a>', source)
            name = link[2] if link else source.split(": ", 1)[1]
            row = [title, value, unit, year, definition, name, link[1] if link else ""]
            found.append([entities.unescape(cell) for cell in row])
    return found


class TestThePage:
    def test_shows_two_figures_that_contradict_each_other_side_by_side(self, client):
        statistics("ru", CONTRADICTION)
        assert [row[1] for row in on_page(client)] == [f"1{SPACE}063{SPACE}000", f"411{SPACE}226"]
        assert "Считают разных людей." in client.get("/ru/statistics/").content.decode()

    def test_each_has_its_year_definition_and_source(self, client):
        statistics("ru", CONTRADICTION)
        assert [row[2:] for row in on_page(client)] == [
            ["человек", "2022", "Находятся в России", "Министерство", "https://example.org/a"],
            ["человек", "2024", "Названы мигрантами", "Заместитель министра", ""],
        ]

    def test_shows_both_ends_of_a_range(self, client):
        statistics("ru", RANGE)
        assert [row[1] for row in on_page(client)] == [f"500{SPACE}000 – 700{SPACE}000"]

    def test_says_when_there_is_none(self, client):
        html = client.get("/ru/statistics/").content.decode()
        assert "Показателей пока нет." in html
        assert "figures.csv" not in html
        assert "ld+json" not in html

    def test_an_empty_one_shows_what_another_language_says(self, client):
        statistics("ru", CONTRADICTION)
        html = client.get("/ky/statistics/").content.decode()
        assert '<div class="stack-wide" lang="ru">' in html
        assert len(on_page(client, "ky")) == 2

    def test_tells_machines_where_the_data_are(self, client):
        statistics("ru", CONTRADICTION)
        html = client.get("/ru/statistics/").content.decode()
        [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        told = json.loads(block)
        assert (told["@type"], told["distribution"]) == (
            "Dataset",
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": "http://localhost:8000/ru/statistics/figures.csv",
            },
        )

    def test_what_is_no_number_is_shown_as_it_is(self, client):
        """An import could hold what the form refuses."""
        statistics("ru", measure("Граждане", figure("около миллиона")))
        assert [row[1] for row in on_page(client)] == ["около миллиона"]


class TestTheTable:
    @pytest.mark.parametrize("code", ["ky", "ru", "en"])
    def test_equals_the_page(self, client, code):
        statistics(code, CONTRADICTION, RANGE)
        _head, *rows = table(client, code)
        with translation.override(code):
            shown = [[row[0], Statistic(*row).shown, *row[3:]] for row in rows]
        assert shown == on_page(client, code)
        assert len(rows) == 3

    @pytest.mark.parametrize("code", ["ky", "ru", "en"])
    def test_is_headed_in_the_language_of_the_address(self, client, code):
        statistics(code, RANGE)
        with translation.override(code):
            assert table(client, code)[0] == [str(name) for name in COLUMNS]

    def test_has_plain_numbers(self, client):
        statistics("ru", RANGE, measure("Доля", figure("30.5", unit="%")))
        assert [row[1:3] for row in table(client)[1:]] == [["500000", "700000"], ["30.5", ""]]

    def test_follows_the_page_into_another_language(self, client):
        statistics("ru", RANGE)
        assert table(client, "ky")[1:] == table(client, "ru")[1:]

    def test_runs_nothing(self, client):
        statistics("ru", measure("=1+1", figure(unit="@a", definition="+b", source="-c")))
        [row] = table(client)[1:]
        assert [row[0], row[3], row[5], row[6]] == ["'=1+1", "'@a", "'+b", "'-c"]

    def test_of_nothing_has_a_head_alone(self, client):
        assert len(table(client)) == 1

    @pytest.mark.parametrize("closed", [True, False])
    def test_of_a_page_that_is_closed_or_withdrawn_there_is_none(self, client, closed):
        page = statistics("ru", RANGE)
        if closed:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        else:
            page.unpublish()
        assert client.get("/ru/statistics/figures.csv").status_code == 404

    def test_is_only_read(self, client):
        assert client.post("/ru/statistics/figures.csv").status_code == 405

    def test_is_fresh_after_publishing(self, client, committed):
        statistics("ru", RANGE)
        table(client)
        with committed():
            statistics("ru", CONTRADICTION)
        assert [row[1] for row in table(client)[1:]] == ["1063000", "411226"]


class TestDigits:
    @pytest.mark.parametrize("value", ["1,063", "-1", "1.", "много", "1" * 16, "1e5", ""])
    def test_anything_else_is_refused(self, value):
        with pytest.raises(ValidationError):
            StatisticBlock().child_blocks["value"].clean(value)

    @pytest.mark.parametrize(
        ("value", "kept"), [("1 063 000", "1063000"), ("1,5", "1.5"), ("1 234,50", "1234.5"), ("1,234.5", "1234.5")]
    )
    def test_are_typed_as_people_do_and_kept_plain(self, value, kept):
        assert StatisticBlock().child_blocks["value"].clean(value) == kept

    @pytest.mark.parametrize("code", ["ky", "ru", "en"])
    @pytest.mark.parametrize("plain", ["1063000", "30.5", "30.125", "0.125", "999999999999999.999"])
    def test_what_a_form_shows_of_them_it_takes_back(self, plain, code):
        block = StatisticBlock().child_blocks["value"]
        with translation.override(code):
            assert block.clean(block.get_form_state(plain)) == plain
            assert (SPACE in block.get_form_state("1063000")) == (code != "en")

    @pytest.mark.parametrize(
        ("plain", "code", "written"),
        [
            ("1063000", "ru", f"1{SPACE}063{SPACE}000"),
            ("1063000", "en", "1,063,000"),
            ("30.5", "ky", "30,5"),
            ("0.125", "ru", "0,125"),
            ("7", "en", "7"),
        ],
    )
    def test_are_written_as_people_of_a_language_do(self, plain, code, written):
        assert counting.digits(plain, language=code) == written
