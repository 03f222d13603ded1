"""`platform/` is a source root and never a package: with an `__init__.py` Celery, manage.py and pytest break, unevenly."""

import platform
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.architecture import sources

ROOT = sources.ROOT
PACKAGES = ("config", "ashar", "diaspora", "grants", "cms", "search", "tests")
UNTELLING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base_utils", "tools"}


def test_platform_is_the_standard_library() -> None:
    assert Path(platform.__file__).parent == Path(sysconfig.get_path("stdlib"))


def test_platform_is_no_package() -> None:
    assert not (ROOT / "platform" / "__init__.py").exists()


def test_manage_stands_on_the_source_root_by_itself(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "version"]

    done = subprocess.run(command, cwd=tmp_path, env={"PATH": ""}, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", PACKAGES)
def test_package_is_imported_from_this_repository(name: str) -> None:
    module = __import__(name)

    assert Path(module.__file__ or "").resolve().is_relative_to(ROOT)


def test_every_folder_of_python_is_a_package() -> None:
    folders = {path.parent for path in [*sources.source_files(), *sources.test_files()]}

    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_names_of_modules_tell_what_is_inside() -> None:
    modules = [*sources.source_files(), *sources.test_files()]

    assert [str(path) for path in modules if path.stem in UNTELLING or path.parent.name in UNTELLING] == []
