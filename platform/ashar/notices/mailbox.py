"""The demo's mail server: it keeps every mail in the database, to be read at /demo/mailbox/."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.utils import timezone

from ashar.notices.models import MailboxMessage


class MailboxBackend(BaseEmailBackend):
    """Django's mail backend of the demo."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep every mail and return how many; one that no mail server would take raises as it would there."""
        for message in email_messages:
            _keep(message)
        return len(email_messages)


def newest_first() -> "QuerySet[MailboxMessage]":
    """Return the mails, without their bodies."""
    return MailboxMessage.objects.defer("text", "html").order_by("-received_at", "-pk")


def _keep(message: EmailMessage) -> None:
    """Keep one mail; one that was handed over again after a crash is known by its Message-ID and kept once."""
    headers = message.message()
    columns = {
        "sender": message.from_email,
        "to": ", ".join(message.recipients()),
        "reply_to": ", ".join(message.reply_to),
        "subject": str(message.subject),
        "language": headers.get("Content-Language", ""),
        "text": str(message.body),
        "html": _html_of(message),
        "received_at": timezone.now(),
    }
    MailboxMessage.objects.get_or_create(message_id=headers["Message-ID"], defaults=columns)


def _html_of(message: EmailMessage) -> str:
    alternatives = getattr(message, "alternatives", [])
    return next((part.content for part in alternatives if part.mimetype == "text/html"), "")
