"""The webhook."""

import logging
import re

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ashar.errors import Refused
from ashar.payments import inbox, tasks

log = logging.getLogger(__name__)

LENGTH = re.compile("[0-9]{1,9}")


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Keep the event and answer at once; a worker does the rest. Anything that is not ours gets 400 and leaves no row."""
    if request.content_type != "application/json":
        return HttpResponseBadRequest()
    try:
        is_new = inbox.receive(_body(request), request.headers.get("Stripe-Signature", ""), at=timezone.now())
    except Refused as refusal:
        log.warning("A webhook was refused: %s", refusal.code)
        return HttpResponseBadRequest()
    if is_new:
        tasks.nudge()
    return HttpResponse()


def _body(request: HttpRequest) -> bytes:
    """Read the raw body. One that is too large, or does not say how large it is, is refused before it is read."""
    length = LENGTH.fullmatch(request.headers.get("Content-Length", ""))
    if length is None or int(length[0]) > inbox.LARGEST:
        raise inbox.NotAnEvent
    try:
        return request.body
    except UnreadablePostError as error:
        raise inbox.NotAnEvent from error
