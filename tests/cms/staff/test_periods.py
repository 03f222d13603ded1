"""Closing a period in the staff room: seen by all who read, done by those who handle money, and only after a yes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertRedirects

from ashar.accounts import roles
from ashar.ledger import closing
from ashar.ledger.models import Closing
from cms.staff import periods
from tests.cms.conftest import ADMINISTRATOR
from tests.factories.people import FinanceOfficerFactory

ENGLISH = {"headers": {"Accept-Language": "en"}}
OCTOBER = date(2026, 10, 31)


@pytest.fixture
def closed_october(planted) -> Closing:
    boss = FinanceOfficerFactory(email="boss@example.org", full_name="Жамал Чоң")
    return closing.close(OCTOBER, by=boss, at=datetime(2026, 11, 20, 6, tzinfo=UTC))


@pytest.fixture
def yesterday() -> date:
    return closing.latest(timezone.now())


def address() -> str:
    return reverse("journals:close")


def text_of(client, at: str, **said) -> str:
    page = (client.post(at, said, **ENGLISH) if said else client.get(at, **ENGLISH)).content.decode()
    return page.replace("\xa0", " ").replace("\u202f", " ")


class TestTheList:
    @pytest.mark.parametrize("role", [roles.FINANCE_OFFICER, roles.AUDITOR, ADMINISTRATOR])
    def test_says_how_far_the_books_are_closed_and_by_whom(self, enter, closed_october, role):
        html = text_of(enter(role), reverse("journals:index"))
        assert "Last closed day: <strong>31 October 2026</strong> · Жамал Чоң, 20 November 2026, 12:00" in html

    def test_says_that_they_never_were(self, officer):
        assert "The books were never closed." in text_of(officer, reverse("journals:index"))

    @pytest.mark.parametrize(
        ("role", "leads"), [(roles.FINANCE_OFFICER, True), (ADMINISTRATOR, True), (roles.AUDITOR, False)]
    )
    def test_leads_those_who_may_to_the_form(self, enter, planted, role, leads):
        assert (address() in text_of(enter(role), reverse("journals:index"))) is leads


class TestClosing:
    def test_the_form_offers_the_end_of_last_month(self, officer, yesterday):
        html = text_of(officer, address())
        assert f'value="{periods.last_month_end(yesterday):%Y-%m-%d}"' in html
        assert "The books were never closed." in html

    def test_the_first_answer_closes_nothing_and_says_what_it_means(self, officer, charge):
        through = charge.effective_on
        html = text_of(officer, address(), through=through.isoformat())
        assert Closing.objects.count() == 0
        assert "Journal entries up to then: 1<" in html
        assert "This cannot be undone." in html
        assert f'name="through" value="{through.isoformat()}"' in html

    def test_the_second_closes_and_says_so(self, officer, charge):
        through = charge.effective_on
        answer = officer.post(address(), {"through": through.isoformat(), "sure": "on"}, follow=True, **ENGLISH)
        done = Closing.objects.get()
        assertRedirects(answer, reverse("journals:index"))
        assert (done.through, done.sequence, done.hash) == (through, charge.pk, charge.hash)
        assert [str(message) for message in answer.context["messages"]] == [
            f"The books are closed. Last closed day: {through.day} {through:%B %Y}."
        ]

    def test_in_russian_a_sentence_with_a_day_ends_once(self, officer, charge):
        """A day ends with a point of its own there: "26 ноября 2026 г."."""
        closed, today, long_ago = charge.effective_on, timezone.localdate(), date(2001, 1, 1)
        for said in (
            {"through": closed},
            {"through": today},
            {"through": long_ago},
            *({"through": closed, "sure": "on"},) * 2,
        ):
            page = officer.post(address(), said, follow=True, headers={"accept-language": "ru"}).content.decode()
            assert ("\xa0г." in page, "\xa0г.." in page) == (True, False), said

    @pytest.mark.parametrize("sure", ["", "on"])
    def test_a_day_that_is_not_over_is_refused_before_the_question(self, officer, yesterday, sure):
        html = text_of(officer, address(), through=(yesterday + timedelta(days=1)).isoformat(), sure=sure)
        assert "This day is not over yet." in html
        assert "This cannot be undone." not in html
        assert Closing.objects.count() == 0

    @pytest.mark.parametrize("sure", ["", "on"])
    def test_a_day_that_is_closed_is_refused_before_the_question(self, officer, closed_october, sure):
        html = text_of(officer, address(), through=OCTOBER.isoformat(), sure=sure)
        assert "The books are already closed. Last closed day: 31 October 2026." in html
        assert list(Closing.objects.all()) == [closed_october]

    @pytest.mark.parametrize("said", ["", "yesterday", "2026-02-30"])
    def test_what_is_no_day_is_asked_for_again(self, officer, said):
        html = text_of(officer, address(), through=said, sure="on")
        assert "This cannot be undone." not in html
        assert Closing.objects.count() == 0

    def test_a_second_click_closes_nothing_more(self, officer, yesterday):
        answers = [
            officer.post(address(), {"through": yesterday.isoformat(), "sure": "on"}, **ENGLISH) for _ in range(2)
        ]
        assert [answer.status_code for answer in answers] == [302, 200]
        assert Closing.objects.values_list("through", flat=True).get() == yesterday

    def test_an_auditor_closes_nothing(self, auditor, yesterday):
        auditor.post(address(), {"through": yesterday.isoformat(), "sure": "on"})
        assert Closing.objects.count() == 0


@pytest.mark.parametrize(
    ("latest", "end"),
    [
        (date(2026, 11, 22), date(2026, 10, 31)),
        (date(2026, 11, 29), date(2026, 10, 31)),
        (date(2026, 11, 30), date(2026, 11, 30)),
        (date(2026, 12, 1), date(2026, 11, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2026, 12, 31)),
        (date(2028, 2, 28), date(2028, 1, 31)),
        (date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_the_month_that_is_over(latest, end):
    assert periods.last_month_end(latest) == end
