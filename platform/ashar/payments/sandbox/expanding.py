"""`expand[]`: objects in place of the ids that stand for them, as deep as Stripe goes."""

from typing import Any

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.objects import balance
from ashar.payments.sandbox.store import Json

DEEPEST = 4
# By noun: the fields that hold an id and may be unfolded.
REFERENCES = {
    "checkout.session": {"customer", "payment_intent"},
    "payment_intent": {"customer", "latest_charge", "payment_method"},
    "charge": {"balance_transaction", "customer", "failure_balance_transaction", "payment_intent"},
    "refund": {"balance_transaction", "charge", "failure_balance_transaction", "payment_intent"},
    "balance_transaction": {"source"},
    "dispute": {"charge", "payment_intent"},
    "payment_method": {"customer"},
}
# Lists that are shown only when asked for.
LISTS = {("checkout.session", "line_items"), ("charge", "refunds")}
LIST_LENGTH = 10


def expand(account: Account, answer: Json, paths: list[str]) -> Json:
    """Return `answer` with every path unfolded; refuses a path that leads nowhere or too deep."""
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST:
            message = f"You cannot expand more than {DEEPEST} levels of a property. Property: {path}"
            raise Fault(message, param="expand", kept=False)
        _unfold(account, answer, steps, path)
    return answer


def line_items(account: Account, session: Json, *, limit: int = LIST_LENGTH) -> Json:
    """Return the list of what a session sells."""
    items = account.store.notes(session["id"])["line_items"]
    return as_list(items[:limit], url=f"/v1/checkout/sessions/{session['id']}/line_items", more=len(items) > limit)


def as_list(rows: list[Json], *, url: str, more: bool) -> Json:
    """Return a page of a list as Stripe wraps it."""
    return {"object": "list", "data": rows, "has_more": more, "url": url}


def _unfold(account: Account, node: Any, steps: list[str], path: str) -> None:  # noqa: ANN401 - any JSON value
    if not steps or node is None:
        return
    if isinstance(node, list):
        for item in node:
            _unfold(account, item, steps, path)
        return
    step, rest = steps[0], steps[1:]
    noun = node.get("object", "") if isinstance(node, dict) else ""
    if (noun, step) in LISTS:
        node.setdefault(step, _sublist(account, node, step))
    elif step in REFERENCES.get(noun, ()):
        if isinstance(node.get(step), str):
            node[step] = _fetch(account, node[step])
    elif not (rest and step == "data" and noun == "list") and not (
        noun == "dispute" and step == "balance_transactions"
    ):
        raise Fault(f"This property cannot be expanded ({path}).", param="expand", kept=False)
    _unfold(account, node.get(step), rest, path)


def _fetch(account: Account, name: str) -> Json:
    found = account.store.any(name)
    return balance.shown(account, found) if found["object"] == "balance_transaction" else found


def _sublist(account: Account, node: Json, step: str) -> Json:
    if step == "line_items":
        return line_items(account, node)
    rows = account.store.find("refund", charge=node["id"], newest=True)
    return as_list(rows[:LIST_LENGTH], url=f"/v1/charges/{node['id']}/refunds", more=len(rows) > LIST_LENGTH)
