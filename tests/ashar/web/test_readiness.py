"""Readiness is the gravest of what the probes find."""

from datetime import UTC, datetime

import pytest

from ashar.web import readiness

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def registry(monkeypatch):
    """No probes but the test's own."""
    monkeypatch.setattr(readiness, "_probes", {})
    return readiness


def test_nothing_to_ask_is_fine(registry):
    assert registry.examine(AT) == ("ok", {})


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ([readiness.ok(), readiness.ok()], "ok"),
        ([readiness.ok(), readiness.degraded(age=90)], "degraded"),
        ([readiness.failed(), readiness.degraded(), readiness.ok()], "failed"),
    ],
)
def test_gravest_finding_decides(registry, found, state):
    for name, finding in zip("abc", found, strict=False):
        registry.register(name, lambda _at, finding=finding: finding)

    assert registry.examine(AT)[0] == state


def test_probe_gets_the_moment_and_its_facts_are_told(registry):
    registry.register("outbox", lambda at: readiness.ok(asked=at))

    assert registry.examine(AT)[1] == {"outbox": readiness.Finding("ok", {"asked": AT})}


def test_same_name_replaces(registry):
    registry.register("outbox", lambda _at: readiness.failed())
    registry.register("outbox", lambda _at: readiness.ok())

    assert registry.examine(AT)[0] == "ok"


def test_probe_that_raises_has_failed_and_tells_only_the_kind(registry, caplog):
    def broken(at):
        raise OSError("the password is swordfish")

    registry.register("disk", broken)

    assert registry.examine(AT) == ("failed", {"disk": readiness.Finding("failed", {"fault": "OSError"})})
    assert [record.getMessage() for record in caplog.records] == ["the readiness probe disk failed"]


def test_probes_are_told_by_name(registry):
    for name in ("outbox", "database", "ledger"):
        registry.register(name, lambda _at: readiness.ok())

    assert list(registry.examine(AT)[1]) == ["database", "ledger", "outbox"]
