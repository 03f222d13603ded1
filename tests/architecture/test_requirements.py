"""What is installed is what was asked for: every list is pinned, hashed, in step with its .in file and with the others."""

import re

import pytest

from tests.architecture import sources

FOLDER = sources.ROOT / "requirements"
LISTS = ("base", "production", "test", "dev")
PIN = re.compile(r"^([A-Za-z0-9_.\[\],-]+)==([^\s;\\]+)", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.split("[", maxsplit=1)[0]).lower()


def pinned(name: str) -> dict[str, str]:
    return {normal(package): version for package, version in PIN.findall((FOLDER / f"{name}.txt").read_text())}


def asked(name: str) -> set[str]:
    lines = [line.split("#")[0].strip() for line in (FOLDER / f"{name}.in").read_text().splitlines()]
    return {normal(re.split(r"[<>=!~ ;]", line)[0]) for line in lines if line and not line.startswith("-")}


@pytest.mark.parametrize("name", LISTS)
def test_every_requirement_is_hashed(name: str) -> None:
    entries = re.split(r"\n(?=\S)", (FOLDER / f"{name}.txt").read_text())
    packages = [entry for entry in entries if PIN.match(entry)]

    assert [entry.split("\n")[0] for entry in packages if "--hash=sha256:" not in entry] == []
    assert {normal(PIN.match(entry)[1]) for entry in packages} == set(pinned(name))


@pytest.mark.parametrize("name", LISTS)
def test_list_is_in_step_with_what_was_asked(name: str) -> None:
    assert asked(name) - set(pinned(name)) == set()


@pytest.mark.parametrize("name", LISTS[1:])
def test_lists_agree_with_the_base(name: str) -> None:
    base, larger = pinned("base"), pinned(name)

    assert {package: larger.get(package) for package in base} == base


@pytest.mark.parametrize("name", LISTS)
def test_list_names_no_place_to_fetch_from(name: str) -> None:
    text = (FOLDER / f"{name}.txt").read_text()

    assert [line for line in text.splitlines() if "://" in line or line.startswith("-")] == []
