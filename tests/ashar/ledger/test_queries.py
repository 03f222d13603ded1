"""Asking the books: balances, figures, the trail of a fund, the trial balance."""

from datetime import date, timedelta

import pytest

from ashar.ledger import checking, posting, queries
from ashar.ledger.models import Fund, Role
from ashar.ledger.posting import Entry
from ashar.ledger.queries import Figures
from ashar.money import Money
from tests.ashar.ledger.books import NOON, charged, given, matched, operations, paid_out, pool, post, project, som

pytestmark = pytest.mark.django_db


@pytest.fixture
def roof():
    return project()


@pytest.fixture
def busy_year(roof):
    """A project with a card gift, a match, a payout and a reversed gift, on four days of November."""
    fund = pool()
    post("topup", given(fund, 10_000), happened_on=date(2026, 11, 1))
    post("gift:1", charged(roof, gross=5_000, fee=150, cents=55), happened_on=date(2026, 11, 2))
    post("match:1", matched(roof, fund, 4_000), happened_on=date(2026, 11, 3))
    post("payout:1", paid_out(roof, 2_500), happened_on=date(2026, 11, 4))
    mistake = post("gift:2", given(roof, 700), happened_on=date(2026, 11, 4))
    posting.reverse(mistake, key="undo:gift:2", at=NOON)
    return fund


class TestTurnover:
    def test_what_moved_is_the_sum_of_the_debits_in_each_currency(self, roof):
        journal = post("gift:1", charged(roof, gross=5_000, fee=150, cents=55))
        assert queries.turnover(journal) == [som(5_000), Money(55, "USD")]

    def test_a_correction_moves_as_much_as_what_it_corrects(self, roof):
        mistake = post("gift:1", given(roof, 700))
        assert queries.turnover(posting.reverse(mistake, key="undo:gift:1", at=NOON)) == [som(700)]

    def test_prefetched_legs_are_not_asked_for_again(self, roof, django_assert_num_queries):
        post("gift:1", charged(roof, gross=5_000, fee=150, cents=55))
        [journal] = queries.journals_of(roof)
        with django_assert_num_queries(0):
            queries.turnover(journal)


class TestStanding:
    @pytest.mark.parametrize("role", list(Role))
    def test_says_of_many_funds_in_one_query_what_balance_says_of_each(
        self, busy_year, role, django_assert_num_queries
    ):
        with django_assert_num_queries(1):
            found = {fund: fund.stands for fund in Fund.objects.annotate(stands=queries.standing("pk", role))}
        assert found == {fund: queries.balance(fund, role).minor for fund in found}
        assert len(found) > 1

    def test_is_zero_where_nothing_was_posted(self, roof):
        assert Fund.objects.annotate(stands=queries.standing("pk", Role.GIVEN)).get(pk=roof.pk).stands == 0


class TestBalances:
    @pytest.mark.parametrize(
        ("role", "currency", "sum_"),
        [
            (Role.GIVEN, "KGS", 5_000),
            (Role.MATCHED, "KGS", 4_000),
            (Role.FEES, "KGS", 150),
            (Role.PAID_OUT, "KGS", 2_500),
            (Role.BANK, "KGS", 0),
            (Role.GIVEN, "USD", 0),
        ],
    )
    @pytest.mark.usefixtures("busy_year")
    def test_a_balance_says_how_much(self, roof, role, currency, sum_):
        assert queries.balance(roof, role, currency) == Money(sum_, currency)

    def test_the_matched_balance_of_a_pool_is_what_it_gave_away(self, busy_year):
        assert queries.balance(busy_year, Role.MATCHED) == som(-4_000)
        assert queries.available(busy_year) == som(6_000)

    @pytest.mark.usefixtures("busy_year")
    def test_where_money_lies_is_debit(self):
        assert queries.balance(operations(), Role.CLEARING, "USD") == Money(55, "USD")
        assert queries.balance(operations(), Role.CONVERSION, "USD") == Money(-55, "USD")
        assert queries.balance(operations(), Role.CONVERSION) == som(4_850)
        assert queries.balance(operations(), Role.BANK) == som(7_500)

    @pytest.mark.parametrize(
        ("day", "given_", "available"),
        [(1, 0, 0), (2, 5_000, 4_850), (3, 5_000, 8_850), (4, 5_700, 7_050), (22, 5_700, 7_050), (23, 5_000, 6_350)],
    )
    @pytest.mark.usefixtures("busy_year")
    def test_balances_are_known_as_of_any_day(self, roof, day, given_, available):
        until = date(2026, 11, day)
        assert queries.balance(roof, Role.GIVEN, until=until) == som(given_)
        assert queries.available(roof, until=until) == som(available)

    def test_a_balance_is_one_query(self, roof, busy_year, django_assert_num_queries):
        with django_assert_num_queries(2):
            queries.balance(roof, Role.GIVEN, until=date(2026, 11, 3))
            queries.available(busy_year)


