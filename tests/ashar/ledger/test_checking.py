"""Proving the books: every kind of damage is found and named."""

import logging
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from ashar.accounts.models import User
from ashar.ledger import chain, checking, closing, queries, tasks
from ashar.ledger.models import Account, Closing, Fund, Head, Journal, Leg, Proof
from ashar.ledger.posting import reverse
from tests.ashar.ledger.books import NOON, given, paid_out, post, project
from tests.factories.people import FinanceOfficerFactory

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 31)


@pytest.fixture
def books():
    """Three gifts, the second one reversed."""
    for number in (1, 2, 3):
        post(f"gift:{number}", given(project(), number * 100), facts={"number": number})
    return reverse(Journal.objects.get(key="gift:2"), key="undo:2", at=NOON)


@pytest.fixture
def damaged(books, unguarded_books):
    """Books whose guards are off. Their absence is a fault of its own, which `found` leaves out."""
    return books


@pytest.fixture
def officer() -> User:
    return FinanceOfficerFactory()


def seal(officer: User, *, through: date, after: int) -> None:
    """Write a closing as if it had been made when journal `after` was the last."""
    ends = {0: chain.GENESIS} | dict(Journal.objects.values_list("id", "hash"))
    Closing.objects.create(through=through, by=officer, at=NOON, sequence=after, hash=ends[after])


def found() -> list[tuple[str, str]]:
    return [(fault.code, fault.where) for fault in checking.check() if fault.code != "trigger_missing"]


class TestWholeBooks:
    def test_empty_books_are_whole(self):
        assert checking.check() == []

    @pytest.mark.usefixtures("books")
    def test_good_books_are_whole(self):
        assert checking.check() == []

    @pytest.mark.parametrize("batch", [1, 2, 3, 4, 5])
    def test_closed_books_are_whole_in_batches_of_any_size(self, monkeypatch, officer, batch):
        monkeypatch.setattr(checking, "BATCH", batch)
        closing.close(date(2026, 9, 30), by=officer, at=NOON)
        post("gift:1", given(project(), 100), happened_on=OCTOBER)
        post("gift:2", given(project(), 100))
        for through in (OCTOBER, date(2026, 11, 1)):
            closing.close(through, by=officer, at=NOON)
        post("gift:late", given(project(), 100), happened_on=OCTOBER)
        assert checking.check() == []

    @pytest.mark.parametrize("batch", [1, 2, 3, 4, 5])
    @pytest.mark.usefixtures("books")
    def test_batches_of_any_size_see_the_same(self, monkeypatch, batch):
        monkeypatch.setattr(checking, "BATCH", batch)
        assert checking.check() == []

    @pytest.mark.parametrize("count", [3, 9])
    def test_it_costs_the_same_for_few_and_many(self, django_assert_num_queries, count):
        for number in range(count):
            post(f"gift:{number}", given(project(), 100))
        with django_assert_num_queries(11):
            checking.check()


