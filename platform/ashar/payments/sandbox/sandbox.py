"""The sandbox in the same process: for tests, and for the command that serves it."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Self

from django.conf import settings

from ashar.payments.sandbox import delivery, jobs, server
from ashar.payments.sandbox.account import Account, wall_clock
from ashar.payments.sandbox.checkout import paying
from ashar.payments.sandbox.objects import disputes, events, refunds, sessions
from ashar.payments.sandbox.store import Json, Store

Receiver = Callable[[bytes, str], Any]


class Sandbox:
    """A play account of the card processor. Close it, or use it in a `with`."""

    def __init__(
        self,
        state_path: str = ":memory:",
        *,
        webhook_url: str | None = None,
        webhook_secret: str = "whsec_sandbox",  # noqa: S107 - signs play money only
        clock: Callable[[], datetime] = wall_clock,
        settlement: str = "usd",
        api_version: str = "",
    ) -> None:
        self.account = Account(
            store=Store(str(state_path)),
            api_version=api_version or settings.STRIPE_API_VERSION,
            clock=clock,
            settlement=settlement,
            webhook_url=webhook_url or "",
            webhook_secret=webhook_secret,
        )
        delivery.recover(self.account)
        self.base_url = ""
        self._delivered: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the state file go."""
        self.account.store.close()

    @contextmanager
    def serve(self, port: int = 0) -> Iterator[Self]:
        """Serve the API and the pay pages on 127.0.0.1 while the block runs; `base_url` tells where.

        With a webhook address events are sent there as they happen; without one they wait for `deliver`.
        """
        with server.serving(self.account, port=port) as self.base_url, delivery.delivering(self.account):
            yield self

    def pay(self, session_id: str, card: str = "4242424242424242", *, approve: bool = True) -> Json:
        """Pay a session as its pay page would, answering a 3-D Secure question with `approve`; returns the session."""
        paying.pay_at_once(self.account, session_id, card, approve=approve)
        jobs.run_due(self.account)
        return sessions.find(self.account, session_id)

    def events(self, *kinds: str) -> list[Json]:
        """Return the events so far, oldest first; only those of the named types when any is named."""
        jobs.run_due(self.account)
        return [event for event in self.account.store.find("event") if not kinds or event["type"] in kinds]

    def deliver(
        self,
        to: Receiver | None = None,
        *,
        order: Sequence[int] | str = "created",
        copies: int | Sequence[int] = 1,
        only: Sequence[Json] | None = None,
    ) -> list[Any]:
        """Hand over events now: those not handed over before, or `only` these; returns what each delivery answered.

        `to` is called with the raw body and the signature header; without it they are posted to the webhook address.
        `order` is "created", "reversed", "shuffled" or the places to send; `copies` how often each of them is sent.
        """
        waiting = list(only) if only is not None else [e for e in self.events() if e["id"] not in self._delivered]
        self._delivered |= {event["id"] for event in waiting}
        answers = []
        for place in _places(len(waiting), order):
            times = copies if isinstance(copies, int) else copies[place]
            answers += [self._send(waiting[place], to) for _ in range(times)]
        return answers

    def _send(self, event: Json, to: Receiver | None) -> Any:  # noqa: ANN401 - whatever the receiver answers
        body = events.payload(event)
        return (to or self._post)(body, delivery.signature(self.account, body))

    def _post(self, body: bytes, signature: str) -> int:
        return delivery.post(self.account.webhook_url, body, signature)

    def dispute(self, charge: str, *, amount: int | None = None) -> Json:
        """Let the card holder dispute a charge; returns the dispute."""
        with self.account.store.transaction():
            return disputes.open_for(self.account, charge, amount=amount)

    def close_dispute(self, dispute: str, *, won: bool = True) -> Json:
        """Decide a dispute; returns it."""
        with self.account.store.transaction():
            return disputes.close(self.account, dispute, won=won)

    def fail_refund(self, refund: str) -> Json:
        """Let the bank send a refund back; returns it."""
        with self.account.store.transaction():
            refunds.fail(self.account, refund)
            return self.account.store.any(refund)

    def switch(self, **positions: object) -> None:
        """Move switches: duplicate, delay, shuffle, drop, fail_refunds, settle_after, clock_offset."""
        with self.account.store.transaction():
            for name, value in positions.items():
                self.account.set_switch(name, value)

    def get(self, name: str) -> Json:
        """Return any object by its id."""
        return self.account.store.any(name)


def _places(count: int, order: Sequence[int] | str) -> Sequence[int]:
    named: dict[str, Callable[[], Sequence[int]]] = {
        "created": lambda: range(count),
        "reversed": lambda: range(count)[::-1],
        "shuffled": lambda: random.sample(range(count), count),
    }
    return named[order]() if isinstance(order, str) else order
