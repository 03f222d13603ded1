"""The report “Broken links”: what it lists to whom, in which order, and how it is taken away."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ashar.accounts import roles
from ashar.web import spreadsheets
from cms.editing import broken
from cms.links.finding import Kind, Reason
from cms.links.rows import BrokenLink, LastLook
from tests.ashar.accounts import signing_in
from tests.cms.editing.conftest import written_by
from tests.factories import articles
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory

REPORT = "/cms/reports/broken-links/"
DAY = timedelta(days=1)


def dead(page, target: str = "/ru/nowhere/", *, days: int = 0, **facts) -> BrokenLink:
    told = {"kind": Kind.PATH, "reason": Reason.NO_SUCH_PATH, "words": "туда", **facts}
    return BrokenLink.objects.create(page=page, target=target, since=NOON - days * DAY, **told)


def listed(client: Client, question: str = "") -> list[str]:
    html = client.get(REPORT + question).content.decode()
    return re.findall(r'<a href="/cms/pages/\d+/edit/"[^>]*>\s*([^<]*?)\s*</a>', html)


@pytest.fixture
def three(planted) -> None:
    dead(articles.published("roof"), days=1)
    dead(articles.published("wall", "ky"), days=3)
    dead(articles.published("door"), "https://example.org/", days=2, kind=Kind.OUTSIDE, reason=Reason.NOT_THERE)


class TestWhatIsListed:
    def test_the_longest_broken_first(self, enter, three):
        assert listed(enter(roles.EDITOR)) == ["wall ky", "door ru", "roof ru"]

    @pytest.mark.parametrize(
        ("question", "found"),
        [("?reason=not_there", ["door ru"]), ("?reason=silent", []), ("?locale={ky}", ["wall ky"])],
    )
    def test_filters_narrow_it(self, enter, three, question, found):
        kyrgyz = BrokenLink.objects.get(page__slug="wall").page.locale_id
        assert listed(enter(roles.EDITOR), question.format(ky=kyrgyz)) == found

    def test_each_says_what_is_wrong_and_leads_to_its_form(self, enter, three):
        html = enter(roles.EDITOR).get(REPORT, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        page = BrokenLink.objects.get(page__slug="door").page_id
        told = (f'href="/cms/pages/{page}/edit/"', "https://example.org/", "The other site has nothing at this address")
        assert [words for words in told if words not in html] == []

    def test_it_says_that_all_is_well_once_it_has_looked(self, enter):
        def says_so() -> bool:
            page = enter(roles.EDITOR).get(REPORT, HTTP_ACCEPT_LANGUAGE="en").content.decode()
            return "Every link leads somewhere." in page

        before = says_so()
        LastLook.objects.create(at=NOON)
        assert (before, says_so()) == (False, True)

    @pytest.mark.parametrize(
        ("language", "never", "at_noon"),
        [
            ("ky", "Шилтемелер азырынча текшериле элек.", "Шилтемелер акыркы жолу текшерилген учур: "),
            ("ru", "Ссылки ещё не проверялись.", "Последняя проверка ссылок: "),
            ("en", "Links have not been checked yet.", "Links were checked last: "),
        ],
    )
    def test_it_says_when_they_were_checked_last(self, enter, planted, language, never, at_noon):
        def told() -> str:
            return enter(roles.EDITOR).get(REPORT, HTTP_ACCEPT_LANGUAGE=language).content.decode()

        assert (never in told(), at_noon in told()) == (True, False)
        LastLook.objects.create(at=NOON)
        after = told().partition(at_noon)[2]
        assert (never in told(), str(NOON.year) in after[:30]) == (False, True)

    @pytest.mark.parametrize(
        ("kind", "target", "shown"),
        [
            (Kind.PAGE, "7", "№ 7"),
            (Kind.DOCUMENT, "7", "№ 7"),
            (Kind.PATH, "/ru/", "/ru/"),
            (Kind.OUTSIDE, "https://a", "https://a"),
        ],
    )
    def test_a_page_is_named_by_its_number(self, kind, target, shown):
        assert BrokenLink(kind=kind, target=target).place == shown

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_for_one_and_for_three(self, enter, planted, count):
        for number in range(count):
            dead(articles.published(f"page-{number}"))
        client = enter(roles.EDITOR)
        client.get(REPORT)
        with CaptureQueriesContext(connection) as told:
            client.get(REPORT)
        assert len(told) == 20


class TestWho:
    def test_an_editor_of_one_language_sees_that_language(self, three):
        person = PersonFactory()
        person.groups.add(Group.objects.get(name=roles.EDITORS["ky"]))
        assert listed(signing_in.as_staff(Client(), person)) == ["wall ky"]

    def test_an_author_sees_their_own(self, three, author):
        dead(written_by(author, "own"))
        assert listed(signing_in.as_staff(Client(), author)) == ["own"]

    @pytest.mark.parametrize("role", [roles.PROOFREADER, roles.FINANCE_OFFICER, roles.AUDITOR])
    def test_nobody_else_opens_it(self, enter, three, role):
        assert enter(role).get(REPORT).status_code == 302

    @pytest.mark.parametrize(("role", "shown"), [(roles.EDITOR, True), (roles.AUTHOR, True), (roles.AUDITOR, False)])
    def test_the_menu_names_it_to_whom_it_opens(self, enter, planted, role, shown):
        assert (REPORT in enter(role).get("/cms/", follow=True).content.decode()) is shown


class TestTakenAway:
    def test_it_is_a_table_in_which_nothing_runs(self, enter, planted):
        dead(articles.published("formula", title="=1+1"), words="@SUM(A1)")
        response = enter(roles.EDITOR).get(f"{REPORT}?export=csv", HTTP_ACCEPT_LANGUAGE="en")
        told = b"".join(response.streaming_content).decode().removeprefix(spreadsheets.BYTE_ORDER_MARK)
        head, row = told.splitlines()
        assert len(head.split(",")) == len(broken.BrokenLinksReport.list_export)
        assert row.startswith("'=1+1,ru,'@SUM(A1),/ru/nowhere/,There is nothing at this address of ours,")
        assert 'filename="broken-links.csv"' in response["Content-Disposition"]
