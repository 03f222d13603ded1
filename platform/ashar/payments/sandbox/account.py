"""The account behind the API: its state, its clock, its switches and the jobs that wait for their time."""

import secrets
import string
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ashar.payments.sandbox.store import Json, Store

LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase
HOUR = 3600
SWITCHES: dict[str, Any] = {
    "duplicate": 1,  # copies of each event
    "delay": 0,  # seconds before an event is sent
    "shuffle": False,  # events leave in any order
    "drop": [],  # types of events that are never sent; ["*"] drops all
    "fail_refunds": False,  # new refunds fail a moment after they succeeded
    "settle_after": 0,  # seconds before a charge gets its balance transaction
    "fail_requests": [],  # what the next API requests suffer: see `breaking`
    "clock_offset": 0,  # seconds that the sandbox's clock is ahead
}


def wall_clock() -> datetime:
    """Return the present moment: the edge of the sandbox, which has no framework to ask."""
    return datetime.fromtimestamp(time.time(), UTC)


@dataclass(slots=True)
class Account:
    """One play account: API version, settlement currency, where events go and who signs them."""

    store: Store
    api_version: str
    clock: Callable[[], datetime] = wall_clock
    settlement: str = "usd"
    webhook_url: str = ""
    webhook_secret: str = "whsec_sandbox"  # noqa: S105 - signs play money only
    base_url: str = ""
    wake: Callable[[], None] = field(default=lambda: None)

    def now(self) -> int:
        """Return the sandbox's time in seconds."""
        return int(self.clock().timestamp()) + int(self.switch("clock_offset"))

    def new_id(self, prefix: str, *, tail: int = 16) -> str:
        """Return an unguessable id whose first part grows with time, as Stripe's do."""
        number, front = self.store.next_number(), ""
        for _ in range(5):
            number, digit = divmod(number, len(LETTERS))
            front = LETTERS[digit] + front
        return f"{prefix}{front}{''.join(secrets.choice(LETTERS) for _ in range(tail))}"

    def switch(self, name: str) -> Any:  # noqa: ANN401 - each switch has its own type
        """Return the position of a switch."""
        value = self.store.recall(f"switch:{name}")
        return SWITCHES[name] if value is None else value

    def switches(self) -> Json:
        """Return all switches."""
        return {name: self.switch(name) for name in SWITCHES}

    def set_switch(self, name: str, value: object) -> None:
        """Move a switch; raises `KeyError` for an unknown one and `TypeError` for a value of another type."""
        if type(value) is not type(SWITCHES[name]) or (isinstance(value, int) and value < 0):
            raise TypeError(name)
        self.store.remember(f"switch:{name}", value)

    def schedule(self, verb: str, name: str, *, after: int = 0) -> None:
        """Have a job done to an object later (`jobs.run_due`)."""
        self.store.run("INSERT INTO jobs (due_at, verb, object_id) VALUES (?, ?, ?)", self.now() + after, verb, name)
