"""Money that moved, a refund that waits, an event in quarantine, and officers."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ashar.accounts import admitting, roles, rules
from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.ledger.models import Journal
from ashar.money import Money
from ashar.payments import refunds
from ashar.payments.models import Dispute, Refund, WebhookEvent
from diaspora import giving
from diaspora.models import Gift
from grants.models import Call
from tests.ashar.accounts import signing_in
from tests.cms.conftest import ADMINISTRATOR, Desk
from tests.cms.staff.calling import pay_in
from tests.factories.calls import DraftCallFactory
from tests.factories.gifts import ReceivedGiftFactory, go_back, move
from tests.factories.moments import NOON
from tests.factories.people import FinanceOfficerFactory

REASON = "Ошибка в сумме"

ACTIONS = ("appoint", "dismiss", "let_in_again")


@pytest.fixture
def officer(enter):
    """A browser of a finance officer."""
    return enter(roles.FINANCE_OFFICER)


@pytest.fixture
def auditor(enter):
    return enter(roles.AUDITOR)


@pytest.fixture
def large_gift(school, fresh_rates) -> Gift:
    """Its refund needs two people."""
    return ReceivedGiftFactory(project=school, amount=Money(500_00, "USD"), name="Бермет Исакова")


@pytest.fixture
def waiting_refund(large_gift) -> Refund:
    """Asked for by an officer who is not in the room."""
    colleague = FinanceOfficerFactory(email="colleague@example.org")
    return refunds.request(
        large_gift.payment,
        amount=Money(500_00, "USD"),
        reason="Ошибка в сумме",
        by=colleague,
        token=uuid.uuid4(),
        at=NOON,
    )


@pytest.fixture
def stands(school, fresh_rates) -> dict[str, Gift]:
    """Gifts by where they stand: whole, given back in part and in whole, and taken back by a bank."""
    words = ("whole", "part", "back", "open", "lost", "won")
    gifts = {word: ReceivedGiftFactory(project=school, name=word) for word in words}
    go_back(gifts["part"], Money(20_00, "USD"))
    go_back(gifts["back"])
    for number, state in enumerate(("open", "lost", "won")):
        payment = gifts[state].payment
        Dispute.objects.create(
            provider_id=f"dp_{number}", payment=payment, amount_minor=50_00, currency="USD", state=state, seen_at=NOON
        )
        if state != "won":
            move(payment, "dispute_withdrawn", Money(-50_00, "USD"), at=NOON)
    for gift in gifts.values():
        giving.follow(gift.payment_id, at=NOON)
    return gifts


@pytest.fixture
def charge(large_gift) -> Journal:
    """The journal by which the large gift came."""
    return large_gift.payment.movements.get().journal


def an_event(number: int = 1, **differs) -> WebhookEvent:
    facts = {
        "event_id": f"evt_{number}",
        "type": "charge.updated",
        "livemode": False,
        "object_id": f"ch_{number}",
        "payload": '{"secret": "payload-canary"}',
        "state": "quarantined",
        "reason": "unknown_object",
        "attempts": 1,
    }
    moments = dict.fromkeys(("created_at", "received_at", "due_at"), NOON)
    return WebhookEvent.objects.create(**facts | moments | differs)


@pytest.fixture
def quarantined_event(db) -> WebhookEvent:
    return an_event()


@pytest.fixture
def office(enter) -> Client:
    """An administrator's browser, in English."""
    client = enter(ADMINISTRATOR)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def administrator(office) -> User:
    return User.objects.get(is_superuser=True)


@pytest.fixture
def guest(db) -> User:
    """Somebody with an account, an app and no role."""
    return signing_in.with_an_app(admitting.admit("guest@example.org", full_name="Бермет", by=None, at=NOON))


@pytest.fixture
def doors(guest) -> dict[str, str]:
    """Every address of the room."""
    return {
        "list": reverse("people:index"),
        "results": reverse("people:index_results"),
        "page": reverse("people:inspect", args=[guest.pk]),
        "invite": reverse("people:invite"),
        **{action: reverse(f"people:{action}", args=[guest.pk]) for action in ACTIONS},
    }


def roles_of(person: User) -> set[str]:
    return {role for role in roles.ALL if rules.is_in(person, role)}


def verbs_about(person: User) -> list[str]:
    return list(Entry.objects.filter(subject_id=str(person.pk)).order_by("sequence").values_list("verb", flat=True))


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def ask(client: Client, payment, amount: str, reason: str = REASON, language: str = "ru"):
    return client.post(
        reverse("refunds:ask", args=[payment.pk]),
        {"amount": amount, "reason": reason, "token": uuid.uuid4()},
        headers={"Accept-Language": language},
    )


def decide(client: Client, refund: Refund, verb: str, reason: str = "Төлөм бир эле жолу келген"):
    response = client.post(reverse(f"refunds:{verb}", args=[refund.pk]), {"reason": reason})
    refund.refresh_from_db()
    return response


@pytest.fixture
def colleague(waiting_refund) -> Client:
    """A browser of the officer who asked for the waiting refund."""
    return signing_in.as_staff(Desk(), waiting_refund.requested_by)


@pytest.fixture
def editor(enter):
    return enter(roles.EDITOR)


@pytest.fixture
def draft(planted):
    return DraftCallFactory(slug="business")


@pytest.fixture
def ready(draft):
    """Its hour lies ahead of whoever runs the test, and its money is there."""
    now = timezone.now()
    Call.objects.update(opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=9))
    pay_in(draft)
    return Call.objects.get()
