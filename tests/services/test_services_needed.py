"""A missing service is named, and is a failure where everything must be there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import services_needed
from tests.services import addresses

NEEDS_ELASTICSEARCH = """
from tests import services_needed

def test_search():
    services_needed.need("elasticsearch")
"""


@pytest.fixture
def nothing_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services_needed, "find", lambda _name: "")


@pytest.mark.parametrize(("name", "word"), services_needed.NAMES.items())
@pytest.mark.usefixtures("nothing_here")
def test_absent_service_skips_by_name(monkeypatch: pytest.MonkeyPatch, name: str, word: str) -> None:
    monkeypatch.delenv("REQUIRE_SERVICES", raising=False)

    with pytest.raises(pytest.skip.Exception, match=f"^{word} is not here$"):
        services_needed.need(name)


@pytest.mark.parametrize(("name", "word"), services_needed.NAMES.items())
@pytest.mark.usefixtures("nothing_here")
def test_absent_service_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch, name: str, word: str) -> None:
    monkeypatch.setenv("REQUIRE_SERVICES", "1")

    with pytest.raises(pytest.fail.Exception, match=f"^{word} is not here, and REQUIRE_SERVICES=1 asks for it$"):
        services_needed.need(name)


def test_remembered_address_that_does_not_answer_is_absent(tmp_path: Path) -> None:
    addresses.remember("redis", "redis://127.0.0.1:1/0", tmp_path)

    assert addresses.answering("redis", tmp_path) == ""


def test_addresses_are_remembered_side_by_side(tmp_path: Path) -> None:
    addresses.remember("redis", "redis://127.0.0.1:1/0", tmp_path)
    addresses.remember("postgresql", "postgresql://ashar@127.0.0.1:2/ashar", tmp_path)

    assert addresses.remembered(tmp_path) == {
        "redis": "redis://127.0.0.1:1/0",
        "postgresql": "postgresql://ashar@127.0.0.1:2/ashar",
    }


def test_run_closes_with_what_was_not_here(tmp_path: Path) -> None:
    (tmp_path / "test_search.py").write_text(NEEDS_ELASTICSEARCH)
    plugins = ["-p", "tests.conftest", "-c", str(addresses.ROOT / "pyproject.toml")]
    command = [sys.executable, "-m", "pytest", *plugins, "--rootdir", str(tmp_path), "-q", str(tmp_path)]

    said = subprocess.run(command, cwd=addresses.ROOT, capture_output=True, text=True, check=False, env=_plain())

    assert "Elasticsearch: 1 tests skipped" in said.stdout
    assert said.returncode == 0, said.stdout + said.stderr


def _plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "REQUIRE_SERVICES"}