@pytest.mark.usefixtures("damaged")
class TestDamage:
    @pytest.mark.parametrize(
        "change",
        [
            {"key": "gift:9"},
            {"kind": "refund"},
            {"facts": {"number": 4}},
            {"posted_at": NOON + timedelta(microseconds=1)},
            {"effective_on": NOON.date() + timedelta(days=1)},
            {"reverses": 1},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_a_changed_journal_is_named(self, change):
        Journal.objects.filter(key="gift:3").update(**change)
        assert ("content_changed", "journal 3") in found()

    def test_a_changed_hash_breaks_the_chain_after_it(self):
        Journal.objects.filter(key="gift:3").update(hash="f" * 64)
        assert found() == [("content_changed", "journal 3"), ("chain_broken", "journal 4")]

    def test_a_rehashed_journal_breaks_the_chain_after_it(self):
        journal = Journal.objects.get(key="gift:1")
        journal.facts = {"number": 7}
        journal.hash = chain.link(journal, [("school-roof", "given", "KGS", -100), ("operations", "bank", "KGS", 100)])
        journal.save()
        assert found() == [("chain_broken", "journal 2")]

    def test_a_rehashed_last_journal_differs_from_the_head(self):
        journal = Journal.objects.get(key="undo:2")
        journal.facts = {"why": "nobody knows"}
        journal.hash = chain.link(journal, [("school-roof", "given", "KGS", 200), ("operations", "bank", "KGS", -200)])
        journal.save()
        assert found() == [("head_differs", "journal 4")]

    def test_a_changed_leg_is_named(self):
        Leg.objects.filter(journal=3, amount_minor__gt=0).update(amount_minor=301)
        assert found() == [("content_changed", "journal 3"), ("unbalanced", "journal 3")]

    def test_legs_changed_in_balance_are_named(self):
        Leg.objects.filter(journal=3, amount_minor__gt=0).update(amount_minor=999)
        Leg.objects.filter(journal=3, amount_minor__lt=0).update(amount_minor=-999)
        assert found() == [("content_changed", "journal 3")]

    def test_a_leg_moved_to_another_account_is_named(self):
        other = Account.objects.create(fund=project("library"), role="given", currency="KGS")
        Leg.objects.filter(journal=3, amount_minor__lt=0).update(account=other)
        assert found() == [("content_changed", "journal 3")]

    def test_a_renamed_fund_is_named_in_every_journal(self):
        Fund.objects.filter(key="school-roof").update(key="my-own-roof")
        assert found() == [("content_changed", f"journal {number}") for number in (1, 2, 3, 4)]

    def test_a_leg_too_many_is_named(self):
        Leg.objects.create(journal_id=1, account=Account.objects.earliest("id"), amount_minor=5)
        assert found() == [("content_changed", "journal 1"), ("unbalanced", "journal 1")]

    def test_a_journal_without_legs_is_named(self):
        Leg.objects.filter(journal=3).delete()
        assert found() == [("content_changed", "journal 3"), ("no_legs", "journal 3")]

    def test_a_removed_journal_leaves_a_gap(self):
        Leg.objects.filter(journal=3).delete()
        Journal.objects.filter(id=3).delete()
        assert found() == [("gap", "journal 4"), ("chain_broken", "journal 4")]

    def test_a_removed_end_differs_from_the_head(self):
        Leg.objects.filter(journal=4).delete()
        Journal.objects.filter(id=4).delete()
        assert found() == [("head_differs", "journal 3")]

    def test_a_removed_beginning_is_a_gap(self):
        Leg.objects.filter(journal=1).delete()
        Journal.objects.filter(id=1).delete()
        assert found() == [("gap", "journal 2"), ("chain_broken", "journal 2")]

    def test_a_lost_head_is_named(self):
        Head.objects.all().delete()
        assert found() == [("head_differs", "journal 4")]

    def test_a_reversal_that_does_not_undo_is_named(self):
        Leg.objects.filter(journal=4, amount_minor__gt=0).update(amount_minor=150)
        Leg.objects.filter(journal=4, amount_minor__lt=0).update(amount_minor=-150)
        assert found() == [("content_changed", "journal 4"), ("reversal_differs", "journal 4")]

    def test_a_leg_without_a_journal_is_named(self):
        leg = Leg.objects.get(journal=4, amount_minor__gt=0)
        Leg.objects.filter(pk=leg.pk).update(journal_id=99)
        assert ("orphan", f"leg {leg.pk}") in found()
        Leg.objects.filter(pk=leg.pk).update(journal_id=4)

    def test_a_fund_below_zero_is_named(self):
        legs = Leg.objects.filter(journal=3)
        legs.filter(account__role="given").update(amount_minor=300)
        legs.filter(account__role="bank").update(amount_minor=-300)
        assert ("overdrawn", "fund school-roof") in found()

    def test_a_journal_in_a_period_closed_before_it_is_named(self, officer):
        seal(officer, through=OCTOBER, after=3)
        Journal.objects.filter(id__in=(3, 4)).update(effective_on=OCTOBER)
        assert ("in_closed_period", "journal 4") in found()
        assert ("in_closed_period", "journal 3") not in found()

    def test_of_several_closings_the_one_before_the_journal_counts(self, officer):
        seal(officer, through=date(2026, 9, 30), after=1)
        seal(officer, through=OCTOBER, after=3)
        Journal.objects.filter(id__in=(2, 4)).update(effective_on=OCTOBER)
        assert [fault for fault in found() if fault[0] == "in_closed_period"] == [("in_closed_period", "journal 4")]

    def test_a_closing_that_goes_back_is_named(self, officer):
        seal(officer, through=OCTOBER, after=2)
        seal(officer, through=date(2026, 9, 30), after=3)
        assert found() == [("closing_goes_back", "closing 2026-09-30")]

    @pytest.mark.parametrize(
        ("after", "changed"), [(0, "f" * 64), (2, "f" * 64), (2, chain.GENESIS), (4, "f" * 64), (4, chain.GENESIS)]
    )
    def test_a_seal_that_is_not_the_chains_is_named(self, officer, after, changed):
        seal(officer, through=OCTOBER, after=after)
        Closing.objects.update(hash=changed)
        assert found() == [("seal_differs", "closing 2026-10-31")]

    def test_a_seal_on_a_journal_that_is_gone_is_named(self, officer):
        seal(officer, through=OCTOBER, after=3)
        Leg.objects.filter(journal=3).delete()
        Journal.objects.filter(id=3).delete()
        assert ("seal_differs", "closing 2026-10-31") in found()

    def test_a_seal_on_an_end_that_was_cut_off_is_named_though_the_head_agrees(self, officer):
        seal(officer, through=OCTOBER, after=4)
        Leg.objects.filter(journal__in=(3, 4)).delete()
        Journal.objects.filter(id__in=(3, 4)).delete()
        Head.objects.update(sequence=2, hash=Journal.objects.get(id=2).hash)
        assert ("seal_differs", "closing 2026-10-31") in found()
        assert "head_differs" not in {code for code, _where in found()}

    def test_a_closing_that_is_gone_is_missed(self, officer):
        closing.close(date(2026, 9, 30), by=officer, at=NOON)
        Closing.objects.all().delete()
        assert found() == [("closing_gone", "closing 2026-09-30")]

    def test_missing_guards_are_named(self):
        faults = [fault.where for fault in checking.check() if fault.code == "trigger_missing"]
        assert {"ledger_journal_chain", "ledger_fund_keeps_its_key", "ledger_leg_of_last_journal"} - set(
            faults
        ) == set()


class TestTheOutcome:
    @pytest.mark.usefixtures("books")
    def test_whole_books_leave_the_moment(self):
        proof = checking.prove(at=NOON)
        assert (proof.checked_at, proof.ok_at, proof.faults) == (NOON, NOON, [])
        assert str(proof) == f"{NOON}: 0 faults"

    @pytest.mark.usefixtures("damaged")
    def test_damage_is_logged_and_keeps_the_last_good_moment(self, caplog):
        Proof.objects.create(checked_at=NOON, ok_at=NOON)
        Journal.objects.filter(id=3).update(kind="refund")
        with caplog.at_level(logging.ERROR, "ashar.ledger.checking"):
            proof = checking.prove(at=NOON + timedelta(minutes=10))
        proof.refresh_from_db()
        assert (proof.checked_at, proof.ok_at) == (NOON + timedelta(minutes=10), NOON)
        assert {
            "code": "content_changed",
            "where": "journal 3",
            "message": "it is not what was written",
        } in proof.faults
        assert "The books are not whole. content_changed: journal 3: it is not what was written" in caplog.messages
        assert queries.last_ok_at() == NOON

    @pytest.mark.usefixtures("books")
    def test_the_task_proves_the_books(self):
        assert tasks.check.name == "ledger.check"
        tasks.check()
        assert Proof.objects.get().ok_at is not None

    @pytest.mark.usefixtures("books")
    def test_the_command_says_that_they_are_whole(self, capsys):
        call_command("ledger_check")
        assert capsys.readouterr().out == "The books are whole: 4 journals, 8 legs.\n"

    @pytest.mark.usefixtures("damaged")
    def test_the_command_names_each_fault_and_exits_1(self, capsys):
        Journal.objects.filter(id=3).update(kind="refund")
        with pytest.raises(SystemExit) as end:
            call_command("ledger_check")
        assert end.value.code == 1
        assert "content_changed: journal 3: it is not what was written" in capsys.readouterr().err.splitlines()


def test_a_fund_emptied_to_zero_is_not_overdrawn():
    post("gift:1", given(project(), 100))
    post("payout:1", paid_out(project(), 100))
    assert checking.check() == []
