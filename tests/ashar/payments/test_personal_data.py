"""What payments tell a person about themselves, and what they forget on request."""

import uuid

import pytest
from allauth.account.models import EmailAddress

from ashar.audit.models import Entry
from ashar.money import Money
from ashar.payments import personal_data, refunds
from ashar.payments.models import Payment, Refund, Refusal


@pytest.fixture
def giver(officer):
    """Somebody with two verified addresses and one that anybody could have claimed."""
    for address, verified in (
        ("giver@example.org", True),
        ("Second@example.org", True),
        ("claimed@example.org", False),
    ):
        EmailAddress.objects.create(user=officer, email=address, verified=verified, primary=address.startswith("giver"))
    return officer


def emails() -> list[str]:
    return list(Payment.objects.order_by("created_at").values_list("email", flat=True))


@pytest.fixture
def payments(make_payment, clock) -> list[Payment]:
    addresses = ("GIVER@example.org", "second@example.org", "claimed@example.org", "stranger@example.org")
    return [make_payment(email=address, at=clock.forward(seconds=1)) for address in addresses]


def test_a_person_is_told_of_the_payments_under_their_verified_addresses(giver, payments):
    told = personal_data.collect(giver)["payments"]
    assert [row["email"] for row in told] == ["GIVER@example.org", "second@example.org"]
    assert told[0] == {
        "id": str(payments[0].pk),
        "amount_minor": 50_00,
        "currency": "USD",
        "state": "created",
        "for": "School of Kök-Bulak",
        "email": "GIVER@example.org",
        "created_at": payments[0].created_at.isoformat(),
    }


def test_somebody_without_a_verified_address_has_no_payments(second_officer, payments):
    assert personal_data.collect(second_officer) == {"payments": []}


def test_forgetting_takes_the_address_and_leaves_the_sums(giver, payments):
    assert personal_data.forget(giver) == {"payments": 2}
    assert emails() == ["", "", "claimed@example.org", "stranger@example.org"]
    assert set(Payment.objects.values_list("amount_minor", flat=True)) == {50_00}


def test_a_settled_payment_forgets_as_well(giver, settled_payment):
    assert personal_data.forget(giver) == {"payments": 1}
    settled_payment.refresh_from_db()
    assert (settled_payment.email, settled_payment.state) == ("", "settled")


def test_the_audit_log_that_nobody_can_change_takes_no_words_about_a_refund(settled_payment, officer, clock):
    asked = {"amount": Money(10_00, "USD"), "reason": "Aigül lost her job", "by": officer, "token": uuid.uuid4()}
    refund = refunds.request(settled_payment, **asked, at=clock())

    entry = Entry.objects.get(verb="refund.request")
    assert entry.facts == {"payment": str(settled_payment.pk), "amount_minor": 10_00, "currency": "USD"}
    assert refund.reason == "Aigül lost her job"


def test_forgetting_takes_the_words_about_a_refund(giver, settled_payment, officer, clock):
    asked = {"amount": Money(10_00, "USD"), "reason": "Aigül lost her job", "by": officer, "token": uuid.uuid4()}
    refund = refunds.request(settled_payment, **asked, at=clock())

    Refusal.objects.create(refund=refund, by=officer, at=clock(), reason="Aigül was paid already")

    personal_data.forget(giver)

    refund = Refund.objects.get(pk=refund.pk)
    assert (refund.reason, refund.refusal.reason, refund.amount_minor) == ("", "", 10_00)
