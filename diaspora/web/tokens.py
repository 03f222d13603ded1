"""What makes a form one gift however often it is sent: a token that stands in the form alone, signed for one browser and one project.

Opening a form keeps nothing, here or in the browser, beyond the cookie that guards every form. That cookie names the browser:
of it each form is given the first token that no gift has yet. So two tabs opened before anything is sent carry the same token,
and a form opened after a gift was started carries another.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac

from diaspora import turns
from diaspora.models import Gift, Project
from diaspora.states import GiftState

SALT = "diaspora.web.tokens"
OFFERED_FOR = timedelta(hours=2)  # what was begun and not paid gives way to the next form for so long
AT_ONCE = 16  # tokens asked for in one query: more gifts than one browser gives to a project
MOST_WALKS = 8  # whose cookie names more gifts than that gets tokens that nobody else draws


@dataclass(frozen=True, slots=True)
class Token:
    """What one form stands for: a gift of its `own`, and what the browser had started and not paid `after` which it was drawn."""

    own: UUID
    after: UUID | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """What signs the tokens of one browser for one project: nobody else's open, nor those for another project."""

    project_id: int
    browser: str

    def close(self, token: Token) -> str:
        """Return `token` as it stands in a form."""
        return self._signer.sign(f"{token.own}.{token.after or ''}")

    def open(self, text: str) -> Token:
        """Return what `close` was given. Raises `BadSignature` for anything else."""
        own, _, after = self._signer.unsign(text).partition(".")
        return Token(UUID(own), UUID(after) if after else None)

    def next(self, *, after: Gift | None, at: datetime) -> Token:
        """Return the token of a form drawn now: the first of this browser that no gift has. One query, seldom three.

        What the browser began a moment ago counts as `after`, even while the answer that tells the browser so is on its way.
        """
        free, last = self._free(after)
        if after is None and last and _is_begun(last, at) and _is_begun(newest := turns.newest(last), at):
            return self.next(after=newest, at=at)
        return Token(free, after.token if after else None)

    @property
    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=f"{SALT}:{self.project_id}:{self.browser}")

    def _free(self, after: Gift | None) -> tuple[UUID, Gift | None]:
        """Return the first token without a gift, and the gift of the one before it."""
        tokens, last = self._tokens(after), None
        for _walk in range(MOST_WALKS):
            some = list(islice(tokens, AT_ONCE))
            gifts = Gift.objects.in_bulk(some, field_name="token")
            for token in some:
                if token not in gifts:
                    return token, last
                last = gifts[token]
        return unheard().own, last

    def _tokens(self, after: Gift | None) -> Iterator[UUID]:
        value = f"{self.project_id}:{after.token if after else ''}:{self.browser}"
        token = UUID(bytes=salted_hmac(SALT, value, algorithm="sha256").digest()[:16], version=4)
        while True:
            yield token
            token = uuid.uuid5(token, "next")


def seal(request: HttpRequest, project: Project) -> Seal:
    """Return what signs the forms of `project` for the browser that asks."""
    return Seal(project.pk, browser(request))


def browser(request: HttpRequest) -> str:
    """Return the secret of the browser's cookie for forms, which it is sent with this answer if it has none."""
    get_token(request)
    return str(request.META["CSRF_COOKIE"])


def unheard() -> Token:
    """Return a token that no form had before."""
    return Token(uuid.uuid4())


def _is_begun(gift: Gift, at: datetime) -> bool:
    return gift.state == GiftState.STARTED and at < gift.started_at + OFFERED_FOR
