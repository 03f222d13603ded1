"""Writing the audit log."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.transaction import TransactionManagementError

from ashar.audit import chain
from ashar.audit.models import Entry, Head

if TYPE_CHECKING:
    from ashar.accounts.models import User


def record(
    verb: str, subject: models.Model, *, by: "User | None", at: datetime, facts: dict[str, Any] | None = None
) -> Entry:
    """Remember that `by` did `verb` to `subject`; `by=None` means the machine itself.

    Joins the caller's transaction (there must be one): the act and its entry stand or fall together. Takes the lock on
    the chain's head until that transaction ends, so a verb records after it has locked its own rows.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("An audit entry belongs to the transaction of the act that it records.")
    head = _locked_head()
    entry = Entry(
        sequence=head.sequence + 1,
        verb=verb,
        subject_kind=subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=str(subject.pk),
        by=by,
        at=at,
        facts=chain.plain(facts or {}),
        previous_hash=head.hash,
    )
    entry.hash = chain.hash_of(entry)
    entry.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(sequence=entry.sequence, hash=entry.hash)
    return entry


def _locked_head() -> Head:
    """Lock the end of the chain: PostgreSQL by the row, SQLite by its one writer at a time."""
    head = Head.objects.select_for_update(no_key=True).filter(pk=Head.THE_ONE).first()
    if head is None:
        Head.objects.get_or_create(pk=Head.THE_ONE, defaults={"hash": chain.GENESIS})
        head = Head.objects.select_for_update(no_key=True).get(pk=Head.THE_ONE)
    return head
