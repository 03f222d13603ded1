"""One form sent again with other answers: its gifts follow one another, each under a token made of the last one's.

As a token is given once, of two who send at the same moment only one takes the next turn, and the other sees it.
"""

import uuid
from collections.abc import Iterator

from diaspora.models import Gift

MOST = 50  # turns of one form: whoever sends it more often gets a new form, so no walk along them is without an end


def following(token: uuid.UUID) -> uuid.UUID:
    """Return the token of the gift that takes the place of the one under `token`."""
    return uuid.uuid5(token, "again")


def is_last(gift: Gift) -> bool:
    """Tell whether the form of `gift` was not sent again with other answers. One query."""
    return not Gift.objects.filter(token=following(gift.token)).exists()


def newest(gift: Gift) -> Gift:
    """Return the gift that the form of `gift` stands for now: itself, or the last one it was sent again for.

    One query, however many turns there were.
    """
    tokens = list(of(gift.token))
    later = Gift.objects.select_related("project", "payment").filter(token__in=tokens)
    return max(later, key=lambda turn: tokens.index(turn.token), default=gift)


def of(token: uuid.UUID) -> Iterator[uuid.UUID]:
    """Yield `token` and those of all turns that can come after it."""
    for _ in range(MOST):
        yield token
        token = following(token)
