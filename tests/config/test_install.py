"""The script that fills `.venv` does it once, says what is wrong in one sentence, and believes only what it finished."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from config.settings.environment import ROOT

SCRIPT = ROOT / "requirements" / "install.py"


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ashar_install", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


install = _loaded()


@pytest.fixture(scope="module")
def venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed") / ".venv"
    install.make_venv(folder)
    return folder


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "base.txt").write_text("")
    (tmp_path / "test.txt").write_text("# nothing either\n")
    return tmp_path


def test_script_can_still_be_read_by_an_old_python() -> None:
    ast.parse(SCRIPT.read_text(), feature_version=(3, 8))


def test_script_needs_only_the_standard_library() -> None:
    imported = {node.names[0].name for node in ast.walk(ast.parse(SCRIPT.read_text())) if isinstance(node, ast.Import)}

    assert imported - sys.stdlib_module_names == set()


def test_second_time_nothing_is_left_to_do(venv: Path, lists: Path) -> None:
    before = install.is_current("base", venv, lists)
    install.install("base", venv, lists)

    assert (before, install.is_current("base", venv, lists)) == (False, True)


def test_changed_list_is_installed_again(venv: Path, lists: Path) -> None:
    install.install("base", venv, lists)

    (lists / "base.txt").write_text("# one more line\n")

    assert not install.is_current("base", venv, lists)


def test_list_of_the_tests_holds_the_base(venv: Path, lists: Path) -> None:
    install.install("test", venv, lists)

    assert install.is_current("base", venv, lists)


def test_package_with_another_hash_is_refused_and_not_believed(
    venv: Path, lists: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = lists / "planted-1.0-py3-none-any.whl"
    wheel.write_bytes(b"not what was asked for")
    (lists / "base.txt").write_text(f"planted @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n")

    assert install.install("base", venv, lists) == 1
    assert "DO NOT MATCH THE HASHES" in capsys.readouterr().err
    assert not install.is_current("base", venv, lists)


def test_moved_environment_is_made_anew(tmp_path: Path, venv: Path) -> None:
    broken = tmp_path / ".venv"
    (broken / "bin").mkdir(parents=True)
    (broken / "bin" / "python").symlink_to("/nowhere/python")

    assert (install.works(venv), install.works(broken)) == (True, False)


def test_old_python_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(sys, "version", "3.9.2 (default)")
    monkeypatch.setattr(install.shutil, "which", lambda _name: None)

    with pytest.raises(
        SystemExit, match=r"^Ashar needs Python 3.11 or newer; this is 3.9.2. make PYTHON=/path/to/another$"
    ):
        install.main(["base"])


def test_old_python_hands_over_to_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(install.shutil, "which", {"python3.12": "/usr/bin/python3.12"}.get)
    monkeypatch.setattr(os, "execv", lambda path, arguments: started.append((path, arguments)))
    monkeypatch.setattr(sys, "exit", lambda _code: None)

    install._move_to_a_newer_python()

    assert started == [("/usr/bin/python3.12", ["/usr/bin/python3.12", *sys.argv])]


def test_missing_venv_module_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "find_spec", lambda name: None if name == "ensurepip" else object())

    package = f"python3.{sys.version_info[1]}-venv"
    sentence = f"Python's venv module is not here. On Debian or Ubuntu: sudo apt install {package}"
    with pytest.raises(SystemExit, match=f"^{sentence}$"):
        install.main(["base"])


def test_missing_python_is_one_sentence() -> None:
    command = ["make", "--no-print-directory", "run", "PYTHON=no-such-python"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert done.stdout.splitlines() == ["Ashar needs Python 3.11 or newer, and no-such-python is not here."]


def test_plain_make_lists_the_verbs() -> None:
    done = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)

    listed = [line.split()[1] for line in done.stdout.splitlines()]
    assert listed == [
        "help",
        "run",
        "test",
        "check",
        "bench",
        "shots",
        "shape",
        "coverage",
        "fmt",
        "docs",
        "requirements",
    ]
