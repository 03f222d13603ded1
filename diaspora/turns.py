"""One form sent again with other answers: its gifts follow one another, each under a token made of the last one's.

As a token is given once, of two who send at the same moment only one takes the next turn, and the other sees it.
"""

import uuid

from diaspora.models import Gift


def following(token: uuid.UUID) -> uuid.UUID:
    """Return the token of the gift that takes the place of the one under `token`."""
    return uuid.uuid5(token, "again")


def newest(gift: Gift) -> Gift:
    """Return the gift that the form of `gift` stands for now: itself, or the last one it was sent again for.

    One query for each turn and one more.
    """
    gifts = Gift.objects.select_related("project", "payment")
    while after := gifts.filter(token=following(gift.token)).first():
        gift = after
    return gift
