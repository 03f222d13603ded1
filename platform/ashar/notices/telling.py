"""Telling somebody something."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ashar.notices import rendering
from ashar.notices.channels import CHANNELS
from ashar.notices.models import Dispatch, Notice
from ashar.outbox import sending

if TYPE_CHECKING:
    from ashar.accounts.models import User


def tell(
    kind: str,
    *,
    key: str,
    at: datetime,
    facts: Mapping[str, Any],
    language: str = "",
    email: str = "",
    person: "User | None" = None,
) -> Notice:
    """Tell `person` or the owner of `email` once, by every channel that reaches them, in `language` or that of the person.

    Writes the notice in the caller's transaction, with the words as they are true now; an outbox message sends it
    after the commit. Idempotent by `key`: the second call returns the first notice and tells nobody. `facts` are what
    the template of `kind` mentions; they may be any objects, since they are rendered here and not kept.
    """
    told = Notice.objects.filter(key=key).first()
    if told:
        return told
    addresses = {channel.name: channel.address_of(email=email, person=person) for channel in CHANNELS}
    if not any(addresses.values()):
        raise ValueError(f"Nobody to tell about {key}: neither an address nor a person.")
    spoken = language or (person.language if person else "")
    content = rendering.render(kind, language=spoken, facts=facts)
    notice, is_new = Notice.objects.get_or_create(key=key, defaults=_columns(content, kind=kind, person=person, at=at))
    if is_new:
        _dispatch(notice, addresses)
        sending.send("notice.due", {"notice": str(notice.pk)}, at=at)
    return notice


def _columns(content: rendering.Content, *, kind: str, person: "User | None", at: datetime) -> dict[str, Any]:
    return {
        "kind": kind,
        "person": person,
        "language": content.language,
        "subject": content.subject,
        "text": content.text,
        "html": content.html,
        "told_at": at,
    }


def _dispatch(notice: Notice, addresses: Mapping[str, str]) -> None:
    Dispatch.objects.bulk_create(
        Dispatch(notice=notice, channel=channel, address=address) for channel, address in addresses.items() if address
    )
