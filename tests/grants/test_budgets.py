"""Money of a call: what a transfer does to its budget, once, and who may book it."""

import pytest

from ashar.accounts.rules import NotAllowed
from ashar.audit.models import Entry
from ashar.ledger import queries as books
from ashar.ledger.models import Journal
from ashar.money import Money
from grants import calls
from tests.factories.calls import BUDGET, QUARTER_MILLION_SOM
from tests.factories.moments import NOON


class TestPayingIn:
    def test_posts_from_the_bank_into_the_budget(self, draft, officer):
        calls.fund(draft, amount=BUDGET, reference="no 17", by=officer, at=NOON)
        journal = Journal.objects.get()
        assert (journal.key, journal.kind, journal.facts) == (
            "call:business:no 17",
            "call_funded",
            {"reference": "no 17"},
        )
        assert books.available(draft.fund) == BUDGET

    def test_counts_the_same_transfer_once(self, draft, officer):
        for _ in range(2):
            calls.fund(draft, amount=BUDGET, reference="no 17", by=officer, at=NOON)
        assert books.available(draft.fund) == BUDGET
        assert Entry.objects.filter(verb="call.fund").count() == 1

    def test_counts_it_once_however_it_is_typed(self, draft, officer):
        for reference in ("NO 17", " no  17 ", "No 17"):
            calls.fund(draft, amount=BUDGET, reference=reference, by=officer, at=NOON)
        assert books.available(draft.fund) == BUDGET

    def test_refuses_another_sum_under_the_same_reference(self, draft, officer):
        calls.fund(draft, amount=BUDGET, reference="no 17", by=officer, at=NOON)
        with pytest.raises(calls.BookedAlready):
            calls.fund(draft, amount=QUARTER_MILLION_SOM, reference="no 17", by=officer, at=NOON)
        assert books.available(draft.fund) == BUDGET

    @pytest.mark.parametrize("amount", [Money(0, "KGS"), Money(-100, "KGS"), Money(100, "USD")])
    def test_refuses_what_is_no_sum_of_som(self, draft, officer, amount):
        with pytest.raises(calls.MoneyIsNotSom):
            calls.fund(draft, amount=amount, reference="no 17", by=officer, at=NOON)

    def test_is_for_finance_officers(self, draft, editor):
        with pytest.raises(NotAllowed):
            calls.fund(draft, amount=BUDGET, reference="no 17", by=editor, at=NOON)

    def test_a_cancelled_call_takes_none(self, draft, officer):
        calls.cancel(draft, reason="Money went elsewhere", by=None, at=NOON)
        with pytest.raises(calls.CallIsCancelled):
            calls.fund(draft, amount=BUDGET, reference="no 17", by=officer, at=NOON)
