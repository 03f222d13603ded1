"""What the database itself keeps, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from ashar.ledger import posting
from ashar.money import Money
from ashar.payments.models import Dispute, Movement, Payment, Refund, RefundMovement, Refusal, WebhookEvent


def refused(query, **changes) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        query.update(**changes)


@pytest.mark.parametrize("sum_minor", [0, -1])
def test_a_payment_is_above_zero(created_payment, sum_minor):
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            fund=created_payment.fund,
            amount_minor=sum_minor,
            currency="USD",
            livemode=False,
            language="ky",
            subject="x",
            success_path="/",
            cancel_path="/",
            created_at=created_payment.created_at,
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"captured_minor": 49_99},
        {"captured_minor": 50_01},
        {"refunded_minor": 1},
        {"captured_minor": 50_00, "refunded_minor": 50_01},
        {"captured_minor": 50_00, "refunded_minor": -1},
        {"state": "paid"},
    ],
)
def test_a_payment_is_captured_whole_or_not_and_refunded_within_that(created_payment, changes):
    refused(Payment.objects.filter(pk=created_payment.pk), **changes)


def test_a_payment_may_be_refunded_in_part_and_in_full(created_payment):
    row = Payment.objects.filter(pk=created_payment.pk)
    assert row.update(captured_minor=50_00, refunded_minor=20_00) == 1
    assert row.update(refunded_minor=50_00) == 1


@pytest.mark.parametrize(
    "changes", [{"amount_minor": 1}, {"currency": "EUR"}, {"livemode": True}, {"created_at": "2020-01-01T00:00:00Z"}]
)
def test_what_was_agreed_on_never_changes(settled_payment, changes):
    refused(Payment.objects.filter(pk=settled_payment.pk), **changes)


def test_a_payment_keeps_its_fund(settled_payment, school_fund):
    other = posting.open_fund("other", kind="project", title="Other")
    refused(Payment.objects.filter(pk=settled_payment.pk), fund=other)


@pytest.mark.parametrize("column", ["gross_minor", "som_minor", "fee_som_minor", "rate_value_e4", "sequence"])
def test_a_movement_never_changes(settled_payment, column):
    refused(Movement.objects.all(), **{column: 7})


def test_an_event_keeps_what_was_received_and_only_moves_on(open_payment, deliver, sandbox):
    sandbox.pay(open_payment.session_id)
    deliver()
    refused(WebhookEvent.objects.all(), payload="{}")
    refused(WebhookEvent.objects.all(), state="lost")
    assert WebhookEvent.objects.update(reason="seen") == WebhookEvent.objects.count()


def test_a_refund_keeps_its_sum_and_who_asked(settled_payment, officer, second_officer, clock):
    row = Refund.objects.create(
        payment=settled_payment,
        amount_minor=1_00,
        currency="USD",
        reason="mistake",
        requested_by=officer,
        requested_at=clock(),
    )
    mine = Refund.objects.filter(pk=row.pk)
    refused(mine, amount_minor=2_00)
    refused(mine, requested_by=second_officer)
    refused(mine, approved_by=officer)
    refused(mine, state="paid")
    assert mine.update(approved_by=second_officer) == 1


@pytest.mark.parametrize("entity", [Refund, Dispute])
def test_nothing_cannot_be_refunded_or_disputed(entity, created_payment, clock):
    facts = {"requested_at": clock()} if entity is Refund else {"seen_at": clock(), "provider_id": "dp_1"}
    with pytest.raises(IntegrityError), transaction.atomic():
        entity.objects.create(payment=created_payment, amount_minor=0, currency="USD", **facts)


def test_two_payments_never_share_a_session_or_an_intent(make_payment):
    first, second = make_payment(), make_payment()
    Payment.objects.filter(pk=first.pk).update(session_id="cs_1", intent_id="pi_1")
    refused(Payment.objects.filter(pk=second.pk), session_id="cs_1")
    refused(Payment.objects.filter(pk=second.pk), intent_id="pi_1")


def test_one_balance_transaction_is_one_movement(settled_payment):
    charge = Movement.objects.get()
    charge.pk, charge.sequence = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        charge.save(force_insert=True)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "refund"},
        {"kind": "gift"},
        {"settled_net_minor": 1},
        {"gross_minor": -50_00},
        {"gross_minor": 0},
        {"som_minor": -1},
        {"sequence": 1},
    ],
)
def test_a_movement_adds_up_and_its_sign_follows_its_kind(settled_payment, changes):
    charge = Movement.objects.get()
    other = Movement(**{field.attname: getattr(charge, field.attname) for field in Movement._meta.fields})
    other.pk, other.sequence, other.balance_transaction_id = None, 2, "txn_other"
    for column, value in changes.items():
        setattr(other, column, value)
    with pytest.raises(IntegrityError, match=r"CHECK|check|UNIQUE.*sequence|movement_"), transaction.atomic():
        other.save(force_insert=True)


def test_rows_know_their_sums_as_money(settled_payment, officer, clock):
    refund = Refund(amount_minor=5_00, currency="USD")
    dispute = Dispute(amount_minor=7_00, currency="EUR")
    assert settled_payment.amount == Money(50_00, "USD")
    assert (refund.amount, dispute.amount) == (Money(5_00, "USD"), Money(7_00, "EUR"))
    assert Movement.objects.get().gross == Money(50_00, "USD")


def test_rows_name_themselves(settled_payment):
    movement = Movement.objects.get()
    assert str(settled_payment) == f"50.00 USD settled ({settled_payment.pk})"
    assert str(movement) == f"charge 50.00 USD ({movement.balance_transaction_id})"
    assert str(Dispute(provider_id="dp_1", state="open")) == "dp_1 open"
    assert str(WebhookEvent(type="a.b", state="done", event_id="evt_1")) == "a.b done (evt_1)"
    refund = Refund(amount_minor=1, currency="KRW")
    assert str(refund) == f"1 KRW requested ({refund.pk})"


def test_rows_beside_a_refund_name_it_in_the_admin():
    refund = Refund(amount_minor=1, currency="KRW")
    assert str(Refusal(refund=refund, by_id=7)) == f"{refund.pk} refused by 7"
    assert str(RefundMovement(movement_id=3, refund=refund)) == f"3 of {refund.pk}"
