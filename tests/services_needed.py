"""What a test needs beyond Python: found or skipped by name, and never silently absent when all of it must be there."""

import os

import pytest

from tests.services import addresses, packages

NAMES = {
    "postgresql": "PostgreSQL",
    "redis": "Redis",
    "elasticsearch": "Elasticsearch",
    "stripe-mock": "stripe-mock",
    "chromium": "Chromium",
}


def find(name: str) -> str:
    """Return the address (or path) of the service called `name`, or an empty string when it is not here."""
    if name == "chromium":
        return packages.found("chromium")
    return addresses.answering(name)


def need(name: str) -> str:
    """Return the address (or path) of the service called `name`; skip the test when it is not here.

    PostgreSQL answers as `postgresql://ashar@127.0.0.1:port/ashar`, Redis as `redis://127.0.0.1:port/0`, stripe-mock as
    `http://127.0.0.1:port`, Chromium as its path. Under REQUIRE_SERVICES=1 an absent service fails the test instead.
    """
    if address := find(name):
        return address
    sentence = f"{NAMES[name]} is not here"
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(f"{sentence}, and REQUIRE_SERVICES=1 asks for it")
    pytest.skip(sentence)
