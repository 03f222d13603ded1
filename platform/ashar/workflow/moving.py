"""The one way to change a state."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connections, models, router
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused
from ashar.workflow.models import Transition
from ashar.workflow.table import Table

if TYPE_CHECKING:
    from ashar.accounts.models import User


class UnlawfulMove(Refused):
    """The table has no such move from the row's state, or somebody moved the row a moment earlier."""

    code = "unlawful_move"
    message = _("This cannot be done now: the state is “%(state)s”.")


def move(row: models.Model, verb: str, *, table: Table, by: "User | None", at: datetime, note: str = "") -> None:
    """Move `row` by `verb` and remember it. The caller has locked the row and is inside a transaction.

    One conditional UPDATE on the state that the caller saw, one INSERT into the history; `row.state` follows in memory.
    Of two who move the same row at once, on either database, one wins and the other gets `UnlawfulMove`.
    `by=None` means the machine itself. A verb that the table does not have is a fault of the program: `KeyError`.
    """
    _require_transaction(row)
    seen: str = row.state  # type: ignore[attr-defined]
    if not table.allows(verb, seen):
        raise UnlawfulMove(entity=table.entity, verb=verb, state=_label(table, seen))
    target = table.target(verb)
    stored = type(row)._base_manager.filter(pk=row.pk)  # noqa: SLF001 - the one manager that hides no rows
    if not stored.filter(state=seen).update(state=target):
        found = stored.values_list("state", flat=True).first()
        raise UnlawfulMove(entity=table.entity, verb=verb, state=_label(table, found or ""))
    Transition.objects.create(
        entity=table.entity, entity_id=str(row.pk), verb=verb, from_state=seen, to_state=target, by=by, at=at, note=note
    )
    row.state = target  # type: ignore[attr-defined]


def history(row: models.Model, *, table: Table) -> "QuerySet[Transition]":
    """Return the moves of `row`, oldest first."""
    moves = Transition.objects.filter(entity=table.entity, entity_id=str(row.pk))
    return moves.select_related("by").order_by("at", "pk")


def _label(table: Table, state: str) -> object:
    return table.staff_label(state) if state in table.all_states() else state


def _require_transaction(row: models.Model) -> None:
    if not connections[router.db_for_write(type(row), instance=row)].in_atomic_block:
        raise TransactionManagementError("A state moves only inside a transaction.")
