"""The ways to reach somebody. Each channel is an adapter with three words: its name, an address, and how to send."""

from datetime import datetime
from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from ashar.notices.models import InboxItem, Notice

if TYPE_CHECKING:
    from ashar.accounts.models import User


class Unreachable(Exception):  # noqa: N818 - it names what happened
    """The address will never take this notice; to try again would only annoy."""


class Channel(Protocol):
    """What a channel must be able to do."""

    name: str

    def address_of(self, *, email: str, person: "User | None") -> str:
        """Return where this channel reaches them; an empty string if it cannot."""

    def send(self, notice: Notice, *, to: str, at: datetime) -> None:
        """Send `notice`. Raises `Unreachable` when it is no use to try again, anything else when it may be."""


class MailChannel:
    """Mail, in plain text and HTML."""

    name = "mail"

    def address_of(self, *, email: str, person: "User | None") -> str:
        """Return the address given for the occasion, else that of the account."""
        return email or (person.email if person else "")

    def send(self, notice: Notice, *, to: str, at: datetime) -> None:  # noqa: ARG002 - the channel's signature
        """Hand one mail to the mail server. Its Message-ID comes from the notice, so that a copy is known as a copy."""
        message = mail(notice, to=to)
        try:
            validate_email(to)
            message.send()
        except ValidationError as fault:
            raise Unreachable("no address") from fault
        except SMTPRecipientsRefused as fault:
            if all(code >= 500 for code, _ in fault.recipients.values()):  # noqa: PLR2004 - RFC 5321: 5yz is final
                raise Unreachable("refused for good") from None
            raise


class InboxChannel:
    """The inbox on the site, for those who have an account."""

    name = "inbox"

    def address_of(self, *, email: str, person: "User | None") -> str:  # noqa: ARG002 - the channel's signature
        """Return the key of the account."""
        return str(person.pk) if person else ""

    def send(self, notice: Notice, *, to: str, at: datetime) -> None:  # noqa: ARG002 - the inbox is the notice's person's
        """Put `notice` into the inbox; a second time changes nothing."""
        if notice.person_id is None:
            raise Unreachable("the account is gone")
        InboxItem.objects.get_or_create(notice=notice, defaults={"person_id": notice.person_id, "arrived_at": at})


CHANNELS: tuple[Channel, ...] = (MailChannel(), InboxChannel())


def named(name: str) -> Channel:
    """Return the channel called `name`; `LookupError` for one that does not exist (any more)."""
    return {channel.name: channel for channel in CHANNELS}[name]


def mail(notice: Notice, *, to: str) -> EmailMultiAlternatives:
    """Return the mail that carries `notice`."""
    identity = {"Message-ID": f"<notice-{notice.pk}@{urlsplit(settings.SITE_URL).hostname}>"}
    message = EmailMultiAlternatives(subject=notice.subject, body=notice.text, to=[to], headers=identity)
    return dress(message, language=notice.language, html=notice.html)


def dress(message: EmailMultiAlternatives, *, language: str, html: str) -> EmailMultiAlternatives:
    """Give `message` what every mail of ours has: where to answer, its language, that a machine wrote it, its HTML part.

    What the message says already, it keeps.
    """
    message.reply_to = message.reply_to or [getattr(settings, "EMAIL_REPLY_TO", "") or settings.DEFAULT_FROM_EMAIL]
    message.extra_headers = {"Content-Language": language, "Auto-Submitted": "auto-generated", **message.extra_headers}
    if html:
        message.attach_alternative(html, "text/html")
    return message
