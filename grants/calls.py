"""Verbs on a call: draft → published → open → closed, or cancelled on the way."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ashar import language
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.ledger import posting
from ashar.ledger import queries as books
from ashar.ledger.models import FundKind, Journal, Role
from ashar.ledger.posting import Entry
from ashar.money import Money, printed
from ashar.outbox import sending
from ashar.workflow import moving
from grants import rules, states
from grants.models import Call
from grants.models.calls import TEXTS, names_of_texts
from grants.refusals import (
    AddressTaken,
    BookedAlready,
    BudgetIsTooSmall,
    CallIsCancelled,
    CallIsPublished,
    ChangedMeanwhile,
    ClosesBeforeItOpens,
    DeadlineIsNotLater,
    DeadlineIsPast,
    MomentIsUnlikely,
    MoneyIsNotSom,
    ReasonIsMissing,
    ReasonIsTooLong,
    SharesAreNotPositive,
    TitleIsMissing,
    WordsAreMissing,
)
from grants.states import CallState

LONGEST_REASON = 500  # characters
TITLES = tuple(f"title_{code}" for code in language.LANGUAGES)
NEAR = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a call offers: its `title_*`, `summary_*`, `terms_*` and `applying_*` columns, the largest grant, and its time.

    `ratio` som of grant go to every `per` som of the applicant's own.
    """

    texts: Mapping[str, str]
    limit: Money
    opens_at: datetime
    closes_at: datetime
    ratio: int = 1
    per: int = 1


def draft(slug: str, *, conditions: Conditions, by: User | None, at: datetime) -> Call:
    """Draft a call and open its budget in the ledger, key `call-<slug>`.

    Raises `NotAllowed`, `AddressTaken`, `TitleIsMissing`, `MoneyIsNotSom`, `MomentIsUnlikely`,
    `ClosesBeforeItOpens`.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        _check(conditions, at=at)
        if Call.objects.filter(slug=slug).exists():
            raise AddressTaken(slug=slug)
        fund = posting.open_fund(f"call-{slug}", kind=FundKind.CALL, title=_name(conditions))
        call = Call.objects.create(slug=slug, fund=fund, drafted_at=at, **_columns(conditions))
        recording.record("call.draft", call, by=by, at=at, facts={"limit_minor": call.limit_minor})
    return call


def revise(call: Call, *, conditions: Conditions, seen: str, by: User | None, at: datetime) -> None:
    """Change what a draft offers; `seen` is its `edition` when whoever changes it last looked.

    Raises `NotAllowed`, `CallIsPublished`, `ChangedMeanwhile`, and what `draft` raises of the conditions.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        _check(conditions, at=at)
        _lock(call)
        if call.state != CallState.DRAFT:
            raise CallIsPublished
        if seen != edition(call):
            raise ChangedMeanwhile
        columns = _columns(conditions)
        Call.objects.filter(pk=call.pk).update(**columns)
        posting.entitle(call.fund, _name(conditions))
        call.refresh_from_db()
        recording.record("call.revise", call, by=by, at=at, facts={"limit_minor": call.limit_minor})


def fund(call: Call, *, amount: Money, reference: str, by: User | None, at: datetime) -> Journal:
    """Post money of the programme into the call's budget: bank → budget. Idempotent by `reference`.

    `reference` is what the bank calls the transfer, however its letters and spaces are typed. Raises `NotAllowed`,
    `MoneyIsNotSom`, `CallIsCancelled`; `BookedAlready` when the same reference comes with another sum.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_handle_budgets(by))
        _check_som(amount)
        _lock(call)
        if call.state == CallState.CANCELLED:
            raise CallIsCancelled
        key = f"call:{call.slug}:{' '.join(reference.split()).casefold()}"
        known = Journal.objects.filter(key=key).first()
        if known:
            _check_same(known, amount)
            return known
        legs = [Entry(call.fund, Role.GIVEN, -amount), Entry(posting.operations(), Role.BANK, amount)]
        journal = posting.post(key, kind="call_funded", legs=legs, at=at, by=by, facts={"reference": reference})
        recording.record("call.fund", call, by=by, at=at, facts={"amount_minor": amount.minor})
    return journal


def publish(call: Call, *, seen: str, by: User | None, at: datetime) -> None:
    """Announce a draft to everybody, in three languages at once; it opens by its own clock.

    `seen` is its `edition` that whoever announces it has read. Raises `NotAllowed`, `ChangedMeanwhile`, `WordsAreMissing`,
    `DeadlineIsPast`, `BudgetIsTooSmall`, `UnlawfulMove`.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        _lock(call)
        if seen != edition(call):
            raise ChangedMeanwhile
        _check_words(call)
        if call.closes_at <= at:
            raise DeadlineIsPast
        if (budget := books.available(call.fund)) < call.limit:
            raise BudgetIsTooSmall(budget=printed.show(budget))
        moving.move(call, "publish", table=states.CALL, by=by, at=at)
        call.published_at = at
        call.save(update_fields=["published_at"])
        recording.record("call.publish", call, by=by, at=at)
        sending.send("call.published", {"call": call.pk}, at=at)


