"""The pay page: GET shows where the session stands, POST takes one step and goes on with a redirect."""

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.cards import OFFERED, Card, WrongCard, known, typed
from ashar.payments.sandbox.checkout import paying
from ashar.payments.sandbox.checkout.markup import FIELDS, Page
from ashar.payments.sandbox.http import Request, Response, as_page, redirect
from ashar.payments.sandbox.objects import sessions
from ashar.payments.sandbox.schemas import EMAIL
from ashar.payments.sandbox.store import Json

STYLE = Path(__file__).with_name("checkout.css")
PLACE = re.compile(r"/pay/(?P<session>cs_test_[A-Za-z0-9]{1,80})(?P<confirm>/confirm)?\Z")
LONGEST_FIELD = 500


def answer(account: Account, request: Request) -> Response:
    """Answer a request under /pay/."""
    if request.path == "/pay/checkout.css":
        return Response(200, STYLE.read_bytes(), {"Content-Type": "text/css; charset=utf-8"})
    place = PLACE.match(request.path)
    session = account.store.get(sessions.NOUN, place["session"]) if place else None
    page = Page(session, request.headers.get("accept-language", ""))
    if not place or not session:
        return as_page(404, page.message("unknown"), _policy(None))
    if session["status"] != "open":
        return _closed(session, page)
    return (_confirm if place["confirm"] else _pay)(account, request, session, page)


def _closed(session: Json, page: Page) -> Response:
    """Answer for a paid or expired session: on to the thanks, or a sentence."""
    if session["status"] == "complete":
        return redirect(paying.destination(session))
    return as_page(410, page.message("expired"), _policy(session))


def _confirm(account: Account, request: Request, session: Json, page: Page) -> Response:
    """Ask the bank's question; without one the giver goes back to the cards."""
    if not paying.waiting_card(account, session):
        return redirect(f"/pay/{session['id']}")
    if request.method == "POST":
        approved = _fields(request).get("answer") == "approve"
        return _next(paying.authenticate(account, session["id"], approved=approved))
    return as_page(200, page.question(_items(account, session)), _policy(session))


def _pay(account: Account, request: Request, session: Json, page: Page) -> Response:
    """Show the card form, or take a step with it, or show it again with what is wrong."""
    if paying.waiting_card(account, session):
        return redirect(f"/pay/{session['id']}/confirm")
    if request.method != "POST":
        wrong = {"": reason} if (reason := _last_refusal(account, session)) else {}
        return _form(account, session, page, given={"email": session["customer_email"] or ""}, wrong=wrong)
    fields = _fields(request)
    card, wrong = _read(account, session, fields)
    if wrong or not card:
        given = {name: fields.get(name, "") for name in FIELDS if name not in {"number", "cvc"}}
        return _form(account, session, page, given=given, wrong=wrong, status=422)
    return _next(paying.pay(account, session["id"], card, name=fields["name"], email=fields["email"]))


def _next(outcome: paying.Outcome) -> Response:
    """Go where the outcome leads, so that a reload repeats nothing."""
    if outcome.step == "paid":
        return redirect(paying.destination(outcome.session))
    return redirect(f"/pay/{outcome.session['id']}{'/confirm' if outcome.step == 'asked' else ''}")


def _form(
    account: Account, session: Json, page: Page, *, given: dict[str, str], wrong: dict[str, str], status: int = 200
) -> Response:
    notes = account.store.notes(session["id"])
    text = page.card_form(notes["line_items"], typed=given, wrong=wrong, submit_text=notes["submit_text"])
    return as_page(status, text, _policy(session))


def _read(account: Account, session: Json, fields: dict[str, str]) -> tuple[Card | None, dict[str, str]]:
    """Return the card, and by field what is wrong; fills `fields` up for a test card chosen with one click."""
    if fields.get("test_card") in OFFERED:
        usual = paying.SOMEBODY | ({"email": session["customer_email"]} if session["customer_email"] else {})
        fields |= {name: fields.get(name) or value for name, value in usual.items()}
        return known(fields["test_card"]), {} if EMAIL.match(fields["email"]) else {"email": "wrong_email"}
    wrong = {} if fields.get("name", "").strip() else {"name": "wrong_name"}
    if not EMAIL.match(fields.get("email", "")):
        wrong["email"] = "wrong_email"
    moment = datetime.fromtimestamp(account.now(), UTC)
    try:
        number, expiry, cvc = (fields.get(name, "") for name in ("number", "expiry", "cvc"))
        return typed(number, expiry, cvc, year=moment.year, month=moment.month), wrong
    except WrongCard as fault:
        return None, wrong | {fault.field: fault.code}


def _last_refusal(account: Account, session: Json) -> str:
    """Return the key of the sentence for the last decline, or nothing."""
    if not session["payment_intent"]:
        return ""
    error = account.store.any(session["payment_intent"])["last_payment_error"] or {}
    return str(error.get("decline_code") or error.get("code") or "")


def _items(account: Account, session: Json) -> list[Json]:
    return list(account.store.notes(session["id"])["line_items"])


def _fields(request: Request) -> dict[str, str]:
    pairs = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: value[:LONGEST_FIELD] for name, value in pairs}


def _policy(session: Json | None) -> dict[str, str]:
    """Return headers that allow our style and our forms only, and the two places the forms may end."""
    urls = [session[name] for name in ("success_url", "cancel_url") if session[name]] if session else []
    origins = sorted({f"{end.scheme}://{end.netloc}" for end in map(urlsplit, urls)})
    forms = " ".join(["'self'", *origins])
    policy = f"default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action {forms}"
    return {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
