"""A person's wish to be forgotten: asked, withdrawn, carried out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar.audit import recording
from ashar.errors import Refused
from ashar.outbox import sending
from ashar.privacy.models import ErasureRequest

Eraser = Callable[[Any], dict[str, Any]]
Farewell = Callable[..., None]
_erasers: dict[str, Eraser] = {}
_last: set[str] = set()
_farewells: dict[str, Farewell] = {}


class RequestIsClosed(Refused):
    """The wish was withdrawn or carried out before."""

    code = "erasure_request_is_closed"
    message = _("This request is already closed.")


class OwnRequest(Refused):
    """Erasing takes a second pair of eyes."""

    code = "own_erasure_request"
    message = _("Somebody else must carry out your own request.")


def eraser(part: str, *, last: bool = False) -> Callable[[Eraser], Eraser]:
    """Register `erase(person) -> dict` as how `part` forgets a person.

    It runs inside the caller's transaction, must be idempotent, keeps what the law makes us keep (blunted), and returns
    counts for the audit log, never the data itself. Who is `last` removes what the others find the person by.
    """

    def register(erase: Eraser) -> Eraser:
        _erasers[part] = erase
        if last:
            _last.add(part)
        return erase

    return register


def farewell(part: str) -> Callable[[Farewell], Farewell]:
    """Register `say(request, *, at)` as how `part` takes leave of a person who is about to be forgotten.

    It runs inside the caller's transaction, before every eraser, while the person's address and language are known.
    """

    def register(say: Farewell) -> Farewell:
        _farewells[part] = say
        return say

    return register


def open_request_of(person: Any) -> ErasureRequest | None:  # noqa: ANN401 - the user model
    """Return the open wish of `person`, if there is one."""
    return ErasureRequest.objects.filter(person=person, withdrawn_at=None, carried_out_at=None).first()


def ask(person: Any, *, by: Any, at: datetime) -> ErasureRequest:  # noqa: ANN401 - the user model
    """Return the open wish of `person`, written now if there was none. Idempotent; tells the person by mail once."""
    with transaction.atomic(durable=True):
        request, new = ErasureRequest.objects.get_or_create(
            person=person, withdrawn_at=None, carried_out_at=None, defaults={"asked_by": by, "asked_at": at}
        )
        if new:
            recording.record("privacy.erasure_asked", request, by=by, at=at)
            sending.send("privacy.erasure_asked", {"request": request.pk}, at=at)
    return request


def withdraw(request: ErasureRequest, *, by: Any, at: datetime) -> None:  # noqa: ANN401 - the user model
    """Close the wish without erasing. Raises `RequestIsClosed`."""
    with transaction.atomic(durable=True):
        _close(request, withdrawn_at=at)
        recording.record("privacy.erasure_withdrawn", request, by=by, at=at)


def check(request: ErasureRequest, *, by: Any) -> None:  # noqa: ANN401 - the user model
    """Raise what `carry_out` would: `OwnRequest`, `RequestIsClosed`."""
    if by == request.person:
        raise OwnRequest
    if request.withdrawn_at or request.carried_out_at:
        raise RequestIsClosed


def carry_out(request: ErasureRequest, *, by: Any, at: datetime) -> dict[str, Any]:  # noqa: ANN401 - the user model
    """Take leave of the person, then let every part forget them; return what each of them did.

    All or nothing. Raises `RequestIsClosed`, `OwnRequest`.
    """
    with transaction.atomic(durable=True):
        check(request, by=by)
        _close(request, carried_out_at=at, carried_out_by=by)
        for part in sorted(_farewells):
            _farewells[part](request, at=at)
        done = {
            part: _erasers[part](request.person) for part in sorted(_erasers, key=lambda part: (part in _last, part))
        }
        recording.record("privacy.erasure_carried_out", request, by=by, at=at, facts=done)
        sending.send("privacy.erasure_carried_out", {"request": request.pk}, at=at)
    return done


def _close(request: ErasureRequest, **facts: Any) -> None:
    still_open = ErasureRequest.objects.filter(pk=request.pk, withdrawn_at=None, carried_out_at=None)
    if not still_open.update(**facts):
        raise RequestIsClosed
    for name, fact in facts.items():
        setattr(request, name, fact)
