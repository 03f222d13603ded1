"""Lists of the API: filters, newest first, pages by id."""

from collections.abc import Callable

from ashar.payments.sandbox import expanding
from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.faults import Fault, InvalidParameter
from ashar.payments.sandbox.objects import balance, events
from ashar.payments.sandbox.store import Json

USUAL = 10
PAGING = {"limit", "starting_after", "ending_before", "created", "expand", "types"}
SHOWN: dict[str, Callable[[Account, Json], Json]] = {"balance_transaction": balance.shown, "event": events.shown}


def page(account: Account, noun: str, params: Json, *, url: str) -> Json:
    """Return one page of the objects of `noun`, newest first, with `has_more` telling of the rest."""
    conditions = _conditions(params)
    limit, backwards = params.get("limit", USUAL), "ending_before" in params
    if backwards and "starting_after" in params:
        raise InvalidParameter("Received both ending_before and starting_after parameters. Please pass in only one.",
                               param="ending_before")  # fmt: skip
    for name, sign in (("starting_after", "<"), ("ending_before", ">")):
        if name in params:
            conditions[f"sequence {sign} ?"] = _place(account, noun, params[name], name)
    rows = account.store.page(noun, conditions, newest=not backwards, limit=limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    ordered = rows[::-1] if backwards else rows
    return expanding.as_list([shown(account, row) for row in ordered], url=url, more=more)


def shown(account: Account, row: Json) -> Json:
    """Return the object as it is shown now."""
    show = SHOWN.get(row["object"])
    return show(account, row) if show else row


def _conditions(params: Json) -> dict[str, object]:
    conditions: dict[str, object] = {f"created {sign} ?": moment for sign, moment in params.get("created", {}).items()}
    for name in params.keys() - PAGING:
        conditions[f"json_extract(body, '$.{name}') = ?"] = params[name]
    if "types" in params:
        marks = ", ".join("?" * len(params["types"]))
        conditions[f"json_extract(body, '$.type') IN ({marks})"] = params["types"]
    return conditions


def _place(account: Account, noun: str, name: str, param: str) -> int:
    place = account.store.place(noun, name)
    if place is None:
        raise Fault.missing(noun, name, param=param, status=400)
    return place
