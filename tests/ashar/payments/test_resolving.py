"""What never came back is looked for, and found once."""

import json
import uuid
from datetime import timedelta

import pytest

from ashar.money import Money
from ashar.payments import checkout, gateway, inbox, refunds, resolving, settlement
from ashar.payments.models import Movement, Payment, Refund, WebhookEvent


@pytest.fixture
def paid(open_payment, sandbox, fresh_rates) -> Payment:
    """Paid at the provider, and none of its webhooks ever reached us."""
    sandbox.pay(open_payment.session_id)
    return open_payment


def requests_to(sandbox, monkeypatch) -> list[str]:
    """Record what is asked of the provider from now on."""
    asked: list[str] = []
    follow = settlement.follow

    def counted(payment, *, at):
        asked.append(str(payment.pk))
        return follow(payment, at=at)

    monkeypatch.setattr(settlement, "follow", counted)
    return asked


def test_a_payment_without_a_webhook_is_settled(paid, clock):
    resolving.resolve(clock.forward(minutes=5))
    paid.refresh_from_db()
    assert (paid.state, Movement.objects.count()) == ("settled", 1)


def test_the_first_minutes_belong_to_the_webhook(paid, clock, monkeypatch, sandbox):
    asked = requests_to(sandbox, monkeypatch)
    resolving.resolve(clock.forward(minutes=4))
    assert asked == []


def test_one_payment_is_looked_at_every_ten_minutes(open_payment, sandbox, clock, monkeypatch):
    asked = requests_to(sandbox, monkeypatch)
    for _ in range(20):
        resolving.resolve(clock.forward(minutes=1))
    assert asked == [str(open_payment.pk)] * 2


def test_an_abandoned_session_expires_its_payment(open_payment, sandbox, clock):
    resolving.resolve(clock.forward(hours=2))
    open_payment.refresh_from_db()
    assert open_payment.state == "expired"


def test_an_abandoned_row_expires_after_a_day(created_payment, sandbox, clock):
    resolving.resolve(clock.forward(hours=25))
    created_payment.refresh_from_db()
    assert created_payment.state == "expired"


def test_one_payment_that_cannot_be_followed_does_not_stop_the_others(make_payment, paid, sandbox, clock):
    strange = make_payment()
    Payment.objects.filter(pk=strange.pk).update(session_id="cs_test_unknown", looked_at=clock().replace(year=2020))
    resolving.resolve(clock.forward(minutes=11))
    paid.refresh_from_db()
    assert paid.state == "settled"


def test_payments_that_can_never_be_followed_do_not_hide_the_others(make_payment, paid, clock, monkeypatch):
    """As when the data of another account were restored: the provider knows none of their sessions."""
    monkeypatch.setattr(resolving, "BATCH", 3)
    strange = [make_payment(at=clock() - timedelta(days=1)) for _ in range(5)]
    for number, payment in enumerate(strange):
        Payment.objects.filter(pk=payment.pk).update(session_id=f"cs_test_unknown_{number}", state="open")
    looked = [clock.forward(minutes=6), clock.forward(minutes=1)]
    for at in looked:
        resolving.resolve(at)
    paid.refresh_from_db()
    assert (paid.state, paid.trouble) == ("settled", "")
    told = Payment.objects.filter(pk__in=[payment.pk for payment in strange]).order_by("looked_at")
    assert (
        list(told.values_list("trouble", "looked_at"))
        == [("provider_refused", looked[0])] * 3 + [("provider_refused", looked[1])] * 2
    )


def test_a_payment_that_can_be_followed_again_forgets_its_trouble(open_payment, clock):
    row = Payment.objects.filter(pk=open_payment.pk)
    row.update(session_id="cs_test_unknown")
    resolving.resolve(clock.forward(minutes=6))
    assert row.values_list("trouble", "looked_at").get() == ("provider_refused", clock())
    row.update(session_id=open_payment.session_id)
    resolving.resolve(clock.forward(minutes=11))
    assert row.values_list("trouble", "looked_at").get() == ("", clock())


def test_those_never_looked_at_come_first_on_every_database(make_payment, clock):
    seen, never = make_payment(), make_payment()
    Payment.objects.filter(pk=seen.pk).update(looked_at=clock() - timedelta(days=1))
    clock.forward(minutes=6)
    assert resolving._open_payments(clock()) == [never, seen]


def test_a_provider_that_does_not_answer_ends_the_round(paid, no_provider, clock):
    now = clock.forward(minutes=5)
    resolving.resolve(now)
    paid.refresh_from_db()
    assert (paid.state, paid.looked_at) == ("open", now - resolving.PAUSE)


def test_an_approved_refund_whose_message_was_lost_is_sent(settled_payment, officer, clock):
    refund = refunds.request(
        settled_payment, amount=Money(10_00, "USD"), reason="", by=officer, token=uuid.uuid4(), at=clock()
    )
    resolving.resolve(clock())
    refund.refresh_from_db()
    assert refund.state == "succeeded"


