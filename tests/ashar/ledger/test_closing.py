"""Closing the books: who may, through which day, and where money goes that is told too late."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.accounts.rules import NotAllowed
from ashar.audit.models import Entry
from ashar.ledger import chain, closing, posting, queries
from ashar.ledger.models import Closing, Journal, Role
from ashar.ledger.refusals import AlreadyClosed, DayIsNotOver, DayIsTooLongAgo, KeyReused
from tests.ashar.ledger.books import NOON, given, paid_out, post, project, som
from tests.factories.people import FinanceOfficerFactory, PersonFactory

pytestmark = pytest.mark.django_db

TODAY, OCTOBER, NOVEMBER = date(2026, 11, 23), date(2026, 10, 31), date(2026, 11, 22)
IN_OCTOBER, FIRST_OPEN = date(2026, 10, 15), date(2026, 11, 1)


@pytest.fixture
def officer() -> User:
    return FinanceOfficerFactory()


@pytest.fixture
def closed_october(officer) -> Closing:
    """One gift of October, and the books closed over it."""
    post("gift:october", given(project(), 100), happened_on=IN_OCTOBER)
    return closing.close(OCTOBER, by=officer, at=NOON)


class TestClosing:
    def test_it_keeps_who_when_and_where_the_chain_ended(self, closed_october, officer):
        closed_october.refresh_from_db()
        october = Journal.objects.get()
        assert (closed_october.through, closed_october.by, closed_october.at) == (OCTOBER, officer, NOON)
        assert (closed_october.sequence, closed_october.hash) == (october.pk, october.hash)
        assert str(closed_october) == "2026-10-31"

    def test_it_is_audited(self, closed_october, officer):
        entry = Entry.objects.get()
        assert (entry.verb, entry.subject_id, entry.by, entry.at) == (
            "books.close", str(closed_october.pk), officer, NOON,
        )  # fmt: skip
        assert entry.facts == {"through": "2026-10-31", "sequence": 1}

    def test_the_last_one_holds(self, closed_october, officer):
        assert queries.last_closing() == closed_october
        later = closing.close(NOVEMBER, by=officer, at=NOON)
        assert queries.last_closing() == later

    def test_books_are_open_until_they_are_closed(self):
        assert queries.last_closing() is None

    def test_books_without_a_journal_can_be_closed(self, officer):
        empty = closing.close(OCTOBER, by=officer, at=NOON)
        assert (empty.sequence, empty.hash) == (0, chain.GENESIS)
        assert post("gift:1", given(project(), 100)).pk == 1

    def test_telling_the_last_one_and_its_author_is_one_query(self, closed_october, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert queries.last_closing().by.email == closed_october.by.email

    @pytest.mark.parametrize("through", [TODAY, TODAY + timedelta(days=1), date(2027, 1, 1)])
    def test_a_day_that_is_not_over_stays_open(self, officer, through):
        with translation.override("en"), pytest.raises(DayIsNotOver) as refusal:
            closing.close(through, by=officer, at=NOON)
        assert (refusal.value.code, refusal.value.facts) == ("day_is_not_over", {"latest": "22 November 2026"})
        assert Closing.objects.count() == Entry.objects.count() == 0

    @pytest.mark.parametrize(
        ("at", "latest"),
        [
            (datetime(2026, 11, 22, 17, 59, tzinfo=UTC), date(2026, 11, 21)),
            (datetime(2026, 11, 22, 18, 0, tzinfo=UTC), date(2026, 11, 22)),
        ],
    )
    def test_a_day_is_over_at_midnight_in_bishkek(self, officer, at, latest):
        assert closing.latest(at) == latest
        with pytest.raises(DayIsNotOver):
            closing.close(latest + timedelta(days=1), by=officer, at=at)
        assert closing.close(latest, by=officer, at=at).through == latest

    @pytest.mark.parametrize("through", [OCTOBER, IN_OCTOBER])
    def test_it_goes_forward_only(self, closed_october, officer, through):
        with translation.override("en"), pytest.raises(AlreadyClosed) as refusal:
            closing.close(through, by=officer, at=NOON)
        assert (refusal.value.code, refusal.value.facts) == ("already_closed", {"through": "31 October 2026"})
        assert list(Closing.objects.all()) == [closed_october]

    @pytest.mark.parametrize("through", [date(1900, 1, 1), date(2025, 10, 13), date.min + timedelta(days=1)])
    def test_it_goes_back_no_further_than_a_year_before_the_first_entry(self, officer, through):
        post("gift:october", given(project(), 100), happened_on=IN_OCTOBER)
        with pytest.raises(DayIsTooLongAgo) as refusal, translation.override("en"):
            closing.close(through, by=officer, at=NOON)
        assert refusal.value.facts == {"earliest": "14 October 2025"}
        assert Closing.objects.count() == 0

    def test_a_year_before_the_first_entry_is_still_a_day_to_close(self, officer):
        post("gift:october", given(project(), 100), happened_on=IN_OCTOBER)
        assert closing.close(date(2025, 10, 14), by=officer, at=NOON).through == date(2025, 10, 14)

    def test_without_an_entry_a_year_before_yesterday_counts(self, officer):
        with pytest.raises(DayIsTooLongAgo):
            closing.check(NOVEMBER - timedelta(days=367), at=NOON)
        closing.check(NOVEMBER - timedelta(days=366), at=NOON)

    @pytest.mark.parametrize("role", ["", *(role for role in roles.ALL if role != roles.FINANCE_OFFICER)])
    def test_others_may_not(self, role):
        with pytest.raises(NotAllowed):
            closing.close(OCTOBER, by=PersonFactory(role=role), at=NOON)
        assert Closing.objects.count() == Entry.objects.count() == 0

    def test_an_officer_who_left_may_not(self):
        with pytest.raises(NotAllowed):
            closing.close(OCTOBER, by=FinanceOfficerFactory(is_active=False), at=NOON)

    def test_an_administrator_may(self):
        chief = User.objects.create_superuser(email="chief@ashar.kg", password="x")
        assert closing.close(OCTOBER, by=chief, at=NOON).by == chief


class TestPostingAfterwards:
    @pytest.mark.parametrize("on", [OCTOBER, IN_OCTOBER, date(2020, 1, 1)])
    def test_nothing_counts_for_a_closed_day(self, closed_october, on):
        assert post("gift:late", given(project(), 100), happened_on=on).effective_on == TODAY
        assert list(Journal.objects.filter(effective_on__lte=OCTOBER).values_list("key", flat=True)) == ["gift:october"]

    @pytest.mark.parametrize("on", [FIRST_OPEN, NOVEMBER, TODAY])
    def test_an_open_day_still_counts(self, closed_october, on):
        assert post("gift:2", given(project(), 100), happened_on=on).effective_on == on

    def test_the_same_journal_again_is_the_one_that_is_there(self, closed_october):
        october = Journal.objects.get()
        assert post("gift:october", given(project(), 100), happened_on=IN_OCTOBER) == october
        assert Journal.objects.count() == 1

    def test_it_costs_no_statement_more(self, closed_october, django_assert_num_queries):
        legs = given(project(), 100)
        with django_assert_num_queries(5):
            post("gift:2", legs)

    def test_one_who_was_posting_as_the_day_was_closed_counts_for_the_first_open_day(self, officer):
        """A worker read the clock before midnight; the closing came after it, and first."""
        closing.close(NOVEMBER, by=officer, at=NOON)
        journal = post("gift:1", given(project(), 100), at=datetime(2026, 11, 22, 17, 59, tzinfo=UTC))
        assert (journal.effective_on, journal.facts) == (TODAY, {})

    def test_figures_of_the_closed_period_stay(self, closed_october):
        post("gift:late", given(project(), 50), happened_on=IN_OCTOBER)
        assert queries.balance(project(), Role.GIVEN, until=OCTOBER) == som(100)
        assert queries.balance(project(), Role.GIVEN) == som(150)


class TestWhatIsToldLate:
    """`happened_on`: the day of what happened beyond our reach."""

    def test_it_counts_for_its_day_while_that_is_open(self):
        journal = post("gift:1", given(project(), 100), happened_on=IN_OCTOBER, facts={"payment": "pi_1"})
        assert (journal.effective_on, journal.facts) == (IN_OCTOBER, {"payment": "pi_1"})

    @pytest.mark.parametrize("happened_on", [OCTOBER, IN_OCTOBER])
    def test_in_a_closed_period_it_counts_for_the_day_we_learn_of_it(self, closed_october, happened_on):
        journal = post("gift:late", given(project(), 100), happened_on=happened_on, facts={"payment": "pi_1"})
        journal.refresh_from_db()
        assert journal.effective_on == TODAY
        assert journal.facts == {"payment": "pi_1", "happened_on": happened_on.isoformat()}

    def test_the_first_open_day_is_open(self, closed_october):
        journal = post("gift:2", given(project(), 100), happened_on=FIRST_OPEN)
        assert (journal.effective_on, journal.facts) == (FIRST_OPEN, {})

    def test_told_again_it_is_the_same_journal(self, closed_october):
        first = post("gift:late", given(project(), 100), happened_on=IN_OCTOBER)
        again = post("gift:late", given(project(), 100), happened_on=IN_OCTOBER, at=NOON + timedelta(days=9))
        assert again == first

    def test_told_again_after_a_closing_it_is_the_same_journal(self, officer):
        first = post("gift:1", given(project(), 100), happened_on=IN_OCTOBER)
        closing.close(OCTOBER, by=officer, at=NOON)
        assert post("gift:1", given(project(), 100), happened_on=IN_OCTOBER) == first

    def test_of_another_day_it_is_another_journal(self, closed_october):
        post("gift:late", given(project(), 100), happened_on=IN_OCTOBER)
        with pytest.raises(KeyReused):
            post("gift:late", given(project(), 100), happened_on=OCTOBER)


class TestCorrecting:
    def test_what_is_closed_is_taken_back_in_the_open_period(self, closed_october):
        october = Journal.objects.get()
        back = posting.reverse(october, key="undo:october", at=NOON)
        assert (back.effective_on, back.reverses) == (TODAY, october)
        assert queries.balance(project(), Role.GIVEN, until=OCTOBER) == som(100)
        assert queries.available(project()) == som(0)

    def test_a_payout_of_closed_money_is_posted_today(self, closed_october):
        assert post("payout:1", paid_out(project(), 100)).effective_on == TODAY
