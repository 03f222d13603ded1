"""What a browser remembers of the gift it is about to give, per project: the token, and where the answers are.

The token is what makes a double click, two tabs and the back button one gift. The answers let a page that was drawn after
sending the form be fetched again, so that the way back from the card service leads to it. They are forgotten two hours after
they were sent: a phone may be borrowed, and they name the giver. So they lie in a cache that forgets by itself, whether or not the browser
comes back, and the browser's row holds only the random name they have there.
"""

import logging
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import caches

from diaspora.models import Gift, Project
from diaspora.states import GiftState

log = logging.getLogger(__name__)

TOKENS, ANSWERS = "giving", "giving_answers"
CACHE = "answers"
# What the form sends, and the two buttons that send it without starting anything.
SENT = ("token", "currency", "choice", "own", "cover_fee", "email", "name", "shown_as", "message", "change", "preview")
KEPT_FOR = timedelta(hours=2)  # long enough to fetch a card, short enough for a phone that is handed back
LONGEST = 2000  # characters: more than any field takes, so that what was too long is still told to be


def token_for(visit: SessionBase, project: Project, *, at: datetime) -> tuple[uuid.UUID, Gift | None]:
    """Return the token for the next form and the unfinished gift to offer again, if this browser has one.

    A gift still waiting keeps its token; after one that arrived, or can no longer be paid, a new token begins. So it does
    two hours after the gift was started: whoever has the phone then is neither shown its answers nor led to its page.
    """
    token = _read(visit, project)
    gift = Gift.objects.filter(token=token, project=project).first() if token else None
    if gift and at >= gift.started_at + KEPT_FOR:
        token = gift = None
    if token is None or (gift and gift.state != GiftState.STARTED):
        token = uuid.uuid4()
        _write(visit, TOKENS, project, str(token))
    return token, gift if gift and gift.state in {GiftState.STARTED, GiftState.ABANDONED} else None


def started(visit: SessionBase, gift: Gift) -> None:
    """Keep the token of the gift that the project's form stands for; its answers are kept in the gift from now on."""
    _write(visit, TOKENS, gift.project, str(gift.token))
    _forget(visit, gift.project)


def keep(visit: SessionBase, project: Project, answers: Mapping[str, str], *, at: datetime) -> None:
    """Keep what was sent, right or wrong, until a gift is started of it or two hours have passed."""
    sent = {field: str(answers[field])[:LONGEST] for field in SENT if field in answers}
    _forget(visit, project)
    name = uuid.uuid4().hex
    try:
        caches[CACHE].set(name, {"sent": sent, "until": (at + KEPT_FOR).timestamp()}, KEPT_FOR.total_seconds())
    except Exception:
        log.exception("The cache does not keep; the form will have to be filled again.")
    else:
        _write(visit, ANSWERS, project, name)


def keep_anew(visit: SessionBase, project: Project, answers: Mapping[str, str], *, at: datetime) -> None:
    """Keep what was sent for a gift of its own, under a new token: the form it came from has been paid for."""
    token = str(uuid.uuid4())
    _write(visit, TOKENS, project, token)
    keep(visit, project, {**answers, "token": token}, at=at)


def kept(visit: SessionBase, project: Project, *, at: datetime) -> dict[str, str] | None:
    """Return what was sent last and not started yet, if this browser sent anything."""
    answers = _found(visit.get(ANSWERS, {}).get(str(project.pk)))
    sent: dict[str, str] | None = answers["sent"] if answers.get("until", 0) > at.timestamp() else None
    if sent is None:
        _forget(visit, project)
    return sent


def _found(name: object) -> dict[str, Any]:
    """Return what the cache keeps under `name`; nothing where it does not answer, or for what was kept before it was asked."""
    try:
        return (caches[CACHE].get(name) or {}) if isinstance(name, str) else {}
    except Exception:
        log.exception("The cache does not answer; the form begins anew.")
        return {}


def _forget(visit: SessionBase, project: Project) -> None:
    """Let go of the answers of one project, now."""
    name = visit.get(ANSWERS, {}).get(str(project.pk))
    if name is None:
        return
    _write(visit, ANSWERS, project, None)
    try:
        caches[CACHE].delete(str(name))
    except Exception:
        log.exception("The cache does not answer; the answers go when their time is over.")


def _read(visit: SessionBase, project: Project) -> uuid.UUID | None:
    text = visit.get(TOKENS, {}).get(str(project.pk))
    return uuid.UUID(text) if text else None


def _write(visit: SessionBase, key: str, project: Project, value: object) -> None:
    others = {pk: kept for pk, kept in visit.get(key, {}).items() if pk != str(project.pk)}
    visit[key] = others | ({} if value is None else {str(project.pk): value})
