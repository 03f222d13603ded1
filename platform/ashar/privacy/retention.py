"""How long things are kept: the rules that we ship, and who forgets what is past its date.

The rows in the database are what counts; staff may change them. Each part registers a keeper for every rule that has days:

@keeper("notice", "notices.Notice", "notices.Dispatch")
def forget_notices(*, before, most): ...
"""

import csv
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from ashar.audit import recording
from ashar.privacy import classified
from ashar.privacy.models import RetentionRule

log = logging.getLogger(__name__)

FOLDER = Path(__file__).resolve().parent / "data"
SHIPPED = "retention_2026_11"
BATCH = 500  # rows of one transaction
MOST_BATCHES = 100  # of one keeper in one run; what is left then waits for the next day

Forget = Callable[..., int]


@dataclass(frozen=True, slots=True)
class Keeper:
    """What forgets the personal fields of `models` that are held under `rule`."""

    rule: str
    models: tuple[str, ...]
    forget: Forget


_keepers: dict[tuple[str, str], Keeper] = {}


class KeptTwiceError(ValueError):
    """Two keepers for one model under one rule: a mistake in the code."""


def keeper(rule: str, *models: str) -> Callable[[Forget], Forget]:
    """Register `forget(*, before: datetime, most: int) -> int` as what lets go of `models` (labels) held under `rule`.

    It runs in the caller's transaction, must be idempotent, removes or blunts at most `most` rows whose time began
    before `before`, and returns how many; 0 when nothing is left. Raises `KeptTwiceError`.
    """

    def register(forget: Forget) -> Forget:
        for model in models:
            if (rule, model) in _keepers:
                raise KeptTwiceError(f"{rule} {model}")
            _keepers[rule, model] = Keeper(rule, models, forget)
        return forget

    return register


def keep(*, at: datetime) -> dict[str, int]:
    """Let every keeper forget what is past its date by `at`; return the counts by rule and models, without zeros.

    Idempotent and safe in two workers at once. Each batch is a transaction with its audit entry. A keeper that fails is
    logged and tried again the next day; the others go on. A rule without days, or without a row, keeps for ever.
    """
    rules = {rule.key: rule for rule in RetentionRule.objects.exclude(days=None)}
    done = {
        _name(kept): _let_go(kept, rules[kept.rule], at=at)
        for kept in dict.fromkeys(_keepers[key] for key in sorted(_keepers))
        if kept.rule in rules
    }
    return {name: count for name, count in done.items() if count}


def unkept() -> list[str]:
    """Return "rule model" of every personal field that is shipped with days and that nobody would ever forget."""
    timed = {key for key, row in shipped().items() if row["days"]}
    held = {(facts.retention, label.rpartition(".")[0]) for label, facts in classified.register().items()}
    return sorted(f"{rule} {model}" for rule, model in held - _keepers.keys() if rule in timed)


def shipped() -> dict[str, dict[str, str]]:
    """Return the shipped rules by key."""
    with (FOLDER / f"{SHIPPED}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["key"]: row for row in csv.DictReader(lines)}


def load(model: Any) -> None:  # noqa: ANN401 - a historical model
    """Bring the shipped rules into `model`; a rule that is there already stays as staff left it."""
    for key, row in shipped().items():
        model.objects.get_or_create(key=key, defaults={**row, "days": int(row["days"]) if row["days"] else None})


def unload(model: Any) -> None:  # noqa: ANN401 - a historical model
    """Take away the rules that `load` brought."""
    model.objects.filter(key__in=shipped()).delete()


def _let_go(kept: Keeper, rule: RetentionRule, *, at: datetime) -> int:
    total = 0
    try:
        for _ in range(MOST_BATCHES):
            count = _batch(kept, rule, at=at)
            total += count
            if not count:
                break
    except Exception:
        log.exception("The keeper of %s failed; it is asked again tomorrow.", _name(kept))
    return total


def _batch(kept: Keeper, rule: RetentionRule, *, at: datetime) -> int:
    with transaction.atomic(durable=True):
        count = kept.forget(before=at - timedelta(days=rule.days or 0), most=BATCH)
        if count:
            facts = {"models": list(kept.models), "count": count}
            recording.record("privacy.forgotten", rule, by=None, at=at, facts=facts)
    return count


def _name(kept: Keeper) -> str:
    return " ".join((kept.rule, *kept.models))
