"""Sending money back: who may, how much, and once."""

import uuid
from functools import partial

import pytest
from django.apps import apps
from django.db import transaction

from ashar.audit.models import Entry
from ashar.ledger import posting
from ashar.ledger.models import Role
from ashar.money import Money
from ashar.outbox.models import Message
from ashar.payments import refunds, settlement
from ashar.payments.models import Refund, Refusal
from ashar.workflow.moving import UnlawfulMove
from tests.ashar.payments.conftest import TEN_DOLLARS, known_refusals, refunds_at

refuse = partial(refunds.refuse, reason="Paid once")


@pytest.fixture
def large_refund(large_payment, officer, clock) -> Refund:
    return refunds.request(
        large_payment, amount=Money(200_00, "USD"), reason="Paid twice", by=officer, token=uuid.uuid4(), at=clock()
    )


@pytest.fixture
def audited():
    return lambda: list(Entry.objects.order_by("sequence").values_list("verb", flat=True))


def test_a_small_refund_is_due_at_once_and_its_sending_is_announced(ask, officer, clock, audited):
    refund = ask()
    assert (refund.state, refund.requested_by, refund.approved_by) == ("approved", officer, None)
    assert (refund.amount, refund.reason, refund.requested_at) == (TEN_DOLLARS, "Paid twice", clock())
    assert Message.objects.filter(topic="refund.due").get().payload == {"refund": str(refund.pk)}
    assert audited() == ["refund.request"]


def test_a_form_sent_twice_is_one_refund(settled_payment, officer, clock, audited):
    asked = {"amount": TEN_DOLLARS, "reason": "Paid twice", "by": officer, "token": uuid.uuid4()}
    first, second = (refunds.request(settled_payment, **asked, at=clock.forward(seconds=1)) for _ in range(2))
    assert (first.pk, second) == (asked["token"], first)
    assert (second.requested_at, second.state) == (first.requested_at, "approved")
    assert (Refund.objects.count(), audited()) == (1, ["refund.request"])


def test_a_form_sent_twice_for_all_that_is_left_is_no_refusal(settled_payment, officer, clock):
    asked = {"amount": Money(50_00, "USD"), "reason": "", "by": officer, "token": uuid.uuid4(), "at": clock()}
    assert refunds.request(settled_payment, **asked) == refunds.request(settled_payment, **asked)


@pytest.mark.parametrize("differs", [{"amount": Money(9_00, "USD")}, {"reason": "Another"}, {"by": "second"}])
def test_a_form_sent_again_with_other_answers_is_refused(settled_payment, officer, second_officer, clock, differs):
    asked = {"amount": TEN_DOLLARS, "reason": "", "by": officer, "token": uuid.uuid4(), "at": clock()}
    refunds.request(settled_payment, **asked)
    other = asked | differs | ({"by": second_officer} if "by" in differs else {})
    with pytest.raises(refunds.AlreadyAsked):
        refunds.request(settled_payment, **other)
    assert Refund.objects.count() == 1


def test_the_form_of_one_payment_does_not_ask_for_another(settled_payment, large_payment, officer, clock):
    asked = {"amount": TEN_DOLLARS, "reason": "", "by": officer, "token": uuid.uuid4(), "at": clock()}
    refunds.request(settled_payment, **asked)
    with pytest.raises(refunds.AlreadyAsked):
        refunds.request(large_payment, **asked)


def test_a_large_refund_waits_for_a_second_person(large_refund, second_officer, clock, audited):
    assert large_refund.state == "requested"
    assert not Message.objects.filter(topic="refund.due").exists()
    refunds.approve(large_refund, by=second_officer, at=clock())
    assert (large_refund.state, large_refund.approved_by) == ("approved", second_officer)
    assert Message.objects.filter(topic="refund.due").count() == 1
    assert audited() == ["refund.request", "refund.approve"]


def test_the_set_sum_itself_needs_two_people(large_payment, officer, clock, settings):
    """200 dollars are 17 490 som at 87.45."""
    settings.REFUND_SECOND_PERSON_FROM_MINOR = 17_490_00
    needs_two = refunds.request(
        large_payment, amount=Money(200_00, "USD"), reason="", by=officer, token=uuid.uuid4(), at=clock()
    )
    assert needs_two.state == "requested"


