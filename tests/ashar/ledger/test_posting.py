"""Writing the books: what is written, once, and how it is taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import translation

from ashar.accounts.models import User
from ashar.ledger import posting, queries
from ashar.ledger.chain import GENESIS
from ashar.ledger.models import Account, Fund, FundKind, Head, Role
from ashar.ledger.posting import Entry
from ashar.ledger.refusals import (
    AlreadyReversed,
    FundDiffers,
    FundOverdrawn,
    KeyReused,
    ReversalOfReversal,
)
from ashar.money import Money
from tests.ashar.ledger.books import (
    NOON,
    charged,
    given,
    operations,
    paid_out,
    pool,
    post,
    project,
    som,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return User.objects.create(email="officer@ashar.kg")


class TestPosting:
    def test_a_journal_is_written_with_its_legs(self, officer):
        roof = project()
        journal = post(
            "stripe:txn_1",
            charged(roof, gross=4_372_50, fee=128_05, cents=48_54),
            by=officer,
            happened_on=date(2026, 11, 20),
            facts={"payment": "pi_1"},
        )
        journal.refresh_from_db()
        assert (journal.pk, journal.key, journal.kind, journal.by, journal.reverses) == (
            1,
            "stripe:txn_1",
            "charge",
            officer,
            None,
        )
        assert (journal.posted_at, journal.effective_on, journal.facts) == (
            NOON,
            date(2026, 11, 20),
            {"payment": "pi_1"},
        )
        assert [
            (leg.account.fund.key, leg.account.role, leg.amount)
            for leg in journal.legs.select_related("account__fund").order_by("id")
        ] == [
            ("school-roof", "given", som(-4_372_50)),
            ("school-roof", "fees", som(128_05)),
            ("operations", "conversion", som(4_244_45)),
            ("operations", "clearing", Money(48_54, "USD")),
            ("operations", "conversion", Money(-48_54, "USD")),
        ]

    def test_journals_are_numbered_and_chained_without_gaps(self):
        roof = project()
        journals = [post(f"gift:{number}", given(roof, 100)) for number in range(1, 4)]
        assert [journal.pk for journal in journals] == [1, 2, 3]
        assert [journal.previous_hash for journal in journals] == [GENESIS, journals[0].hash, journals[1].hash]
        assert Head.objects.values_list("sequence", "hash").get() == (3, journals[2].hash)

    @pytest.mark.parametrize(
        ("at", "on"),
        [
            (datetime(2026, 11, 22, 17, 59, tzinfo=UTC), date(2026, 11, 22)),
            (datetime(2026, 11, 22, 18, 0, tzinfo=UTC), date(2026, 11, 23)),
        ],
    )
    def test_a_journal_counts_for_its_day_in_bishkek(self, at, on):
        assert post("gift:1", given(project(), 100), at=at).effective_on == on

    def test_accounts_are_opened_once(self):
        post("gift:1", given(project(), 100))
        post("gift:2", given(project(), 100))
        assert sorted(map(str, Account.objects.select_related("fund"))) == sorted(
            [f"Мектептин чатыры · {Role.GIVEN.label} · KGS", f"Ишти уюштуруу · {Role.BANK.label} · KGS"]
        )

    def test_entries_of_nothing_are_left_out(self):
        journal = post("gift:1", charged(project(), gross=100, fee=0, cents=0))
        assert [leg.amount_minor for leg in journal.legs.order_by("id")] == [-100, 100]

    def test_two_legs_on_one_account_stay_two(self):
        roof = project()
        legs = [
            Entry(roof, Role.GIVEN, som(-60)),
            Entry(roof, Role.GIVEN, som(-40)),
            Entry(operations(), Role.BANK, som(100)),
        ]
        assert post("gift:1", legs).legs.count() == 3
        assert queries.balance(roof, Role.GIVEN) == som(100)

    def test_a_role_may_be_written_as_its_word(self):
        legs = [Entry(project(), "given", som(-5)), Entry(operations(), "bank", som(5))]
        assert post("gift:1", legs) == post("gift:1", given(project(), 5))

    def test_rows_name_themselves(self):
        with translation.override("en"):
            journal = post("gift:1", given(project(), 100))
            leg = journal.legs.select_related("account__fund").get(account__role="given")
            assert str(journal) == "1 charge gift:1"
            assert str(leg) == "Мектептин чатыры · given · KGS: -100"
            assert str(leg.account.fund) == "Мектептин чатыры"
            assert str(Head.objects.get()) == f"1 {journal.hash}"


class TestStatements:
    @pytest.mark.parametrize("legs", [2, 6])
    def test_a_journal_costs_five_statements_however_many_legs(self, django_assert_num_queries, legs):
        roof = project()
        post("warm", given(roof, 100))
        entries = given(roof, 100) * (legs // 2)
        with django_assert_num_queries(5):
            post("gift:1", entries)

    def test_taking_restricted_money_costs_one_more(self, django_assert_num_queries):
        roof = project()
        post("gift:1", given(roof, 100))
        post("payout:1", paid_out(roof, 50))
        legs = paid_out(roof, 50)
        with django_assert_num_queries(6):
            post("payout:2", legs)

    def test_a_repeat_costs_four(self, django_assert_num_queries):
        legs = given(project(), 100)
        post("gift:1", legs)
        with django_assert_num_queries(4):
            post("gift:1", legs)


class TestRepeating:
    def test_the_same_key_and_content_is_the_same_journal(self, officer):
        roof = project()
        details = {"by": officer, "happened_on": date(2026, 11, 20), "facts": {"b": [1, {"c": None}], "a": "ү"}}
        first = post("gift:1", given(roof, 100), **details)
        later = {**details, "at": NOON + timedelta(days=3), "facts": {"a": "ү", "b": (1, {"c": None})}}
        assert post("gift:1", list(reversed(given(roof, 100))), **later) == first
        assert written() == (1, 2)

    def test_a_repeat_that_tells_no_day_is_the_same_journal(self):
        first = post("gift:1", given(project(), 100), happened_on=date(2026, 1, 1))
        assert post("gift:1", given(project(), 100)) == first

    @pytest.mark.parametrize(
        "other",
        [
            {"kind": "refund"},
            {"facts": {"payment": "pi_2"}},
            {"happened_on": date(2026, 11, 22)},
            {"legs": [("school-roof", 101)]},
            {"legs": [("library", 100)]},
            {"legs": [("school-roof", 50), ("school-roof", 50)]},
        ],
        ids=lambda other: next(iter(other)),
    )
    def test_other_content_under_the_key_is_refused(self, other):
        post("gift:1", given(project(), 100), facts={"payment": "pi_1"})
        legs = [leg for key, minor in other.pop("legs", [("school-roof", 100)]) for leg in given(project(key), minor)]
        with pytest.raises(KeyReused) as refusal:
            post("gift:1", legs, **{"facts": {"payment": "pi_1"}, **other})
        assert (refusal.value.code, refusal.value.facts) == ("key_reused", {"key": "gift:1"})
        assert written() == (1, 2)

    def test_another_person_under_the_key_is_refused(self, officer):
        post("gift:1", given(project(), 100))
        with pytest.raises(KeyReused):
            post("gift:1", given(project(), 100), by=officer)

    def test_a_repeat_is_answered_even_when_the_money_has_gone(self):
        roof = project()
        post("gift:1", given(roof, 100))
        payout = post("payout:1", paid_out(roof, 100))
        assert post("payout:1", paid_out(roof, 100)) == payout


class TestReversing:
    def test_a_reversal_undoes_leg_by_leg(self, officer):
        roof = project()
        gift = post("gift:1", charged(roof, gross=100, fee=3, cents=97))
        back = posting.reverse(gift, key="undo:1", at=NOON, by=officer, facts={"why": "typed twice"})
        assert (back.kind, back.reverses, back.by, back.facts) == ("reversal", gift, officer, {"why": "typed twice"})
        legs = [(leg.account_id, leg.amount_minor) for leg in gift.legs.order_by("id")]
        assert [(leg.account_id, -leg.amount_minor) for leg in back.legs.order_by("id")] == legs
        assert queries.available(roof) == som(0)
        assert gift.reversed_by == back

    def test_a_reversal_is_idempotent_by_its_key(self):
        gift = post("gift:1", given(project(), 100))
        back = posting.reverse(gift, key="undo:1", at=NOON)
        assert posting.reverse(gift, key="undo:1", at=NOON + timedelta(days=1)) == back

    def test_a_journal_is_reversed_once(self):
        gift = post("gift:1", given(project(), 100))
        post("gift:2", given(project(), 100))
        posting.reverse(gift, key="undo:1", at=NOON)
        with pytest.raises(AlreadyReversed) as refusal:
            posting.reverse(gift, key="undo:2", at=NOON)
        assert (refusal.value.code, refusal.value.facts) == ("already_reversed", {"key": "gift:1"})

    def test_a_reversal_is_not_reversed_but_posted_anew(self):
        gift = post("gift:1", given(project(), 100))
        back = posting.reverse(gift, key="undo:1", at=NOON)
        with pytest.raises(ReversalOfReversal) as refusal:
            posting.reverse(back, key="undo:undo:1", at=NOON)
        assert (refusal.value.code, refusal.value.facts) == ("reversal_of_reversal", {"key": "undo:1"})
        assert post("gift:1:again", given(project(), 100)).reverses is None

    def test_money_that_has_gone_cannot_be_taken_back(self):
        gift = post("gift:1", given(project(), 100))
        post("payout:1", paid_out(project(), 1))
        with pytest.raises(FundOverdrawn):
            posting.reverse(gift, key="undo:1", at=NOON)
        assert written() == (2, 4)

    def test_a_key_of_a_posting_is_not_a_key_of_a_reversal(self):
        gift = post("gift:1", given(project(), 100))
        with pytest.raises(KeyReused):
            posting.reverse(gift, key="gift:1", at=NOON)


class TestFunds:
    def test_a_fund_is_opened_once(self):
        assert project() == project()
        assert Fund.objects.values_list("key", "kind", "title").get() == ("school-roof", "project", "Мектептин чатыры")

    def test_a_fund_keeps_its_kind(self):
        project("shared")
        with pytest.raises(FundDiffers) as refusal:
            pool("shared")
        assert (refusal.value.code, refusal.value.facts) == ("fund_differs", {"key": "shared"})

    def test_a_fund_may_be_called_anew_and_nothing_else_of_it_changes(self):
        fund = project()
        posting.entitle(fund, "Жаңы чатыр")
        assert Fund.objects.values_list("key", "kind", "title").get() == ("school-roof", "project", "Жаңы чатыр")

    def test_operations_are_one_fund(self):
        assert posting.operations() == posting.operations() == Fund.objects.get(key="operations", kind="operations")

    def test_a_kind_is_one_of_five(self):
        with pytest.raises(ValueError, match="is not a valid FundKind"):
            posting.open_fund("purse", kind="purse", title="Капчык")

    @pytest.mark.parametrize(
        ("kind", "restricted"),
        [("project", True), ("match_pool", True), ("call", True), ("operations", False), ("unidentified", False)],
    )
    def test_the_money_of_projects_pools_and_calls_is_restricted(self, kind, restricted):
        assert Fund(kind=FundKind(kind)).is_restricted == restricted


class TestTransactions:
    @pytest.mark.django_db(transaction=True)
    def test_a_journal_goes_with_its_cause(self):
        legs = given(project(), 100)
        with pytest.raises(transaction.TransactionManagementError, match=r"inside transaction\.atomic"):
            post("gift:1", legs)
        assert written() == (0, 0)

    @pytest.mark.django_db(transaction=True)
    def test_a_cause_that_fails_takes_its_journal_along(self):
        legs = given(project(), 100)

        def fail() -> None:
            with transaction.atomic():
                post("gift:1", legs)
                raise RuntimeError("the cause failed")

        with pytest.raises(RuntimeError):
            fail()
        with transaction.atomic():
            assert post("gift:2", legs).pk == 1
