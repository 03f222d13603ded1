"""What a browser remembers once it has sent a form, per project: the gift started last, and where the answers are.

The gift is offered again as long as it is not paid. The answers let a page that was drawn after
sending the form be fetched again, so that the way back from the card service leads to it. They are forgotten two hours after
they were sent: a phone may be borrowed, and they name the giver. So they lie in a cache that forgets by itself, whether or not the browser
comes back, and the browser's row holds only the random name they have there. Who only opens a form has no such row.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from ashar import caching
from diaspora.models import Gift, Project
from diaspora.states import GiftState
from diaspora.web import tokens

TOKENS, ANSWERS = "giving", "giving_answers"
CACHE = "answers"
# What the form sends, and the two buttons that send it without starting anything.
SENT = ("token", "currency", "choice", "own", "cover_fee", "email", "name", "shown_as", "message", "change", "preview")
KEPT_FOR = timedelta(hours=2)  # long enough to fetch a card, short enough for a phone that is handed back
LONGEST = 10_000  # characters: twenty times what any field takes, so that a long text is given back to be shortened


def unfinished(session: SessionBase, project: Project, *, at: datetime) -> Gift | None:
    """Return the gift that this browser started last and that nobody has paid, as far as we know; the session is only read.

    Two hours after it was started it is offered no more: whoever has the phone then is neither shown its answers nor led
    to its page.
    """
    token = _read(session, project)
    gift = Gift.objects.filter(token=token, project=project).first() if token else None
    if gift is None or at >= gift.started_at + tokens.OFFERED_FOR:
        return None
    return gift if gift.state in {GiftState.STARTED, GiftState.ABANDONED} else None


def started(session: SessionBase, gift: Gift) -> None:
    """Remember the gift that was started last for the project; its answers are kept in the gift from now on."""
    _write(session, TOKENS, gift.project, str(gift.token))
    _forget(session, gift.project)


def keep(session: SessionBase, project: Project, answers: Mapping[str, str], *, at: datetime) -> None:
    """Keep what was sent, right or wrong, until a gift is started of it or two hours have passed."""
    sent = {field: str(answers[field])[:LONGEST] for field in SENT if field in answers}
    _forget(session, project)
    name = uuid.uuid4().hex
    if caching.put(CACHE, name, {"sent": sent, "until": (at + KEPT_FOR).timestamp()}, KEPT_FOR.total_seconds()):
        _write(session, ANSWERS, project, name)


def kept(session: SessionBase, project: Project, *, at: datetime) -> dict[str, str] | None:
    """Return what was sent last and not started yet, if this browser sent anything."""
    answers = _found(session.get(ANSWERS, {}).get(str(project.pk)))
    sent: dict[str, str] | None = answers["sent"] if answers.get("until", 0) > at.timestamp() else None
    if sent is None:
        _forget(session, project)
    return sent


def _found(name: object) -> dict[str, Any]:
    """Return what the cache keeps under `name`; nothing where it does not answer, or for what was kept before it was asked."""
    return (caching.get(CACHE, name) or {}) if isinstance(name, str) else {}


def _forget(session: SessionBase, project: Project) -> None:
    """Let go of the answers of one project, now."""
    name = session.get(ANSWERS, {}).get(str(project.pk))
    if name is None:
        return
    _write(session, ANSWERS, project, None)
    caching.drop(CACHE, str(name))


def _read(session: SessionBase, project: Project) -> uuid.UUID | None:
    text = session.get(TOKENS, {}).get(str(project.pk))
    return uuid.UUID(text) if text else None


def _write(session: SessionBase, key: str, project: Project, value: object) -> None:
    others = {pk: kept for pk, kept in session.get(key, {}).items() if pk != str(project.pk)}
    session[key] = others | ({} if value is None else {str(project.pk): value})
