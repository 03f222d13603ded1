"""The hash chain: what of a journal is hashed, in which order, and how.

hash = SHA-256( previous hash as 64 hex digits ‖ canonical JSON ), where canonical JSON is UTF-8, keys sorted, no spaces,
no floats, moments in UTC with six decimals, legs sorted. Anyone with the rows can recompute it.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeAlias

from ashar.ledger.models import Journal

GENESIS = "0" * 64
Line: TypeAlias = tuple[str, str, str, int]  # fund key, role, currency, amount in minor units
_SURROGATES = range(0xD800, 0xE000)


class UnkeepableFacts(TypeError):  # noqa: N818 - it names what is wrong
    """Facts of a journal are str, int, bool, None, lists and str-keyed dicts only: both databases keep those exactly."""


def link(journal: Journal, lines: Iterable[Line]) -> str:
    """Return the hash of `journal` with legs `lines`, following its `previous_hash`."""
    content = {
        "number": journal.pk,
        "key": journal.key,
        "kind": journal.kind,
        "posted_at": moment(journal.posted_at),
        "effective_on": journal.effective_on.isoformat(),
        "by": str(journal.by_id) if journal.by_id else None,
        "reverses": journal.reverses_id,
        "facts": journal.facts,
        "legs": sorted(lines),
    }
    return hashlib.sha256((journal.previous_hash + canonical(content)).encode()).hexdigest()


def canonical(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Return `value` as canonical JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def moment(at: datetime) -> str:
    """Return `at` in UTC with microseconds, as hashed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def kept(facts: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return `facts` as the database will give them back (tuples become lists), or raise `UnkeepableFacts`."""
    if facts is None or type(facts) in {bool, int}:
        return facts
    if type(facts) is str and not any(sign == "\0" or ord(sign) in _SURROGATES for sign in facts):
        return facts
    if isinstance(facts, list | tuple):
        return [kept(fact) for fact in facts]
    if isinstance(facts, dict) and all(type(name) is str for name in facts):
        return {kept(name): kept(fact) for name, fact in facts.items()}
    raise UnkeepableFacts(f"cannot keep {type(facts).__name__} in the facts of a journal: {facts!r}")
