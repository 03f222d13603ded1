"""What notices hold on people: what we told them and where it went. Classified, exported, forgotten."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from ashar.accounts import addresses
from ashar.notices.models import Dispatch, MailboxMessage, Notice
from ashar.privacy import purposes
from ashar.privacy.classified import Basis, Personal, Sensitivity, impersonal, personal
from ashar.privacy.erasing import eraser
from ashar.privacy.exporting import collector
from ashar.privacy.retention import keeper

if TYPE_CHECKING:
    from ashar.accounts.models import User

LAST_LETTER = "erasure_done"  # told while the person is being forgotten; it goes once it was sent
LETTER = Personal(purposes.TELL, Basis.CONTRACT, "notice", Sensitivity.CONFIDENTIAL, purposes.LETTERS)
DEMO_LETTER = Personal(
    purposes.SHOW_LETTERS, Basis.INTEREST, "sign-in", Sensitivity.CONFIDENTIAL, purposes.DEMO_LETTERS
)

personal("notices.Notice", {"subject": LETTER, "text": LETTER, "html": LETTER})
personal("notices.Dispatch", {"address": LETTER.of(purposes.LETTER_ADDRESS)})
personal("notices.MailboxMessage", dict.fromkeys(("to", "reply_to", "subject", "text", "html"), DEMO_LETTER))
impersonal("notices.Notice", "key", "kind")
impersonal("notices.Dispatch", "channel", "last_error")
impersonal("notices.MailboxMessage", "message_id", "sender", "language")


@collector("notices")
def collect(person: "User") -> dict[str, Any]:
    """Return what we told the person, oldest first."""
    told = _told(person).order_by("told_at", "pk")
    return {
        "notices": [
            {"at": row.told_at.isoformat(), "kind": row.kind, "subject": row.subject, "text": row.text} for row in told
        ]
    }


@eraser("notices")
def forget(person: "User") -> dict[str, Any]:
    """Delete what we told the person, with its ways, and the mails that the demo kept; not the letter that says so."""
    told = list(_told(person).exclude(kind=LAST_LETTER).values_list("pk", flat=True))
    Notice.objects.filter(pk__in=told).delete()
    mails, _kinds = MailboxMessage.objects.filter(addresses.matching(person, "to")).delete()
    return {"notices": len(told), "mails": mails}


@keeper("notice", "notices.Notice", "notices.Dispatch")
def forget_notices(*, before: datetime, most: int) -> int:
    """Delete what was told before `before`, with its ways and its place in the inbox; return how many notices."""
    past = Notice.objects.filter(told_at__lt=before).order_by("told_at").values_list("pk", flat=True)[:most]
    return Notice.objects.filter(pk__in=list(past)).delete()[1].get("notices.Notice", 0)


@keeper("sign-in", "notices.MailboxMessage")
def forget_mails(*, before: datetime, most: int) -> int:
    """Delete the mails that the demo kept before `before`; return how many."""
    past = MailboxMessage.objects.filter(received_at__lt=before).order_by("received_at").values_list("pk", flat=True)
    return MailboxMessage.objects.filter(pk__in=list(past[:most])).delete()[0]


def _told(person: "User") -> QuerySet[Notice]:
    mailed = Dispatch.objects.filter(addresses.matching(person, "address")).values("notice")
    return Notice.objects.filter(Q(person=person) | Q(person=None, pk__in=mailed))