def follow_clock(call: Call, *, at: datetime) -> None:
    """Open an announced call whose hour has come, and close an open one whose deadline has passed. Idempotent."""
    with transaction.atomic(durable=True):
        _lock(call)
        if call.state == CallState.PUBLISHED and call.opens_at <= at:
            _move(call, "open", by=None, at=at)
        if call.state == CallState.OPEN and call.closes_at <= at:
            _move(call, "close", by=None, at=at)


def extend(call: Call, *, closes_at: datetime, by: User | None, at: datetime) -> None:
    """Move the deadline of an announced call to a later moment; one that was closed is open again.

    Raises `NotAllowed`, `MomentIsUnlikely`, `DeadlineIsNotLater`, `DeadlineIsPast`, `UnlawfulMove` for a draft or a cancelled call.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        _lock(call)
        _check_near(closes_at, at)
        if closes_at <= call.closes_at:
            raise DeadlineIsNotLater
        if closes_at <= at:
            raise DeadlineIsPast
        if call.state not in {CallState.PUBLISHED, CallState.OPEN}:
            moving.move(call, "reopen", table=states.CALL, by=by, at=at)
        before, call.closes_at = call.closes_at, closes_at
        call.save(update_fields=["closes_at"])
        facts = {"before": before.isoformat(), "closes_at": closes_at.isoformat()}
        recording.record("call.extend", call, by=by, at=at, facts=facts)
        sending.send("call.changed", {"call": call.pk}, at=at)


def cancel(call: Call, *, reason: str, by: User | None, at: datetime) -> None:
    """Call it off before its deadline; `reason` is kept for staff.

    Raises `NotAllowed`, `DeadlineIsPast`, `ReasonIsMissing`, `ReasonIsTooLong`, `UnlawfulMove`.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        if not reason.strip():
            raise ReasonIsMissing
        if len(reason) > LONGEST_REASON:
            raise ReasonIsTooLong(most=LONGEST_REASON)
        _lock(call)
        if call.state != CallState.DRAFT and call.closes_at <= at:
            raise DeadlineIsPast
        _move(call, "cancel", by=by, at=at, note=reason.strip())


def edition(call: Call) -> str:
    """Return a short text that is another one whenever what the call offers is."""
    told = [str(getattr(call, name)) for name in (*TEXTS, "limit_minor", "ratio", "per")]
    moments = [str(moment.timestamp()) for moment in (call.opens_at, call.closes_at)]  # whatever zone they are told in
    return hashlib.sha256("\x00".join([*told, *moments]).encode()).hexdigest()[:16]


def _move(call: Call, verb: str, *, by: User | None, at: datetime, note: str = "") -> None:
    moving.move(call, verb, table=states.CALL, by=by, at=at, note=note)
    recording.record(f"call.{verb}", call, by=by, at=at)
    sending.send("call.changed", {"call": call.pk}, at=at)


def _check(conditions: Conditions, *, at: datetime) -> None:
    _check_som(conditions.limit)
    if not any(map(conditions.texts.get, TITLES)):
        raise TitleIsMissing
    if min(conditions.ratio, conditions.per) < 1:
        raise SharesAreNotPositive
    _check_near(conditions.opens_at, at)
    _check_near(conditions.closes_at, at)
    if conditions.closes_at <= conditions.opens_at:
        raise ClosesBeforeItOpens


def _check_near(moment: datetime, at: datetime) -> None:
    if abs(moment - at) > NEAR:
        raise MomentIsUnlikely


def _check_same(known: Journal, amount: Money) -> None:
    (booked,) = books.turnover(known)
    if booked != amount:
        raise BookedAlready(amount=printed.show(booked))


def _check_som(amount: Money) -> None:
    if amount.currency != "KGS" or amount.minor <= 0:
        raise MoneyIsNotSom


def _check_words(call: Call) -> None:
    missing = [name for column, name in names_of_texts().items() if not getattr(call, column)]
    if missing:
        raise WordsAreMissing(missing=", ".join(missing))


def _name(conditions: Conditions) -> str:
    """Return what the books call the budget: they are kept in Russian."""
    return conditions.texts.get("title_ru") or next(filter(None, map(conditions.texts.get, TITLES)))


def _columns(conditions: Conditions) -> dict[str, object]:
    return {
        **conditions.texts,
        "limit_minor": conditions.limit.minor,
        "ratio": conditions.ratio,
        "per": conditions.per,
        "opens_at": conditions.opens_at,
        "closes_at": conditions.closes_at,
    }


def _lock(call: Call) -> None:
    """Lock the row and bring `call` up to date with it."""
    Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    call.refresh_from_db()
