"""Proving that nobody touched the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass

from ashar.audit import chain
from ashar.audit.models import Entry, Head


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the log does not hold: the entry's sequence number and what is wrong with it."""

    sequence: int
    text: str


def check() -> list[Fault]:
    """Walk the whole chain, in constant memory, and return every fault; none means that the log is as it was written."""
    return list(_faults())


def _faults() -> Iterator[Fault]:
    sequence, last_hash = 0, chain.GENESIS
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != sequence + 1:
            yield Fault(sequence + 1, f"entries {sequence + 1} to {entry.sequence - 1} are missing")
        elif entry.previous_hash != last_hash:
            yield Fault(entry.sequence, "does not follow the entry before it")
        if entry.hash != chain.hash_of(entry):
            yield Fault(entry.sequence, "says something else than when it was written")
        sequence, last_hash = entry.sequence, entry.hash
    yield from _faults_of_the_head(sequence, last_hash)


def _faults_of_the_head(sequence: int, last_hash: str) -> Iterator[Fault]:
    head = Head.objects.filter(pk=Head.THE_ONE).first() or Head(hash=chain.GENESIS)
    if head.sequence > sequence:
        yield Fault(sequence + 1, f"entries {sequence + 1} to {head.sequence} are missing at the end")
    elif (head.sequence, head.hash) != (sequence, last_hash):
        yield Fault(sequence, "is not what the head of the chain says")
