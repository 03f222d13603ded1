"""What must hold of the books, law by law; `test_history.py` lets any history of them happen.

The invariants are named in the tests of both: L1 balance of a journal, L2 of all, L3 balances as of any day, L4 append-only, L5 keys,
L6 reversals, L7 currencies, L8 restricted funds, L9 closed periods, L10 the chain, L12 splitting. L11 (exponents) stands in `test_money.py`.
"""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ashar.errors import Refused
from ashar.ledger import checking, posting, queries
from ashar.ledger.models import Account, Fund, Head, Journal, Leg, Role
from ashar.ledger.posting import Entry
from ashar.ledger.refusals import (
    FundOverdrawn,
    KeyReused,
    Unbalanced,
)
from ashar.money import Money
from tests.ashar.ledger.books import NOON, operations, paid_out, project, som
from tests.ashar.ledger.books import given as gift_of
from tests.ledger_proof import unguarded

pytestmark = pytest.mark.django_db

SHORT = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
sums = st.integers(1, 10**6)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
currencies = st.sampled_from(["KGS", "USD", "KRW"])


@pytest.fixture
def rolled_back():
    """A way to take back what one example wrote."""

    def run(act):
        with transaction.atomic():
            act()
            transaction.set_rollback(True)

    return run


@SHORT
@given(data=st.data(), count=st.integers(1, 6))
def test_l1_any_balanced_legs_are_accepted_and_any_other_refused(rolled_back, data, count):
    amounts = data.draw(st.lists(st.tuples(currencies, st.integers(-(10**9), 10**9)), min_size=count, max_size=count))
    totals = defaultdict(int)
    for currency, minor in amounts:
        totals[currency] += minor
    fund = operations()
    legs = [Entry(fund, Role.BANK, Money(minor, currency)) for currency, minor in amounts]
    closing = [Entry(fund, Role.CLEARING, Money(-total, currency)) for currency, total in totals.items()]

    def act():
        if any(totals.values()):
            with pytest.raises(Unbalanced):
                posting.post("open", kind="transfer", legs=legs, at=NOON)
        if any(minor for _, minor in amounts):
            journal = posting.post("closed", kind="transfer", legs=legs + closing, at=NOON)
            assert journal.legs.count() == sum(bool(entry.amount) for entry in legs + closing)
            assert all(line.sum.currency in totals for line in queries.trial_balance())
        assert checking.check() == []

    rolled_back(act)


@SHORT
@given(minor=sums, other=sums, at=st.timedeltas(timedelta(0), timedelta(days=400)))
def test_l5_a_key_means_one_content_for_ever(rolled_back, minor, other, at):
    roof = project()

    def act():
        first = posting.post("gift:1", kind="gift", legs=gift_of(roof, minor), at=NOON)
        before = list(Leg.objects.values_list())
        if other == minor:
            assert posting.post("gift:1", kind="gift", legs=gift_of(roof, other), at=NOON + at) == first
        else:
            with pytest.raises(KeyReused):
                posting.post("gift:1", kind="gift", legs=gift_of(roof, other), at=NOON + at)
        assert list(Leg.objects.values_list()) == before

    rolled_back(act)


@SHORT
@given(history=st.lists(st.tuples(days, sums), min_size=1, max_size=8), until=days)
def test_l3_a_balance_as_of_a_day_is_the_sum_of_what_counted_by_then(rolled_back, history, until):
    roof = project()

    def act():
        for number, (on, minor) in enumerate(history):
            posting.post(f"gift:{number}", kind="gift", legs=gift_of(roof, minor), at=NOON, happened_on=on)
        expected = som(sum(minor for on, minor in history if on <= until))
        assert queries.balance(roof, Role.GIVEN, until=until) == expected
        assert queries.available(roof, until=until) == expected

    rolled_back(act)


@SHORT
@given(minor=sums, currency=currencies)
def test_l7_a_leg_lies_on_an_account_of_its_own_currency(rolled_back, minor, currency):
    def act():
        legs = [
            Entry(operations(), Role.BANK, Money(minor, currency)),
            Entry(operations(), Role.CLEARING, Money(-minor, currency)),
        ]
        journal = posting.post("move", kind="transfer", legs=legs, at=NOON)
        assert {leg.amount.currency for leg in journal.legs.select_related("account")} == {currency}
        assert set(Account.objects.values_list("currency", flat=True)) == {currency}

    rolled_back(act)


@SHORT
@given(gifts=st.lists(sums, max_size=4), wanted=st.integers(1, 4 * 10**6))
def test_l8_no_project_pays_with_the_money_of_another(rolled_back, gifts, wanted):
    roof, well = project("roof"), project("well")

    def act():
        posting.post("rich", kind="gift", legs=gift_of(well, 10**7), at=NOON)
        for number, minor in enumerate(gifts):
            posting.post(f"gift:{number}", kind="gift", legs=gift_of(roof, minor), at=NOON)
        try:
            posting.post("payout", kind="payout", legs=paid_out(roof, wanted), at=NOON)
        except FundOverdrawn:
            assert wanted > sum(gifts)
        else:
            assert wanted <= sum(gifts)
        assert queries.available(well) == som(10**7)

    rolled_back(act)


@SHORT
@given(data=st.data(), column=st.sampled_from(["key", "kind", "hash", "previous_hash"]))
def test_l10_any_single_character_changed_is_found(rolled_back, data, column):
    def act():
        for number in range(3):
            posting.post(f"gift:{number}", kind="gift", legs=gift_of(project(), 100), at=NOON, facts={"n": number})
        victim = Journal.objects.get(pk=data.draw(st.integers(1, 3)))
        text = getattr(victim, column)
        place = data.draw(st.integers(0, len(text) - 1))
        sign = data.draw(st.sampled_from("mnpqrsuvwxyz"))  # letters that no key, kind or hash here contains
        with unguarded(connection):
            Journal.objects.filter(pk=victim.pk).update(**{column: text[:place] + sign + text[place + 1 :]})
        assert checking.check() != []

    rolled_back(act)


@SHORT
@given(minor=sums, weights=st.lists(st.integers(0, 100), min_size=1, max_size=6).filter(any))
def test_l12_a_split_gift_arrives_whole(rolled_back, minor, weights):
    def act():
        parts = som(minor).split(weights)
        legs = [Entry(project(f"part-{place}"), Role.GIVEN, -part) for place, part in enumerate(parts)]
        posting.post("gift", kind="gift", legs=[*legs, Entry(operations(), Role.BANK, som(minor))], at=NOON)
        shares = [queries.available(fund) for fund in Fund.objects.filter(kind="project").order_by("id")]
        assert sum(shares, som(0)) == som(minor)

    rolled_back(act)


@SHORT
@given(legs=st.lists(st.tuples(st.sampled_from(list(Role)), currencies, st.integers(-10, 10)), max_size=6))
def test_any_legs_are_posted_or_refused_and_the_books_stay_whole(rolled_back, legs):
    roof = project()

    def act():
        entries = [Entry(roof, role, Money(minor, currency)) for role, currency, minor in legs]
        try:
            posting.post("any", kind="any", legs=entries, at=NOON)
        except Refused as refusal:
            refused = refusal.code
        else:
            refused = ""
        assert Journal.objects.count() == (0 if refused else 1)
        assert Head.objects.filter(sequence__gt=0).count() == Journal.objects.count()
        assert checking.check() == []

    rolled_back(act)
