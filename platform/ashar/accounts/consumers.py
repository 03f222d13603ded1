"""What accounts do when a message comes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ashar.notices import telling
from ashar.outbox.consuming import consumer
from ashar.privacy import erasing
from ashar.privacy.models import ErasureRequest


@consumer("privacy.erasure_asked")
def confirm_erasure_request(*, request: int, at: datetime, **_rest: Any) -> None:
    """Write to the person that their wish to be forgotten was taken down. Idempotent: the notice has a key."""
    wish = ErasureRequest.objects.select_related("person").get(pk=request)
    with transaction.atomic():
        telling.tell(
            "erasure_asked",
            key=f"erasure_asked:{wish.pk}",
            language=wish.person.language,
            at=at,
            email=wish.person.email,
            person=wish.person,
            facts={"asked_at": wish.asked_at},
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
