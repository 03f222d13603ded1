"""Trying a transaction again when the database asks for it."""

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

from ashar.ledger.refusals import FundOverdrawn

log = logging.getLogger(__name__)

T = TypeVar("T")
PAUSES = (0.05, 0.2, 0.5, 1.0)  # seconds before each further attempt, halved or not by chance


def persist(attempt: Callable[[], T]) -> T:
    """Return `attempt()`, tried up to five times while it fails for want of a lock.

    `attempt` is one whole transaction without outer effects: a busy SQLite, a deadlock or a serialization failure of
    PostgreSQL (`OperationalError`), or a fund emptied by somebody else between our look and our posting (`FundOverdrawn`).
    """
    for pause in PAUSES:
        try:
            return attempt()
        except (OperationalError, FundOverdrawn) as conflict:
            log.info("Trying again after %s.", type(conflict).__name__)
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - to part two workers, not to keep a secret
    return attempt()
