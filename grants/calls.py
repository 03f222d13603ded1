"""Verbs on a call: draft → published → open → closed, or cancelled on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar import language
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.ledger import posting
from ashar.ledger import queries as books
from ashar.ledger.models import FundKind, Journal, Role
from ashar.ledger.posting import Entry
from ashar.money import Money
from ashar.outbox import sending
from ashar.workflow import moving
from grants import rules, states
from grants.models import Call
from grants.models.calls import names_of_texts
from grants.states import CallState


class AddressTaken(Refused):
    """Another call lives at this address."""

    code = "call_address_taken"
    message = _("Another call has the address “%(slug)s” already.")


class MoneyIsNotSom(Refused):
    """Calls are kept in som, above zero."""

    code = "call_money_is_not_som"
    message = _("Money of a call is a positive sum in som.")


class ClosesBeforeItOpens(Refused):
    """The deadline comes after the opening."""

    code = "call_closes_before_it_opens"
    message = _("The deadline must be later than the opening.")


class DeadlineIsPast(Refused):
    """Nobody could apply any more."""

    code = "call_deadline_is_past"
    message = _("The deadline has passed.")


class DeadlineIsNotLater(Refused):
    """People plan by a deadline: it may move away from them, never towards them."""

    code = "call_deadline_is_not_later"
    message = _("A deadline that was announced may only be moved to a later moment.")


class TitleIsMissing(Refused):
    """What has no name cannot be found again."""

    code = "call_title_is_missing"
    message = _("Write a title in at least one language.")


class WordsAreMissing(Refused):
    """Whoever reads one of our languages must have the same chance."""

    code = "call_words_are_missing"
    message = _("A call is announced in three languages at once. Missing: %(missing)s.")


class BudgetIsEmpty(Refused):
    """Nobody is invited to ask for money that is not there."""

    code = "call_budget_is_empty"
    message = _("No money was paid into the budget of this call yet.")


class CallIsPublished(Refused):
    """What was announced stays as it was announced."""

    code = "call_is_published"
    message = _("The call was announced; only its deadline may still move.")


class CallIsCancelled(Refused):
    """A cancelled call takes no money."""

    code = "call_is_cancelled"
    message = _("The call was cancelled.")


class ReasonIsMissing(Refused):
    """Whoever cancels a call says why."""

    code = "call_reason_is_missing"
    message = _("Say why the call is cancelled.")


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

    Raises `NotAllowed`, `AddressTaken`, `TitleIsMissing`, `MoneyIsNotSom`, `ClosesBeforeItOpens`.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        _check(conditions)
        if Call.objects.filter(slug=slug).exists():
            raise AddressTaken(slug=slug)
        fund = posting.open_fund(f"call-{slug}", kind=FundKind.CALL, title=conditions.texts.get("title_ru") or slug)
        call = Call.objects.create(slug=slug, fund=fund, drafted_at=at, **_columns(conditions))
        recording.record("call.draft", call, by=by, at=at, facts={"limit_minor": call.limit_minor})
    return call


def revise(call: Call, *, conditions: Conditions, by: User | None, at: datetime) -> None:
    """Change what a draft offers. Raises `NotAllowed`, `CallIsPublished`, and what `draft` raises of the conditions."""
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        _check(conditions)
        _lock(call)
        if call.state != CallState.DRAFT:
            raise CallIsPublished
        columns = _columns(conditions)
        Call.objects.filter(pk=call.pk).update(**columns)
        call.refresh_from_db()
        recording.record("call.revise", call, by=by, at=at, facts={"limit_minor": call.limit_minor})


def fund(call: Call, *, amount: Money, reference: str, by: User | None, at: datetime) -> Journal:
    """Post money of the programme into the call's budget: bank → budget. Idempotent by `reference`.

    `reference` is what the bank calls the transfer. Raises `NotAllowed`, `MoneyIsNotSom`, `CallIsCancelled`; `KeyReused`
    when the same reference comes with another sum.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_handle_budgets(by))
        _check_som(amount)
        _lock(call)
        if call.state == CallState.CANCELLED:
            raise CallIsCancelled
        key = f"call:{call.slug}:{reference}"
        is_new = not Journal.objects.filter(key=key).exists()
        operations = posting.open_fund("operations", kind=FundKind.OPERATIONS, title="Operations")
        legs = [Entry(call.fund, Role.GIVEN, -amount), Entry(operations, Role.BANK, amount)]
        journal = posting.post(key, kind="call_funded", legs=legs, at=at, by=by, facts={"reference": reference})
        if is_new:
            recording.record("call.fund", call, by=by, at=at, facts={"amount_minor": amount.minor})
            sending.send("call.changed", {"call": call.pk}, at=at)
    return journal


def publish(call: Call, *, by: User | None, at: datetime) -> None:
    """Announce a draft to everybody, in three languages at once; it opens by its own clock.

    Raises `NotAllowed`, `WordsAreMissing`, `DeadlineIsPast`, `BudgetIsEmpty`, `UnlawfulMove`.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        _lock(call)
        _check_words(call)
        if call.closes_at <= at:
            raise DeadlineIsPast
        if books.available(call.fund).minor <= 0:
            raise BudgetIsEmpty
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

    Raises `NotAllowed`, `DeadlineIsNotLater`, `DeadlineIsPast`, `UnlawfulMove` for a draft or a cancelled call.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        _lock(call)
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
    """Call it off before its deadline; `reason` is kept for staff. Raises `NotAllowed`, `ReasonIsMissing`, `UnlawfulMove`."""
    with transaction.atomic(durable=True):
        rules.require(rules.may_run_calls(by))
        if not reason.strip():
            raise ReasonIsMissing
        _lock(call)
        _move(call, "cancel", by=by, at=at, note=reason.strip())


def _move(call: Call, verb: str, *, by: User | None, at: datetime, note: str = "") -> None:
    moving.move(call, verb, table=states.CALL, by=by, at=at, note=note)
    recording.record(f"call.{verb}", call, by=by, at=at)
    sending.send("call.changed", {"call": call.pk}, at=at)


def _check(conditions: Conditions) -> None:
    _check_som(conditions.limit)
    if not any(conditions.texts.get(f"title_{code}") for code in language.LANGUAGES):
        raise TitleIsMissing
    if conditions.closes_at <= conditions.opens_at:
        raise ClosesBeforeItOpens


def _check_som(amount: Money) -> None:
    if amount.currency != "KGS" or amount.minor <= 0:
        raise MoneyIsNotSom


def _check_words(call: Call) -> None:
    missing = [name for column, name in names_of_texts().items() if not getattr(call, column)]
    if missing:
        raise WordsAreMissing(missing=", ".join(missing))


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
