"""Caches that may be away: whoever asks one goes on without it."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import caches

log = logging.getLogger(__name__)


def get(cache: str, key: str) -> Any:  # noqa: ANN401 - what the cache holds
    """Return what the named cache keeps under `key`, or nothing, also where it does not answer."""
    return _ask(cache, lambda: caches[cache].get(key))


def get_or_set(cache: str, key: str, make: Callable[[], Any], seconds: float | None) -> Any:  # noqa: ANN401 - likewise
    """Return what is kept under `key`, kept now as `make` returns it if nothing was; nothing where it does not answer."""
    return _ask(cache, lambda: caches[cache].get_or_set(key, make, seconds))


def put(cache: str, key: str, value: Any, seconds: float | None) -> bool:  # noqa: ANN401 - likewise
    """Keep `value` under `key` for so many seconds, None for ever. Return whether the cache answered."""

    def keep() -> bool:
        caches[cache].set(key, value, seconds)
        return True

    return bool(_ask(cache, keep))


def drop(cache: str, key: str) -> None:
    """Let go of what is kept under `key`; where the cache does not answer it goes when its time is over."""
    _ask(cache, lambda: caches[cache].delete(key))


def _ask(cache: str, question: Callable[[], Any]) -> Any:  # noqa: ANN401 - likewise
    try:
        return question()
    except Exception as away:  # noqa: BLE001 - each cache has faults of its own, and none may take the site with it
        log.warning("The cache “%s” does not answer: %s", cache, away)
        return None