class TestFigures:
    def test_they_say_each_sum_of_a_fund(self, roof, busy_year):
        assert queries.figures([roof, busy_year]) == {
            roof.pk: Figures(
                given=som(5_000), matched=som(4_000), fees=som(150), paid_out=som(2_500), available=som(6_350)
            ),
            busy_year.pk: Figures(
                given=som(10_000), matched=som(-4_000), fees=som(0), paid_out=som(0), available=som(6_000)
            ),
        }

    def test_a_fund_without_legs_has_zeros(self):
        empty = project("empty")
        assert queries.figures([empty]) == {empty.pk: Figures(som(0), som(0), som(0), som(0), som(0))}
        assert queries.figures([]) == {}

    @pytest.mark.usefixtures("busy_year")
    def test_what_is_available_agrees_with_the_single_question(self, roof):
        assert queries.figures([roof])[roof.pk].available == queries.available(roof)

    @pytest.mark.parametrize("count", [1, 20])
    def test_any_number_of_funds_is_one_query(self, count, django_assert_num_queries):
        funds = [project(f"project-{number}") for number in range(count)]
        for fund in funds:
            post(f"gift:{fund.key}", given(fund, 100))
        with django_assert_num_queries(1):
            assert {figures.given for figures in queries.figures(funds).values()} == {som(100)}


class TestTheTrail:
    @pytest.mark.usefixtures("busy_year")
    def test_it_is_every_journal_that_touched_the_fund_newest_first(self, roof):
        assert [journal.key for journal in queries.journals_of(roof)] == [
            "undo:gift:2",
            "gift:2",
            "payout:1",
            "match:1",
            "gift:1",
        ]

    def test_it_leaves_out_other_funds(self, busy_year):
        assert [journal.key for journal in queries.journals_of(busy_year)] == ["match:1", "topup"]

    @pytest.mark.parametrize("count", [1, 20])
    def test_legs_come_along_in_two_queries(self, roof, count, django_assert_num_queries):
        for number in range(count):
            post(f"gift:{number}", given(roof, 100))
        with django_assert_num_queries(2):
            sums = [
                leg.amount
                for journal in queries.journals_of(roof)
                for leg in journal.legs.all()
                if leg.account.fund == roof
            ]
        assert sums == [som(-100)] * count

    def test_a_journal_with_two_legs_on_the_fund_stands_once(self, roof):
        post("gift:1", charged(roof, gross=100, fee=3, cents=1))
        assert queries.journals_of(roof).count() == 1


class TestTheTrialBalance:
    @pytest.mark.usefixtures("busy_year")
    def test_it_lists_every_account_and_sums_to_zero(self):
        lines = queries.trial_balance()
        assert [
            (line.account.fund.key, line.account.role, line.account.currency, line.sum.minor) for line in lines
        ] == [
            ("match-2026", "given", "KGS", -10_000),
            ("match-2026", "matched", "KGS", 4_000),
            ("operations", "bank", "KGS", 7_500),
            ("operations", "clearing", "USD", 55),
            ("operations", "conversion", "KGS", 4_850),
            ("operations", "conversion", "USD", -55),
            ("school-roof", "fees", "KGS", 150),
            ("school-roof", "given", "KGS", -5_000),
            ("school-roof", "matched", "KGS", -4_000),
            ("school-roof", "paid_out", "KGS", 2_500),
        ]
        assert sum(line.sum.minor for line in lines if line.account.currency == "KGS") == 0

    @pytest.mark.usefixtures("busy_year")
    def test_it_balances_on_every_day(self):
        for day in range(1, 31):
            lines = queries.trial_balance(until=date(2026, 11, day))
            assert sum(line.sum.minor for line in lines if line.account.currency == "KGS") == 0
            assert sum(line.sum.minor for line in lines if line.account.currency == "USD") == 0

    def test_empty_books_have_no_lines(self):
        assert queries.trial_balance() == []


class TestJournalsUntilADay:
    @pytest.mark.parametrize(("day", "count"), [(1, 1), (2, 2), (3, 3), (4, 5), (22, 5), (23, 6)])
    def test_they_are_those_that_count_by_then(self, busy_year, day, count):
        assert queries.journals_until(date(2026, 11, day)) == count

    def test_there_are_none_before_the_first(self, busy_year):
        assert queries.journals_until(date(2026, 10, 31)) == 0

    def test_counting_them_is_one_query(self, busy_year, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert queries.journals_until(NOON.date()) == 6


class TestTheLastProof:
    def test_books_never_proved_have_no_moment(self):
        assert queries.last_ok_at() is None

    def test_the_moment_of_the_last_whole_proof_is_kept(self, roof):
        post("gift:1", given(roof, 100))
        checking.prove(at=NOON)
        checking.prove(at=NOON + timedelta(minutes=10))
        assert queries.last_ok_at() == NOON + timedelta(minutes=10)


def test_conversion_keeps_both_sides_of_an_exchange(roof):
    post("gift:1", charged(roof, gross=4_372_50, fee=0, cents=50_00))
    post("move", [Entry(operations(), Role.BANK, som(4_372_50)), Entry(operations(), Role.CONVERSION, som(-4_372_50))])
    assert queries.balance(operations(), Role.CONVERSION) == som(0)
    assert queries.balance(operations(), Role.CONVERSION, "USD") == Money(-50_00, "USD")
