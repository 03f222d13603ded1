"""Roles × verbs: exactly those who handle money decide, and what follows from a decision asks for nobody."""

import uuid
from collections.abc import Callable

import pytest
from django.utils import translation

from ashar.accounts import roles, rules
from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.money import Money
from ashar.payments import inbox, refunds, resolving
from ashar.payments.models import Refund, WebhookEvent
from tests.factories.people import FinanceOfficerFactory, PersonFactory

ADMINISTRATOR, GIVER = "administrator", "giver"
EVERYBODY = (GIVER, *roles.ALL, ADMINISTRATOR)
LAWFUL = {roles.FINANCE_OFFICER, ADMINISTRATOR}
LARGE = Money(300_00, "USD")


def person_of(role: str, **columns) -> User:
    if role == ADMINISTRATOR:
        return User.objects.create_superuser(email=f"{role}@example.org", password="x", **columns)
    return PersonFactory(role="" if role == GIVER else role, **columns)


@pytest.fixture
def waiting_refund(large_payment, clock) -> Refund:
    colleague = FinanceOfficerFactory(email="colleague@example.org")
    return refunds.request(large_payment, amount=LARGE, reason="", by=colleague, token=uuid.uuid4(), at=clock())


@pytest.fixture
def quarantined_event(clock) -> WebhookEvent:
    facts = {"event_id": "evt_1", "type": "charge.updated", "livemode": False, "object_id": "ch_1", "payload": "{}"}
    moments = dict.fromkeys(("created_at", "received_at", "due_at"), clock())
    return WebhookEvent.objects.create(**facts, **moments, state="quarantined", reason="unknown_object", attempts=1)


@pytest.fixture
def verbs(waiting_refund, quarantined_event, clock) -> dict[str, Callable[[User], object]]:
    """Every verb of payments that a person does, ready to be done by somebody."""
    payment = waiting_refund.payment
    ten = {"amount": Money(10_00, "USD"), "reason": "", "token": uuid.uuid4()}
    return {
        "request": lambda person: refunds.request(payment, **ten, by=person, at=clock()),
        "approve": lambda person: refunds.approve(waiting_refund, by=person, at=clock()),
        "refuse": lambda person: refunds.refuse(waiting_refund, reason="Paid once", by=person, at=clock()),
        "retry": lambda person: inbox.retry(quarantined_event, by=person, at=clock()),
        "ignore": lambda person: inbox.ignore(quarantined_event, by=person, at=clock()),
    }


def everything() -> list[list[tuple[object, ...]]]:
    return [list(model.objects.order_by("pk").values_list()) for model in (Refund, WebhookEvent, Entry)]


@pytest.mark.parametrize("verb", ["request", "approve", "refuse", "retry", "ignore"])
def test_others_may_not(verbs, verb):
    """One after the other tries; a refusal changes nothing."""
    before = everything()
    for role in (role for role in EVERYBODY if role not in LAWFUL):
        with pytest.raises(rules.NotAllowed) as refusal:
            verbs[verb](person_of(role))
        assert (refusal.value.code, everything()) == ("not_allowed", before)


@pytest.mark.parametrize("role", sorted(LAWFUL))
@pytest.mark.parametrize("verb", ["request", "approve", "refuse", "retry", "ignore"])
def test_those_who_handle_money_do_it(verbs, verb, role):
    before = everything()
    verbs[verb](person_of(role))
    assert everything() != before


@pytest.mark.parametrize("role", sorted(LAWFUL))
@pytest.mark.parametrize("verb", ["request", "approve", "refuse", "retry", "ignore"])
def test_whoever_left_may_not(verbs, verb, role):
    with pytest.raises(rules.NotAllowed):
        verbs[verb](person_of(role, is_active=False))


def test_the_role_comes_before_the_second_pair_of_eyes(waiting_refund, clock):
    """Who asked and then lost the role hears that they may not, not that another person has to."""
    asker = waiting_refund.requested_by
    asker.groups.clear()
    with pytest.raises(rules.NotAllowed):
        refunds.refuse(waiting_refund, reason="Paid once", by=asker, at=clock())


def test_what_was_decided_goes_on_when_whoever_decided_is_gone(waiting_refund, second_officer, clock):
    """The worker and the resolver send what was approved, whatever became of the people's roles."""
    refunds.approve(waiting_refund, by=second_officer, at=clock())
    for person in (waiting_refund.requested_by, second_officer):
        person.groups.clear()
    resolving.resolve(clock())
    waiting_refund.refresh_from_db()
    assert waiting_refund.state == "succeeded"


def test_the_refusal_is_told_in_the_readers_language():
    told = {}
    for language in ("ky", "ru", "en"):
        with translation.override(language):
            told[language] = str(rules.NotAllowed())
    assert told == {"ky": "Сизге буга уруксат жок.", "ru": "Вам это не разрешено.", "en": "You may not do this."}
