"""The import contracts of pyproject.toml hold, and the linter that keeps them really refuses."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import sources

LINTER = Path(sys.executable).parent / "lint-imports"
WRONG_WAY = {
    "kernel imports a part": ("platform/ashar/money/planted.py", "from diaspora import apps\n"),
    "one part imports the other": ("grants/planted.py", "from diaspora import apps\n"),
    "a part imports the CMS": ("diaspora/planted.py", "from cms import apps\n"),
    "the root is imported": ("cms/planted.py", "from config import urls\n"),
    "the ledger speaks to the provider": ("platform/ashar/ledger/planted.py", "import stripe\n"),
    "a noun that nobody listed speaks to the provider": ("platform/ashar/planted.py", "import stripe\n"),
    "a verb of payments goes past the gateway": ("platform/ashar/payments/planted.py", "import stripe\n"),
    "the CMS speaks to Elasticsearch": ("cms/planted.py", "import elasticsearch\n"),
    "a verb knows Wagtail": ("diaspora/planted.py", "from wagtail.models import Page\n"),
    "a row knows its face": ("diaspora/models/planted.py", "from diaspora.web import urls\n"),
    "money knows the ledger": ("platform/ashar/money/planted.py", "from ashar.ledger import apps\n"),
}


@pytest.fixture(scope="module")
def copied_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    for part in sources.PARTS:
        ignored = shutil.ignore_patterns("*.mo", "static", "templates", "__pycache__", "locale")
        shutil.copytree(sources.ROOT / part, folder / part, ignore=ignored)
    shutil.copy(sources.ROOT / "pyproject.toml", folder)
    return folder


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": f"{folder / 'platform'}{os.pathsep}{folder}"}
    command = [str(LINTER), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_every_contract_is_kept() -> None:
    done = lint(sources.ROOT)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("path", "line"), WRONG_WAY.values(), ids=WRONG_WAY.keys())
def test_wrong_way_is_refused(copied_house: Path, path: str, line: str) -> None:
    planted = copied_house / path
    planted.write_text(f'"""Planted."""\n\n{line}')

    done = lint(copied_house)
    planted.unlink()

    assert done.returncode == 1, done.stdout
    assert "BROKEN" in done.stdout