def test_a_tyiyn_below_the_set_sum_needs_one(large_payment, officer, clock, settings):
    settings.REFUND_SECOND_PERSON_FROM_MINOR = 17_490_01
    needs_one = refunds.request(
        large_payment, amount=Money(200_00, "USD"), reason="", by=officer, token=uuid.uuid4(), at=clock()
    )
    assert needs_one.state == "approved"


def test_a_large_refund_cannot_be_cut_into_small_ones(large_payment, officer, clock):
    states = [
        refunds.request(
            large_payment, amount=Money(60_00, "USD"), reason="", by=officer, token=uuid.uuid4(), at=clock()
        ).state
        for _ in range(3)
    ]
    assert states == ["approved", "requested", "requested"]


@pytest.mark.parametrize("decide", [refunds.approve, refuse])
def test_nobody_decides_about_their_own_request(large_refund, officer, clock, decide):
    with pytest.raises(refunds.SamePerson):
        decide(large_refund, by=officer, at=clock())
    large_refund.refresh_from_db()
    assert (large_refund.state, large_refund.approved_by) == ("requested", None)


@pytest.mark.parametrize("decide", [refunds.approve, refuse])
def test_not_even_the_one_who_may_do_everything(large_payment, chief, clock, decide):
    refund = refunds.request(
        large_payment, amount=Money(200_00, "USD"), reason="", by=chief, token=uuid.uuid4(), at=clock()
    )
    with pytest.raises(refunds.SamePerson):
        decide(refund, by=chief, at=clock())


def test_a_refused_refund_frees_its_sum_and_is_never_sent(
    large_payment, large_refund, second_officer, clock, sandbox, audited
):
    refuse(large_refund, by=second_officer, at=clock())
    refunds.send(large_refund, at=clock())
    assert (large_refund.state, refunds_at(sandbox)) == ("refused", [])
    assert refunds.refundable(large_payment) == Money(500_00, "USD")
    assert audited() == ["refund.request", "refund.refuse"]


def test_a_refusal_is_kept_with_its_author_and_date(large_refund, second_officer, clock):
    refuse(large_refund, by=second_officer, at=clock.forward(days=1))
    assert list(Refusal.objects.values_list("refund", "by", "at", "reason")) == [
        (large_refund.pk, second_officer.pk, clock(), "Paid once")
    ]


@pytest.mark.parametrize("reason", ["", " \n", "x" * 501])
def test_a_refusal_without_a_fit_reason_is_none(large_refund, second_officer, clock, reason):
    with pytest.raises(refunds.NoReason):
        refunds.refuse(large_refund, reason=reason, by=second_officer, at=clock())
    large_refund.refresh_from_db()
    assert (large_refund.state, Refusal.objects.count()) == ("requested", 0)


def test_what_waits_and_what_was_refused_is_announced(large_refund, second_officer, clock):
    refuse(large_refund, by=second_officer, at=clock())
    told = Message.objects.filter(topic__startswith="refund.").order_by("-topic").values_list("topic", "payload")
    assert list(told) == [(topic, {"refund": str(large_refund.pk)}) for topic in ("refund.waits", "refund.refused")]


def test_what_was_approved_has_no_refusal(large_refund, second_officer, clock):
    refunds.approve(large_refund, by=second_officer, at=clock())
    with pytest.raises(UnlawfulMove):
        refuse(large_refund, by=second_officer, at=clock())
    assert Refusal.objects.count() == 0


def test_a_refund_is_refused_once(large_refund, second_officer, chief, clock):
    refuse(large_refund, by=second_officer, at=clock())
    with pytest.raises(UnlawfulMove):
        refuse(large_refund, by=chief, at=clock())
    assert large_refund.refusal.by == second_officer


def test_what_was_refused_before_refusals_were_kept_is_told_by_its_moves(large_refund, second_officer, clock):
    refuse(large_refund, by=second_officer, at=clock())
    Refusal.objects.all().delete()
    for _ in range(2):
        known_refusals.tell(apps, None)
    assert list(Refusal.objects.values_list("refund", "by", "at")) == [(large_refund.pk, second_officer.pk, clock())]


@pytest.mark.parametrize("decide", [refunds.approve, refuse])
def test_what_is_decided_is_decided(large_refund, second_officer, chief, clock, decide):
    refunds.approve(large_refund, by=second_officer, at=clock())
    with pytest.raises(UnlawfulMove):
        decide(large_refund, by=chief, at=clock())
    large_refund.refresh_from_db()
    assert large_refund.approved_by == second_officer


