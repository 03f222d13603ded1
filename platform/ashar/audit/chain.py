"""How one entry vouches for the one before it."""

import hashlib
import json
from datetime import UTC

from ashar.audit.models import Entry

GENESIS = "0" * 64
_SURROGATES = range(0xD800, 0xE000)


def hash_of(entry: Entry) -> str:
    """Return the SHA-256 of the previous hash and of everything `entry` says, in one canonical form."""
    content = [
        entry.sequence,
        entry.verb,
        entry.subject_kind,
        entry.subject_id,
        str(entry.by_id) if entry.by_id else None,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.facts,
    ]
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{entry.previous_hash}\n{canonical}".encode()).hexdigest()


def plain(facts: dict[str, object]) -> dict[str, object]:
    """Return `facts` as both databases give them back. Raises `TypeError` for what is not JSON, and for what they do not keep.

    A float may come back from the database as another number, and the chain would call an honest row forged; a NUL or half
    of a surrogate pair stays on SQLite, and PostgreSQL refuses the whole act for it.
    """
    _refuse_unkeepable(facts)
    result: dict[str, object] = json.loads(json.dumps(facts))
    return result


def _refuse_unkeepable(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"A float ({value}) is no fact: state integers, in minor units if it is money.")
    if isinstance(value, str) and any(sign == "\0" or ord(sign) in _SURROGATES for sign in value):
        raise TypeError(f"Not every database keeps this text: {value!r}.")
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple):
        for part in value:
            _refuse_unkeepable(part)
