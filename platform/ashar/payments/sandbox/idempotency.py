"""Idempotency keys: the first answer is the only answer, for a day."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.faults import Fault
from ashar.payments.sandbox.store import Json

LONGEST = 255
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body; `original` is the request that first earned it when this is a replay."""

    status: int
    body: Json
    original: str = ""


class Keys:
    """Remembers answers in the store, and in memory which keys are being worked on."""

    def __init__(self) -> None:
        self._busy: set[str] = set()
        self._lock = threading.Lock()

    def once(
        self,
        account: Account,
        key: str,
        *,
        place: str,
        params: object,
        request_id: str,
        work: Callable[[], Json],
    ) -> Answer:
        """Do `work` and keep its answer with the same commit, or return the answer kept under `key`.

        Raises `Fault`: 400 for a key that is too long or was used for something else, 409 while it is being used.
        """
        if len(key) > LONGEST:
            message = f"Idempotency keys can be at most {LONGEST} characters long."
            raise Fault(message, kind="idempotency_error", kept=False)
        fingerprint = hashlib.sha256(json.dumps([place, params], sort_keys=True).encode()).hexdigest()
        with self._reserved(key), account.store.transaction():
            kept = _recall(account, key, place=place, fingerprint=fingerprint)
            return kept or _perform(account, key, place, fingerprint, request_id, work)

    @contextmanager
    def _reserved(self, key: str) -> Iterator[None]:
        with self._lock:
            if key in self._busy:
                message = (
                    "There is currently another in-progress request using this Idempotent Key. Please try again later."
                )
                raise Fault(message, status=409, kind="idempotency_error", code="idempotency_key_in_use", kept=False)
            self._busy.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(key)


def _recall(account: Account, key: str, *, place: str, fingerprint: str) -> Answer | None:
    account.store.run("DELETE FROM answers WHERE at <= ?", account.now() - DAY)
    statement = "SELECT fingerprint, place, status, body, request_id FROM answers WHERE key = ?"
    for kept, kept_place, status, body, request_id in account.store.run(statement, key):
        if kept != fingerprint:
            used = "same endpoint they were" if kept_place != place else "same parameters they were"
            message = (
                f"Keys for idempotent requests can only be used for the {used} first used with. "
                f"Try using a key other than '{key}' if you meant to execute a different request."
            )
            raise Fault(message, kind="idempotency_error", kept=False)
        return Answer(status, json.loads(body), original=request_id)
    return None


def _perform(
    account: Account, key: str, place: str, fingerprint: str, request_id: str, work: Callable[[], Json]
) -> Answer:
    """Work inside a savepoint: a refusal leaves nothing behind but its answer."""
    account.store.run("SAVEPOINT work")
    try:
        answer = Answer(200, work())
    except Fault as fault:
        account.store.run("ROLLBACK TO work")
        if not fault.kept:
            raise
        answer = Answer(fault.status, fault.body(request_id))
    account.store.run("RELEASE work")
    statement = "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)"
    account.store.run(
        statement, key, fingerprint, place, answer.status, json.dumps(answer.body), request_id, account.now()
    )
    return answer
