"""The report on figures that say another number in one language than in the one they were written in first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Locale
from wagtail_localize.operations import translate_object

from ashar.accounts import roles
from cms.editing import figures_apart
from cms.models import Figure
from tests.cms.conftest import ANONYMOUS
from tests.factories.snippets import snippet

pytestmark = pytest.mark.usefixtures("planted")
REPORT = "/cms/reports/figures-apart/"


def told() -> dict[str, list[str]]:
    with translation.override("en"):
        return {each.figure.locale.language_code: [str(word) for word in each.what] for each in figures_apart.found()}


def pair(**facts) -> Figure:
    """A figure in Russian and its translation, which has `facts` of its own."""
    source = snippet(Figure)
    return snippet(Figure, "ky", of=source, **{"measure": "Которулган акча", **facts})


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({"value": "1100000"}, ["value"]),
        ({"up_to": "1100000"}, ["up to, in a range"]),
        ({"year": 2023}, ["year"]),
        ({"value": "7", "year": 2025}, ["value", "year"]),
        ({"unit": "%"}, ["unit"]),
    ],
)
def test_it_names_what_differs(facts, what):
    pair(**facts)
    assert told() == {"ky": what}


@pytest.mark.parametrize("facts", [{}, {"value": "1063000.0"}, {"unit": "миң сом"}, {"value": "7", "live": False}])
def test_the_same_number_in_other_words_and_a_draft_are_no_finding(facts):
    pair(**facts)
    assert told() == {}


def test_a_figure_of_one_language_alone_and_one_whose_source_is_no_longer_public_are_none():
    pair(value="7")
    Figure.objects.filter(locale__language_code="ru").update(live=False)
    snippet(Figure, "en")
    assert told() == {}


def test_the_source_is_the_one_that_was_handed_on_and_else_the_oldest(office):
    younger = pair(value="7")
    assert told() == {"ky": ["value"]}
    translate_object(younger, [Locale.objects.get(language_code="en")])
    assert told() == {"ru": ["value"]}


@pytest.mark.parametrize("count", [1, 3])
def test_finding_takes_one_query(count, django_assert_num_queries):
    for _number in range(count):
        pair(value="7")
    with django_assert_num_queries(1):
        assert len(list(figures_apart.found())) == count


class TestTheReport:
    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("ky", "Тилдерде ар башка турган көрсөткүчтөр"),
            ("ru", "Показатели, расходящиеся между языками"),
            ("en", "Figures that differ between languages"),
        ],
    )
    def test_shows_both_numbers_and_leads_to_the_form(self, office, language, words):
        figure = pair(value="7", year=2023)
        html = office.get(REPORT, HTTP_ACCEPT_LANGUAGE=language).content.decode().replace("\xa0", " ")
        assert words in html
        assert ("7 сом (2023)" in html, f'href="/cms/snippets/cms/figure/edit/{figure.pk}/"' in html) == (True, True)
        assert "1,063,000 сом (2024)" in html or "1 063 000 сом (2024)" in html

    def test_says_when_all_agree(self, office):
        pair()
        html = office.get(REPORT, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        assert "Every figure says the same in every language." in html

    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_the_same_for_one_and_for_three(self, office, count):
        for _number in range(count):
            pair(value="7")
        office.get(REPORT)
        with CaptureQueriesContext(connection) as asked:
            office.get(REPORT)
        assert len(asked) == 22

    def test_is_taken_away_as_a_table(self, office):
        pair(value="7")
        lines = b"".join(office.get(f"{REPORT}?export=csv", HTTP_ACCEPT_LANGUAGE="en").streaming_content).decode()
        assert lines.splitlines()[1].startswith("Которулган акча,ky,7 сом (2024),")

    @pytest.mark.parametrize(
        ("role", "status", "shown"),
        [
            (roles.EDITOR, 200, True),
            (roles.EDITORS["ky"], 200, True),
            (roles.EDITORS["ru"], 200, False),
            (roles.AUTHOR, 302, False),
            (roles.AUDITOR, 302, False),
            (ANONYMOUS, 302, False),
        ],
    )
    def test_shows_each_editor_what_is_theirs_to_mend(self, enter, role, status, shown):
        pair(value="7")
        client = enter(role)
        answer = client.get(REPORT)
        assert (answer.status_code, "Которулган акча" in answer.content.decode()) == (status, shown)
        assert (REPORT in client.get("/cms/", follow=True).content.decode()) is (status == 200)
