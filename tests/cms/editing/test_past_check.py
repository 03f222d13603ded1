"""The report “Guides past their check date”: what it lists to whom, in which order, and how it is taken away."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from ashar.accounts import roles
from ashar.web import spreadsheets
from cms.editing import desk, past_check
from cms.pages.guides import CHECK_HOLDS
from tests.ashar.accounts import signing_in
from tests.cms.test_guides import guide
from tests.factories.people import PersonFactory

REPORT = "/cms/reports/guides-past-check/"


def days_ago(days: int):
    return timezone.localdate() - timedelta(days=days)


def listed(client: Client, question: str = "") -> list[str]:
    html = client.get(REPORT + question).content.decode()
    return re.findall(r'<a href="/cms/pages/\d+/edit/"[^>]*>\s*([^<]*?)\s*</a>', html)


@pytest.fixture
def editor(enter) -> Client:
    return enter(roles.EDITOR)


@pytest.fixture
def forgotten(planted):
    """Three that were checked too long ago, one within its time, one that nobody reads."""
    guide("year", checked_on=days_ago(365), stage="return")
    guide("half", checked_on=days_ago(CHECK_HOLDS.days + 1))
    guide("kyrgyz", "ky", checked_on=days_ago(200))
    guide("fresh", checked_on=days_ago(CHECK_HOLDS.days))
    guide("draft", checked_on=days_ago(900), live=False)


class TestWhatIsListed:
    def test_the_longest_forgotten_first(self, editor, forgotten):
        assert listed(editor) == ["year ru", "kyrgyz ky", "half ru"]

    def test_each_leads_to_its_form(self, editor, planted):
        page = guide("year", checked_on=days_ago(365))
        assert f'href="/cms/pages/{page.pk}/edit/"' in editor.get(REPORT).content.decode()

    @pytest.mark.parametrize(("question", "found"), [("?stage=return", ["year ru"]), ("?locale=ky", ["kyrgyz ky"])])
    def test_filters_narrow_it(self, editor, forgotten, question, found):
        assert listed(editor, question) == found

    def test_it_says_when_all_is_well(self, editor, planted):
        guide("fresh")
        assert (
            "Every guide was checked within its time." in editor.get(REPORT, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        )

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_for_one_and_for_three(self, editor, planted, count):
        for number in range(count):
            guide(f"guide-{number}", checked_on=days_ago(365))
        editor.get(REPORT)
        with CaptureQueriesContext(connection) as told:
            editor.get(REPORT)
        assert len(told) == 19


class TestWho:
    def test_an_editor_of_one_language_sees_that_language(self, forgotten, person_of):
        person = PersonFactory()
        person.groups.add(Group.objects.get(name=roles.EDITORS["ky"]))
        client = Client()
        signing_in.as_staff(client, person)
        assert listed(client) == ["kyrgyz ky"]

    def test_an_author_sees_their_own(self, forgotten, planted):
        person = PersonFactory(role=roles.AUTHOR)
        guide("own", checked_on=days_ago(300), owner=person)
        client = Client()
        signing_in.as_staff(client, person)
        assert listed(client) == ["own ru"]

    @pytest.mark.parametrize("role", [roles.PROOFREADER, roles.FINANCE_OFFICER, roles.AUDITOR])
    def test_nobody_else_opens_it(self, enter, forgotten, role):
        assert enter(role).get(REPORT).status_code == 302

    @pytest.mark.parametrize(("role", "shown"), [(roles.EDITOR, True), (roles.AUTHOR, True), (roles.AUDITOR, False)])
    def test_the_menu_names_it_to_whom_it_opens(self, enter, planted, role, shown):
        assert (REPORT in enter(role).get("/cms/", follow=True).content.decode()) is shown


class TestOnTheDesk:
    def waits_for(self, person) -> list[tuple[str, str]]:
        with translation.override("en"):
            return [(line.title, line.what) for line in past_check.lines(person, most=9)]

    def test_it_waits_for_who_may_change_it(self, planted):
        day = date(2024, 5, 2)
        author, editor = PersonFactory(role=roles.AUTHOR), PersonFactory(role=roles.EDITORS["ky"])
        guide("own", checked_on=day, owner=author)
        guide("kyrgyz", "ky", checked_on=day)
        guide("fresh", "ky")
        words = "is to be checked again: last checked 2 May 2024"
        assert self.waits_for(author) == [("own ru", words)]
        assert self.waits_for(editor) == [("kyrgyz ky", words)]
        assert self.waits_for(PersonFactory(role=roles.PROOFREADER)) == []

    def test_the_longest_forgotten_first_and_not_endless(self, forgotten):
        person = PersonFactory(role=roles.EDITOR)
        assert [line.title for line in past_check.lines(person, most=2)] == ["year ru", "kyrgyz ky"]

    def test_it_stands_on_the_desk(self, forgotten):
        person = PersonFactory(role=roles.EDITOR)
        tasks = desk.of(person, at=timezone.now()).tasks
        assert [line.title for line in tasks] == ["year ru", "kyrgyz ky", "half ru"]


class TestTakenAway:
    def test_it_is_a_table_in_which_nothing_runs(self, editor, planted):
        guide("formula", title="=1+1", checked_on=days_ago(365), checked_by="@SUM(A1)")
        response = editor.get(f"{REPORT}?export=csv")
        head, row = (
            b"".join(response.streaming_content).decode().removeprefix(spreadsheets.BYTE_ORDER_MARK).splitlines()
        )
        assert len(head.split(",")) == len(past_check.PastCheckReport.list_export)
        assert row.startswith("'=1+1,ru,")
        assert row.endswith(",'@SUM(A1)")
        assert 'filename="guides-past-check.csv"' in response["Content-Disposition"]