def test_a_refund_that_waits_for_a_second_person_waits(large_payment, officer, clock):
    refund = refunds.request(
        large_payment, amount=Money(300_00, "USD"), reason="", by=officer, token=uuid.uuid4(), at=clock()
    )
    resolving.resolve(clock.forward(days=3))
    refund.refresh_from_db()
    assert refund.state == "requested"


def test_a_refund_still_pending_is_looked_at_again(settled_payment, officer, clock):
    """Sent, known to the provider, not decided: the webhook of its end was lost."""
    refund = refunds.request(
        settled_payment, amount=Money(10_00, "USD"), reason="", by=officer, token=uuid.uuid4(), at=clock()
    )
    made = gateway.refund(
        settled_payment.intent_id, amount=refund.amount, refund_id=str(refund.pk), key=f"ashar:refund:{refund.pk}"
    )
    Refund.objects.filter(pk=refund.pk).update(state="sent", sent_at=clock(), provider_id=made.id)
    resolving.resolve(clock.forward(minutes=9))
    refund.refresh_from_db()
    assert refund.state == "sent"
    resolving.resolve(clock.forward(minutes=1))
    refund.refresh_from_db()
    assert refund.state == "succeeded"


def test_events_that_never_reached_us_are_fetched(settled_payment, sandbox, clock):
    sandbox.dispute(sandbox.get(settled_payment.intent_id)["latest_charge"])
    resolving.resolve(clock.forward(minutes=1))
    inbox.work_through(at=clock())
    kinds = list(Movement.objects.order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["charge", "dispute_withdrawn"]
    assert not WebhookEvent.objects.filter(state="received").exists()


def test_events_that_did_reach_us_are_not_doubled(paid, sandbox, deliver, clock):
    deliver()
    before = WebhookEvent.objects.count()
    assert resolving.catch_up(clock()) == 0
    assert WebhookEvent.objects.count() == before


def test_a_round_looks_back_two_hours_and_a_catch_up_over_all_the_provider_remembers(paid, sandbox, clock):
    clock.forward(hours=3)
    resolving.catch_up(clock(), since=clock() - resolving.RECENT)
    recent = WebhookEvent.objects.count()
    missed = resolving.catch_up(clock())
    assert recent + missed == WebhookEvent.objects.count() == len(sandbox.events())
    assert missed > 0


def test_events_that_are_fetched_are_kept_as_those_that_come(paid, sandbox, deliver, clock):
    deliver()
    came = dict(WebhookEvent.objects.values_list("event_id", "payload"))
    WebhookEvent.objects.all().delete()
    resolving.catch_up(clock())
    assert dict(WebhookEvent.objects.values_list("event_id", "payload")) == came
    assert paid.email in json.dumps(sandbox.events())
    assert paid.email not in "".join(came.values())


def test_events_of_the_other_mode_are_left_where_they_are(paid, sandbox, clock, settings):
    settings.STRIPE_LIVEMODE = True
    assert resolving.catch_up(clock()) == 0
    assert WebhookEvent.objects.count() == 0


def test_resolving_twice_changes_nothing(paid, clock):
    resolving.resolve(clock.forward(minutes=5))
    before = list(Movement.objects.values())
    resolving.resolve(clock.forward(minutes=11))
    assert list(Movement.objects.values()) == before


class TestOneThatAlwaysFails:
    """It stands behind the others in the next round, and never between them and the provider."""

    @pytest.fixture
    def several(self, sandbox, fresh_rates, make_payment, clock) -> list[Payment]:
        """Four payments, all paid, no webhook of them arrived."""
        payments = [make_payment() for _ in range(4)]
        for payment in payments:
            checkout.send_to_provider(payment, at=clock())
            sandbox.pay(payment.session_id)
        return payments

    @pytest.mark.parametrize("fault", [gateway.ProviderUnreachable(reason="500"), KeyError("balance_transaction")])
    def test_does_not_stop_the_others(self, several, clock, monkeypatch, fault):
        follow = settlement.follow

        def failing(payment, *, at):
            if payment.pk == several[0].pk:
                raise fault
            return follow(payment, at=at)

        monkeypatch.setattr(settlement, "follow", failing)
        resolving.resolve(clock.forward(minutes=6))
        assert sorted(Movement.objects.values_list("payment", flat=True)) == sorted(one.pk for one in several[1:])

    def test_is_looked_at_later_than_the_others(self, several, clock, monkeypatch):
        asked = []

        def away(payment, *, at):
            asked.append(payment.pk)
            raise gateway.ProviderUnreachable(reason="away")

        monkeypatch.setattr(settlement, "follow", away)
        resolving.resolve(clock.forward(minutes=6))
        assert len(asked) == resolving.MOST_UNREACHABLE
        resolving.resolve(clock.forward(minutes=1))
        assert len(set(asked)) == len(several)
