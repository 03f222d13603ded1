"""Blocks on the home of who has signed in: the gifts of everybody, and for a leader the projects of the association."""

from datetime import datetime

from ashar.accounts.home import Block
from ashar.accounts.models import User
from diaspora import queries


def gifts(user: User, at: datetime) -> Block:
    """Return the gifts of `user` and what became of them, or that there are none yet."""
    return Block("diaspora/own_gifts.html", queries.own_gifts(user, at=at))


def leading(user: User, at: datetime) -> Block | None:
    """Return the associations that `user` leads; nothing for everybody else."""
    led = queries.leading(user, at=at)
    return Block("diaspora/own_leading.html", led) if led.associations else None
