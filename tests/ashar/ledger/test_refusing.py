"""What the books refuse, in which words, and that a refusal leaves nothing behind."""

import pytest
from django.utils import translation

from ashar.ledger import posting, queries
from ashar.ledger.chain import UnkeepableFacts
from ashar.ledger.models import Role
from ashar.ledger.posting import Entry
from ashar.ledger.refusals import (
    AlreadyReversed,
    FundDiffers,
    FundOverdrawn,
    KeyReused,
    OutOfRange,
    ReversalOfReversal,
    Unbalanced,
)
from ashar.money import Money
from ashar.money.typed import LARGEST_MINOR
from tests.ashar.ledger.books import NOON, given, matched, operations, paid_out, pool, post, project, som, written

pytestmark = pytest.mark.django_db


class TestRefusing:
    @pytest.mark.parametrize("surplus", [1, -1, 10**9])
    def test_each_currency_sums_to_zero(self, surplus):
        legs = [Entry(project(), Role.GIVEN, som(-100)), Entry(operations(), Role.BANK, som(100 + surplus))]
        with pytest.raises(Unbalanced) as refusal:
            post("gift:1", legs)
        assert (refusal.value.code, refusal.value.facts) == ("unbalanced", {"currency": "KGS"})
        assert written() == (0, 0)

    def test_currencies_do_not_balance_each_other(self):
        legs = [Entry(project(), Role.GIVEN, som(-100)), Entry(operations(), Role.CLEARING, Money(100, "USD"))]
        with pytest.raises(Unbalanced):
            post("gift:1", legs)

    @pytest.mark.parametrize("legs", [[], [0], [0, 0]])
    def test_a_journal_moves_something(self, legs):
        with pytest.raises(Unbalanced):
            post("gift:1", [Entry(operations(), Role.BANK, som(minor)) for minor in legs])

    def test_the_largest_leg_is_written_and_one_more_is_not(self):
        post("gift:1", given(project(), LARGEST_MINOR))
        with pytest.raises(OutOfRange) as refusal:
            post("gift:2", given(project(), LARGEST_MINOR + 1))
        assert refusal.value.code == "out_of_range"
        assert written() == (1, 2)

    def test_a_project_never_goes_below_zero(self):
        roof = project()
        post("gift:1", given(roof, 100))
        with pytest.raises(FundOverdrawn) as refusal, translation.override("en"):
            post("payout:1", paid_out(roof, 101))
        assert refusal.value.code == "fund_overdrawn"
        assert refusal.value.facts == {"fund": "Мектептин чатыры", "available": "KGS\N{NO-BREAK SPACE}1"}
        assert written() == (1, 2)
        post("payout:1", paid_out(roof, 100))
        assert queries.available(roof) == som(0)

    def test_a_pool_gives_what_it_has(self):
        roof, fund = project(), pool()
        post("topup", given(fund, 300))
        post("match:1", matched(roof, fund, 200))
        with pytest.raises(FundOverdrawn):
            post("match:2", matched(roof, fund, 101))
        post("match:2", matched(roof, fund, 100))
        assert (queries.available(roof), queries.available(fund)) == (som(300), som(0))

    def test_operations_may_owe(self):
        post("advance", [Entry(operations(), Role.FEES, som(500)), Entry(operations(), Role.BANK, som(-500))])
        assert queries.balance(operations(), Role.BANK) == som(-500)

    def test_unidentified_money_is_not_restricted(self):
        fund = posting.open_fund("unidentified", kind="unidentified", title="Таандыгы аныкталбаган")
        post("guess", paid_out(fund, 1))
        assert not fund.is_restricted

    def test_what_goes_in_and_out_at_once_counts_as_one(self):
        roof = project()
        post("gift:1", [*given(roof, 100), *paid_out(roof, 100)])
        with pytest.raises(FundOverdrawn):
            post("gift:2", [*given(roof, 100), *paid_out(roof, 101)])

    def test_other_currencies_of_a_project_are_not_what_it_has(self):
        legs = [
            Entry(project(), Role.CLEARING, Money(500, "USD")),
            Entry(operations(), Role.CONVERSION, Money(-500, "USD")),
        ]
        post("odd", legs)
        with pytest.raises(FundOverdrawn):
            post("payout:1", paid_out(project(), 1))

    def test_after_a_refusal_the_callers_transaction_is_sound(self):
        with pytest.raises(FundOverdrawn):
            post("payout:1", paid_out(project(), 1))
        assert post("gift:1", given(project(), 1)).pk == 1

    @pytest.mark.parametrize(
        "facts",
        [
            {"rate": 87.45},
            {1: "one"},
            {"at": NOON},
            {"nul": "\0"},
            {"half": "\ud83d"},
            {"\0": 1},
            {"money": som(1)},
            {"deep": [{"er": {1, 2}}]},
        ],
        ids=repr,
    )
    def test_facts_are_what_both_databases_keep_exactly(self, facts):
        with pytest.raises(UnkeepableFacts):
            post("gift:1", given(project(), 100), facts=facts)
        assert written() == (0, 0)

    def test_facts_may_be_deep_and_large(self):
        facts = {"Ө": [True, None, 10**30, -1, '😀 ү\n"\\', {"a": {"b": []}}]}
        journal = post("gift:1", given(project(), 100), facts=facts)
        journal.refresh_from_db()
        assert journal.facts == facts


def test_refusals_are_sentences_in_three_languages():
    facts = {"key": "gift:1", "currency": "KGS", "fund": "Чатыр", "available": "0,00 сом"}
    for kind in (AlreadyReversed, FundDiffers, FundOverdrawn, KeyReused, OutOfRange, ReversalOfReversal, Unbalanced):
        sentences = set()
        for language in ("ky", "ru", "en"):
            with translation.override(language):
                sentences.add(str(kind(**facts)))
        assert len(sentences) == 3
        assert all(sentence.endswith(".") and "%(" not in sentence for sentence in sentences)
