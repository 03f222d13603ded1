"""Somebody pays a session: with a card, through the bank's question, once."""

from dataclasses import dataclass
from typing import Literal

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.cards import Behaviour, Card, known
from ashar.payments.sandbox.objects import customers, intents, sessions
from ashar.payments.sandbox.store import Json

SOMEBODY = {"name": "Айжан Осмонова", "email": "aizhan@example.org"}
Step = Literal["paid", "declined", "asked", "expired"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the session stands after a step on the pay page."""

    step: Step
    session: Json


def pay(account: Account, session_id: str, card: Card, *, name: str, email: str) -> Outcome:
    """Try the card on an open session. A paid session stays paid (no second charge), an expired one expired."""
    with account.store.transaction():
        session = sessions.find(account, session_id)
        if session["status"] != "open":
            return _closed(session)
        session, intent = _intent(account, session, email=email, name=name)
        if card.behaviour == Behaviour.ASKS:
            return _ask(account, session, intent, card, name=name, email=email)
        return _charge(account, session, intent, card, name=name, email=email, authenticated=False)


def pay_at_once(account: Account, session_id: str, number: str, *, approve: bool) -> Json:
    """Pay with a test card as somebody, answering the bank's question with `approve`; returns the session."""
    outcome = pay(account, session_id, known(number), **SOMEBODY)
    if outcome.step == "asked":
        authenticate(account, session_id, approved=approve)
    return sessions.find(account, session_id)


def authenticate(account: Account, session_id: str, *, approved: bool) -> Outcome:
    """Answer the bank's question: approved charges the card, refused goes back to choosing one."""
    with account.store.transaction():
        session = sessions.find(account, session_id)
        if session["status"] != "open":
            return _closed(session)
        waiting = waiting_card(account, session)
        if not waiting:
            return Outcome("declined", session)
        intent = account.store.any(session["payment_intent"])
        if not approved:
            intents.refuse(account, intent)
            return Outcome("declined", session)
        card = Card(waiting["number"], month=waiting["month"], year=waiting["year"])
        return _charge(account, session, intent, card, name=waiting["name"], email=waiting["email"], authenticated=True)


def waiting_card(account: Account, session: Json) -> Json | None:
    """Return what was typed before the bank asked, while the answer is awaited."""
    if not session["payment_intent"]:
        return None
    intent = account.store.any(session["payment_intent"])
    return account.store.recall(f"waiting:{session['id']}") if intent["status"] == "requires_action" else None


def destination(session: Json) -> str:
    """Return where the giver goes after paying."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _closed(session: Json) -> Outcome:
    return Outcome("paid" if session["status"] == "complete" else "expired", session)


def _intent(account: Account, session: Json, *, name: str, email: str) -> tuple[Json, Json]:
    """Return the session's intent, made at the first attempt as Stripe does."""
    if session["payment_intent"]:
        return session, account.store.any(session["payment_intent"])
    if session["customer_creation"] == "always" and not session["customer"]:
        session["customer"] = customers.create(account, {"name": name, "email": email})["id"]
    data = account.store.notes(session["id"])["payment_intent_data"]
    intent = intents.begin(account, session, data)
    return account.store.save(session | {"payment_intent": intent["id"]}), intent


def _ask(account: Account, session: Json, intent: Json, card: Card, *, name: str, email: str) -> Outcome:
    typed = {"number": card.number, "month": card.month, "year": card.year, "name": name, "email": email}
    account.store.remember(f"waiting:{session['id']}", typed)
    page = f"{account.base_url}/pay/{session['id']}"
    intents.ask(account, intent, url=f"{page}/confirm", return_url=page)
    return Outcome("asked", session)


def _charge(
    account: Account, session: Json, intent: Json, card: Card, *, name: str, email: str, authenticated: bool
) -> Outcome:
    address = {"city": None, "country": "US", "line1": None, "line2": None, "postal_code": None, "state": None}
    billing = {"address": address, "email": email, "name": name, "phone": None, "tax_id": None}
    intent = intents.confirm(account, intent, card, billing=billing, authenticated=authenticated)
    if intent["status"] != "succeeded":
        return Outcome("declined", session)
    session = sessions.complete(account, session, intent, name=name, email=email)
    account.schedule("settle_charge", intent["latest_charge"], after=account.switch("settle_after"))
    if known(card.number).behaviour == Behaviour.DISPUTES:
        account.schedule("open_dispute", intent["latest_charge"])
    return Outcome("paid", session)
