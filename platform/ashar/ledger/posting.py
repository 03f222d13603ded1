"""Writing the books. These are the only verbs that do, and each of them only adds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from ashar import clock
from ashar.accounts.models import User
from ashar.ledger import chain, rules, signals, writing
from ashar.ledger.models import Fund, FundKind, Journal, Leg, Role
from ashar.ledger.refusals import AlreadyReversed, FundDiffers, KeyReused, ReversalOfReversal
from ashar.ledger.rules import Entry

__all__ = ["Entry", "entitle", "open_fund", "operations", "post", "reverse"]


def post(
    key: str,
    *,
    kind: str,
    legs: Sequence[Entry],
    at: datetime,
    happened_on: date | None = None,
    by: User | None = None,
    facts: dict[str, Any] | None = None,
) -> Journal:
    """Write one journal, inside the caller's transaction, and return it. Idempotent by `key`.

    Amounts: debit positive, credit negative, each currency sums to zero; entries of nothing are left out. The same key
    with the same content returns the first journal and writes nothing; with other content it raises `KeyReused`. Raises
    `Unbalanced`, `FundOverdrawn`, `OutOfRange`; nothing is written then, and the caller's transaction is still sound.
    Holds the lock on the head of the chain until commit, so post late in a transaction. Sends `signals.posted` after commit.

    It counts for the day of `at` in Bishkek. `happened_on` tells when something happened that we only learn of now: it
    counts for that day if it is open, else for the day of `at`, and the facts then keep `happened_on`. So what is told late
    is never refused for it.
    """
    return _write(_Draft(key, kind, tuple(legs), at, happened_on, by, facts or {}))


def reverse(
    journal: Journal, *, key: str, at: datetime, by: User | None = None, facts: dict[str, Any] | None = None
) -> Journal:
    """Take `journal` back by a new journal of kind "reversal" with opposite legs. Idempotent by `key`.

    A journal is reversed once (`AlreadyReversed`); a reversal is not reversed (`ReversalOfReversal`): post anew instead.
    It counts for the day of `at`, so what a closed period holds is corrected in the open one.
    Raises `FundOverdrawn` when the money is no longer there.
    """
    if journal.reverses_id:
        raise ReversalOfReversal(key=journal.key)
    legs = Leg.objects.filter(journal=journal).select_related("account__fund").order_by("id")
    entries = tuple(Entry(leg.account.fund, Role(leg.account.role), -leg.amount) for leg in legs)
    return _write(_Draft(key, "reversal", entries, at, None, by, facts or {}, reverses=journal))


def open_fund(key: str, *, kind: str, title: str) -> Fund:
    """Return the fund `key`, opened now if it is new. Raises `FundDiffers` when it exists with another kind."""
    fund, _ = Fund.objects.get_or_create(key=key, defaults={"kind": FundKind(kind), "title": title})
    if fund.kind != kind:
        raise FundDiffers(key=key)
    return fund


def operations() -> Fund:
    """Return the fund of the house's own running costs, where its bank account stands."""
    return open_fund("operations", kind=FundKind.OPERATIONS, title="Operations")


def entitle(fund: Fund, title: str) -> None:
    """Call a fund anew; its key and its kind never change."""
    Fund.objects.filter(pk=fund.pk).update(title=title)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A journal that somebody asks for."""

    key: str
    kind: str
    entries: tuple[Entry, ...]
    at: datetime
    happened_on: date | None
    by: User | None
    facts: dict[str, Any]
    reverses: Journal | None = None

    @property
    def lines(self) -> list[chain.Line]:
        return sorted(entry.line for entry in self.entries)

    def told(self, effective_on: date) -> dict[str, Any]:
        """Return the facts of a journal that counts for `effective_on`: one that is late says when it happened."""
        if self.happened_on in {None, effective_on}:
            return self.facts
        return self.facts | {"happened_on": str(self.happened_on)}


def _write(draft: _Draft) -> Journal:
    database = transaction.get_connection()
    if not database.in_atomic_block:
        raise transaction.TransactionManagementError("Post inside transaction.atomic(): a journal goes with its cause.")
    draft = replace(draft, entries=rules.lawful(draft.entries), facts=chain.kept(draft.facts))
    with database.cursor() as cursor:
        sequence, previous_hash = writing.lock_head(cursor)
        number, closed = writing.known(cursor, draft.key)
        if number:
            return _same(Journal.objects.get(pk=number), draft)
        _require_first_reversal(draft)
        journal = _follow(sequence, previous_hash, draft, closed=closed)
        rules.require_money(draft.entries)
        accounts = writing.accounts(cursor, {entry.place for entry in draft.entries})
        writing.insert(cursor, journal, [(accounts[entry.place], entry.amount.minor) for entry in draft.entries])
    _announce_on_commit(draft.entries)
    return journal


def _same(known: Journal, draft: _Draft) -> Journal:
    """Return the journal that already carries the key, if it says what the draft says."""
    written = Leg.objects.filter(journal=known).values_list(
        "account__fund__key", "account__role", "account__currency", "amount_minor"
    )
    theirs = (known.kind, known.by_id, known.reverses_id, chain.canonical(known.facts), sorted(written))
    ours = (
        draft.kind,
        draft.by.pk if draft.by else None,
        draft.reverses.pk if draft.reverses else None,
        chain.canonical(draft.told(known.effective_on)),
        draft.lines,
    )
    if theirs != ours:
        raise KeyReused(key=draft.key)
    return known


def _require_first_reversal(draft: _Draft) -> None:
    if draft.reverses and Journal.objects.filter(reverses=draft.reverses).exists():
        raise AlreadyReversed(key=draft.reverses.key)


def _follow(sequence: int, previous_hash: str, draft: _Draft, *, closed: date | None) -> Journal:
    """Return the journal that continues the chain, on a day that is open."""
    on = rules.counts_for(draft.happened_on, booked_on=clock.day(draft.at), closed=closed)
    journal = Journal(
        id=sequence + 1,
        key=draft.key,
        kind=draft.kind,
        posted_at=draft.at,
        effective_on=on,
        by=draft.by,
        reverses=draft.reverses,
        facts=draft.told(on),
        previous_hash=previous_hash,
    )
    journal.hash = chain.link(journal, draft.lines)
    return journal


def _announce_on_commit(entries: Sequence[Entry]) -> None:
    funds = frozenset(entry.fund.pk for entry in entries)
    transaction.on_commit(partial(signals.posted.send_robust, sender=Journal, funds=funds), robust=True)
