"""What a browser remembers of the gift it is about to give: the token, per project, in the session.

The token is what makes a double click, two tabs and the back button one gift.
"""

import uuid

from django.contrib.sessions.backends.base import SessionBase

from diaspora.models import Gift, Project
from diaspora.states import GiftState

KEY = "giving"


def token_for(session: SessionBase, project: Project) -> tuple[uuid.UUID, Gift | None]:
    """Return the token for the next form and the unfinished gift to offer again, if this browser has one.

    A gift still waiting keeps its token; after one that arrived, or can no longer be paid, a new token begins.
    """
    token = _read(session, project)
    gift = Gift.objects.filter(token=token, project=project).first() if token else None
    if token is None or (gift and gift.state != GiftState.STARTED):
        token = uuid.uuid4()
        remember(session, project, token)
    return token, gift if gift and gift.state in {GiftState.STARTED, GiftState.ABANDONED} else None


def replaced(session: SessionBase, project: Project, *, token: uuid.UUID, by: uuid.UUID) -> list[Gift]:
    """Return the gifts that this browser began on the project's form and that the gift of the token `by` stands for now."""
    tokens = {token, _read(session, project) or token} - {by}
    return list(Gift.objects.filter(token__in=tokens, project=project).select_related("payment").order_by("started_at"))


def remember(session: SessionBase, project: Project, token: uuid.UUID) -> None:
    """Keep the token of the project's form in this browser's session."""
    session[KEY] = {**session.get(KEY, {}), str(project.pk): str(token)}


def _read(session: SessionBase, project: Project) -> uuid.UUID | None:
    text = session.get(KEY, {}).get(str(project.pk))
    return uuid.UUID(text) if text else None
