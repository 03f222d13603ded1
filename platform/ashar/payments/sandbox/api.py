"""The API under /v1: who may ask, what may be asked, and the answer with Stripe's headers."""

import base64
import binascii
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from ashar.payments.sandbox import expanding, form, listing, parameters
from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.faults import Fault, InvalidParameter
from ashar.payments.sandbox.http import Request, Response, as_json
from ashar.payments.sandbox.idempotency import Answer, Keys
from ashar.payments.sandbox.objects import customers, disputes, events, refunds, sessions
from ashar.payments.sandbox.schemas import Hash
from ashar.payments.sandbox.store import Json

Verb = Callable[..., Json]
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint: `{}` in its path stands for an id."""

    method: str
    path: str
    schema: Hash
    verb: Verb

    def match(self, method: str, path: str) -> list[str] | None:
        """Return the ids in `path`, or None when this is another endpoint."""
        found = re.fullmatch(self.path.replace("{}", "([A-Za-z0-9_]{1,255})"), path)
        return list(found.groups()) if found and method == self.method else None


def _retrieve(noun: str, param: str) -> Verb:
    def retrieve(account: Account, _params: Json, name: str) -> Json:
        found = account.store.get(noun, name)
        if not found:
            raise Fault.missing(noun, name, param=param)
        return listing.shown(account, found)

    return retrieve


def _list(noun: str, url: str) -> Verb:
    def page(account: Account, params: Json) -> Json:
        return listing.page(account, noun, params, url=url)

    return page


def _line_items(account: Account, params: Json, name: str) -> Json:
    return expanding.line_items(account, sessions.find(account, name), limit=params.get("limit", listing.USUAL))


def _readable(noun: str, url: str, param: str, schema: Hash) -> list[Route]:
    return [
        Route("GET", url, schema, _list(noun, url)),
        Route("GET", f"{url}/{{}}", parameters.ONLY_EXPAND, _retrieve(noun, param)),
    ]


ROUTES = [
    *_readable("checkout.session", "/v1/checkout/sessions", "session", parameters.SESSION_LIST),
    *_readable("payment_intent", "/v1/payment_intents", "intent", parameters.INTENT_LIST),
    *_readable("charge", "/v1/charges", "charge", parameters.CHARGE_LIST),
    *_readable("refund", "/v1/refunds", "refund", parameters.REFUND_LIST),
    *_readable("balance_transaction", "/v1/balance_transactions", "id", parameters.BALANCE_LIST),
    *_readable("dispute", "/v1/disputes", "dispute", parameters.DISPUTE_LIST),
    *_readable("customer", "/v1/customers", "customer", parameters.CUSTOMER_LIST),
    *_readable("event", "/v1/events", "id", parameters.EVENT_LIST),
    Route("GET", "/v1/checkout/sessions/{}/line_items", parameters.LINE_ITEM_LIST, _line_items),
    Route("POST", "/v1/checkout/sessions", parameters.SESSION_CREATE, sessions.create),
    Route("POST", "/v1/checkout/sessions/{}/expire", parameters.ONLY_EXPAND, sessions.expire),
    Route("POST", "/v1/refunds", parameters.REFUND_CREATE, refunds.create),
    Route("POST", "/v1/customers", parameters.CUSTOMER_CREATE, customers.create),
    Route("POST", "/v1/disputes/{}", parameters.DISPUTE_UPDATE, disputes.update),
    Route("POST", "/v1/disputes/{}/close", parameters.ONLY_EXPAND, disputes.accept),
]


def answer(account: Account, keys: Keys, request: Request) -> Response:
    """Answer one request as Stripe would, errors included."""
    request_id = f"req_{secrets.token_hex(7)}"
    key = request.headers.get("idempotency-key", "") if request.method == "POST" else ""
    try:
        given = _work(account, keys, request, request_id, key)
    except Fault as fault:
        given = Answer(fault.status, fault.body(request_id))
    return as_json(given.status, given.body, _headers(account, given, request_id, key))


def _headers(account: Account, given: Answer, request_id: str, key: str) -> dict[str, str]:
    headers = {"Request-Id": request_id, "Stripe-Version": account.api_version}
    if key.isascii() and key.isprintable() and key:
        headers["Idempotency-Key"] = key
    if given.original:
        headers |= {"Idempotent-Replayed": "true", "Original-Request": given.original}
    if given.status == 409:  # noqa: PLR2004 - conflict
        headers["Stripe-Should-Retry"] = "true"
    return headers


def _work(account: Account, keys: Keys, request: Request, request_id: str, key: str) -> Answer:
    _authenticate(request)
    _agree_on_version(account, request)
    route, names = _route(request)
    raw = _parameters(request)
    params = route.schema.read(raw, "")
    cause = events.CAUSE.set((request_id, key or None))

    def work() -> Json:
        found = route.verb(account, params, *names)
        return expanding.expand(account, found, params.get("expand", []))

    try:
        if key:
            place = f"{request.method} {request.path}"
            return keys.once(account, key, place=place, params=raw, request_id=request_id, work=work)
        with account.store.transaction():
            return Answer(200, work())
    finally:
        events.CAUSE.reset(cause)


def _authenticate(request: Request) -> None:
    """Take a test key as Bearer or as the name of Basic; refuse live keys and everything else."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            secret = base64.b64decode(secret, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            secret = ""
    if scheme.lower() not in {"basic", "bearer"} or not secret:
        message = "You did not provide an API key. You need to provide your API key in the Authorization header."
        raise Fault(message, status=401, kept=False)
    if not re.fullmatch(r"sk_test_[A-Za-z0-9_]{1,200}", secret):
        shown = f"{secret[:8]}{'*' * 8}"
        raise Fault(f"Invalid API Key provided: {shown}. The sandbox takes sk_test_ keys only.", status=401, kept=False)


def _agree_on_version(account: Account, request: Request) -> None:
    asked = request.headers.get("stripe-version", account.api_version)
    if asked != account.api_version:
        message = f"Invalid Stripe API version: {asked}. The sandbox plays {account.api_version} only."
        raise Fault(message, kept=False)


def _route(request: Request) -> tuple[Route, list[str]]:
    for route in ROUTES:
        names = route.match(request.method, request.path)
        if names is not None:
            return route, names
    message = f"Unrecognized request URL ({request.method}: {request.path})."
    raise Fault(message, status=404, kept=False)


def _parameters(request: Request) -> dict[str, form.Raw]:
    if request.method == "GET":
        return form.decode(request.query)
    if request.query:
        raise InvalidParameter("The parameters of a POST belong in its body.", param=request.query.decode("latin-1"))
    if request.body and request.headers["content-type"].partition(";")[0].strip().lower() != FORM:
        raise Fault(f"Invalid request (check that your POST content type is {FORM}).", kept=False)
    return form.decode(request.body)