@pytest.mark.parametrize(
    "amount", [Money(0, "USD"), Money(-1, "USD"), Money(50_01, "USD"), Money(10_00, "EUR"), Money(2**62, "USD")]
)
def test_no_more_and_nothing_else_than_was_paid_goes_back(ask, amount):
    with pytest.raises(refunds.RefundTooLarge):
        ask(amount)
    assert Refund.objects.count() == 0


def test_refunds_under_way_count(ask, settled_payment):
    ask(Money(30_00, "USD"))
    assert refunds.refundable(settled_payment) == Money(20_00, "USD")
    with pytest.raises(refunds.RefundTooLarge) as refusal:
        ask(Money(20_01, "USD"))
    assert refusal.value.facts["left"] in str(refusal.value)
    ask(Money(20_00, "USD"))
    with pytest.raises(refunds.NotRefundable):
        ask(Money(1, "USD"))


def test_an_open_payment_has_nothing_to_refund(open_payment, officer, clock):
    with pytest.raises(refunds.NotRefundable):
        refunds.request(open_payment, amount=TEN_DOLLARS, reason="", by=officer, token=uuid.uuid4(), at=clock())


def test_what_the_bank_is_taking_back_is_not_refunded_as_well(settled_payment, sandbox, ask, clock):
    dispute = sandbox.dispute(sandbox.get(settled_payment.intent_id)["latest_charge"])
    settlement.follow(settled_payment, at=clock())
    with pytest.raises(refunds.NotRefundable):
        ask()
    sandbox.close_dispute(dispute["id"], won=True)
    settlement.follow(settled_payment, at=clock())
    assert refunds.refundable(settled_payment) == Money(50_00, "USD")


@pytest.fixture
def spend(school_fund, clock):
    """Let the project pay out som."""

    def pay_out(som: int) -> None:
        with transaction.atomic():
            operations = posting.open_fund("operations", kind="operations", title="Operations")
            legs = [
                posting.Entry(school_fund, Role.PAID_OUT, Money(som * 100, "KGS")),
                posting.Entry(operations, Role.BANK, Money(-som * 100, "KGS")),
            ]
            posting.post("payout:1", kind="payout", legs=legs, at=clock())

    return pay_out


def test_money_the_project_has_spent_is_not_promised_back(ask, spend):
    spend(4000)
    with pytest.raises(refunds.FundHasSpentIt):
        ask(TEN_DOLLARS)
    assert ask(Money(2_00, "USD")).state == "approved"


def test_money_spent_while_the_refund_waited_is_not_sent_back(large_refund, spend, second_officer, clock, audited):
    spend(40_000)
    with pytest.raises(refunds.FundHasSpentIt):
        refunds.approve(large_refund, by=second_officer, at=clock.forward(days=3))
    large_refund.refresh_from_db()
    assert (large_refund.state, large_refund.approved_by, audited()) == ("requested", None, ["refund.request"])
    assert not Message.objects.filter(topic="refund.due").exists()
    refuse(large_refund, by=second_officer, at=clock())
    assert large_refund.state == "refused"


def test_money_that_is_still_there_is_sent_back_days_later(large_refund, spend, second_officer, clock):
    spend(20_000)
    refunds.approve(large_refund, by=second_officer, at=clock.forward(days=3))
    assert large_refund.state == "approved"


def test_what_the_bank_took_while_the_refund_waited_is_not_sent_back_as_well(
    large_payment, large_refund, sandbox, second_officer, clock
):
    sandbox.dispute(sandbox.get(large_payment.intent_id)["latest_charge"])
    settlement.follow(large_payment, at=clock())
    with pytest.raises(refunds.NotRefundable):
        refunds.approve(large_refund, by=second_officer, at=clock())


def test_what_is_decided_is_decided_whatever_was_spent_since(large_refund, spend, second_officer, chief, clock):
    refunds.approve(large_refund, by=second_officer, at=clock())
    spend(40_000)
    with pytest.raises(UnlawfulMove):
        refunds.approve(large_refund, by=chief, at=clock())


def test_a_request_that_is_refused_leaves_no_trace(ask, audited):
    with pytest.raises(refunds.RefundTooLarge):
        ask(Money(60_00, "USD"))
    assert (Refund.objects.count(), audited()) == (0, [])
