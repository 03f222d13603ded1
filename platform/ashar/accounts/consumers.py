"""What accounts do when a message comes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ashar.accounts import rules
from ashar.accounts.models import User
from ashar.notices import telling
from ashar.outbox.consuming import consumer
from ashar.privacy import due, erasing
from ashar.privacy.models import ErasureRequest


@consumer("privacy.erasure_asked")
def confirm_erasure_request(*, request: int, at: datetime, **_rest: Any) -> None:
    """Write to the person that their wish to be forgotten was taken down. Idempotent: the notice has a key."""
    wish = ErasureRequest.objects.select_related("person").get(pk=request)
    with transaction.atomic():
        telling.tell(
            "erasure_asked",
            key=f"erasure_asked:{wish.pk}",
            at=at,
            person=wish.person,
            facts={"asked_at": wish.asked_at},
        )


@consumer("privacy.erasure_asked", name="accounts.administrators_hear_of_erasure")
def tell_administrators(*, request: int, at: datetime, **_rest: Any) -> None:
    """Write to every administrator but the person that a wish to be forgotten waits, unless it was withdrawn meanwhile.

    Idempotent by wish and administrator. The letter outlives the wish, so it leads to the person and names nobody.
    """
    wish = due.still_open().filter(pk=request).first()
    if wish is None:
        return
    with transaction.atomic():
        for administrator in User.objects.filter(rules.ADMINISTRATORS).exclude(pk=wish.person_id).order_by("pk"):
            _tell_waits(administrator, wish, at=at)


def _tell_waits(administrator: User, wish: ErasureRequest, *, at: datetime) -> None:
    telling.tell(
        "erasure_waits",
        key=f"erasure_waits:{wish.pk}:{administrator.pk}",
        at=at,
        person=administrator,
        facts={
            "asked_at": wish.asked_at,
            "answer_by": wish.asked_at + due.PROMISED_WITHIN,
            "person": str(wish.person_id),
        },
    )


@erasing.farewell("account")
def tell_that_it_is_done(wish: ErasureRequest, *, at: datetime) -> None:
    """Write to the person that they are forgotten, while we still know where. It goes out after the commit, so only if true.

    The notice names no person and outlives the erasers; `notices` forget it once it is sent.
    """
    telling.tell(
        "erasure_done",
        key=f"erasure_done:{wish.pk}",
        language=wish.person.language,
        at=at,
        email=wish.person.email,
        facts={"asked_at": wish.asked_at},
    )
