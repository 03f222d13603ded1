"""What happens by itself when its time has come: sessions expire, charges settle, refunds fail."""

from collections.abc import Callable

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.objects import charges, disputes, refunds, sessions


def _dispute(account: Account, name: str) -> None:
    """Open the dispute of the dispute card, unless the charge was given back before."""
    try:
        disputes.open_for(account, name)
    except Fault:
        return


VERBS: dict[str, Callable[[Account, str], None]] = {
    "expire_session": sessions.expire_when_open,
    "settle_charge": charges.settle,
    "finish_refund": refunds.finish,
    "fail_refund": refunds.fail,
    "open_dispute": _dispute,
}


def run_due(account: Account) -> int:
    """Do every job that is due, oldest first, each with its own commit; returns how many."""
    done = 0
    while _run_next(account):
        done += 1
    return done


def _run_next(account: Account) -> bool:
    with account.store.transaction():
        rows = account.store.run(
            "SELECT id, verb, object_id FROM jobs WHERE due_at <= ? ORDER BY due_at, id LIMIT 1", account.now()
        )
        for number, verb, name in rows:
            account.store.run("DELETE FROM jobs WHERE id = ?", number)
            VERBS[verb](account, name)
        return bool(rows)
