"""Is this installation fit to serve? Each app registers a small probe; web asks them all and never imports them.

    readiness.register("outbox", probe)      # in the app's `ready()`

A probe takes the moment `at` and returns `ok(...)`, `degraded(...)` (still serving, somebody should look) or
`failed(...)` (send no visitors here). Facts must be safe to show to everybody: numbers and ages, never names.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

logger = logging.getLogger(__name__)
State = Literal["ok", "degraded", "failed"]
GRAVITY: tuple[State, ...] = ("ok", "degraded", "failed")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one probe found."""

    state: State
    facts: dict[str, Any] = field(default_factory=dict)


Probe = Callable[[datetime], Finding]
_probes: dict[str, Probe] = {}


def ok(**facts: Any) -> Finding:
    """Say that all is well."""
    return Finding("ok", facts)


def degraded(**facts: Any) -> Finding:
    """Say that visitors can be served but somebody should look."""
    return Finding("degraded", facts)


def failed(**facts: Any) -> Finding:
    """Say that visitors must not be sent here."""
    return Finding("failed", facts)


def register(name: str, probe: Probe) -> None:
    """Add `probe` to what /readyz asks. The same name again replaces the earlier one."""
    _probes[name] = probe


def examine(at: datetime) -> tuple[State, dict[str, Finding]]:
    """Ask every probe; return the gravest state and each finding by name. A probe that raises has failed."""
    findings = {name: _ask(name, probe, at) for name, probe in sorted(_probes.items())}
    states = [finding.state for finding in findings.values()]
    return max(states, key=GRAVITY.index, default="ok"), findings


def _ask(name: str, probe: Probe, at: datetime) -> Finding:
    try:
        return probe(at)
    except Exception as fault:
        logger.exception("the readiness probe %s failed", name)
        return failed(fault=type(fault).__name__)
