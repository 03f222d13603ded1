"""`manage.py run` says one clear sentence when it cannot, and where to look when it can."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from django.core.management.base import CommandError

from cms.demo import signins
from config.management.commands import run
from config.settings import environment
from tests.seed import ROOT


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that is taken while the one of a site with its sandbox there is free."""
    with ExitStack() as owners:
        for _ in range(100):
            port: int = owners.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1]
            if _is_free(port - environment.SANDBOX_PORT_AFTER):
                break
        yield port


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def test_taken_port_is_one_sentence(taken_port: int) -> None:
    env = environment.read({"PORT": str(taken_port)})

    sentence = f"Port {taken_port} is taken by another program. Choose another: make run PORT={taken_port + 100}"
    with pytest.raises(CommandError, match=f"^{sentence}$"):
        run.refuse_taken_ports(env)


def test_port_taken_under_the_sandbox_is_named_too(taken_port: int) -> None:
    env = environment.read({"PORT": str(taken_port - environment.SANDBOX_PORT_AFTER)})

    with pytest.raises(CommandError, match=f"^Port {taken_port} is taken"):
        run.refuse_taken_ports(env)


@pytest.mark.parametrize("port", ["abc", "0", "99999"])
def test_a_port_that_is_none_is_one_sentence(port: str) -> None:
    said = subprocess.run(
        [sys.executable, "manage.py", "run"],
        cwd=ROOT,
        env=os.environ | {"PORT": port},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stdout) == (1, "")
    assert re.fullmatch(r"Environment: PORT must be [\w ]+\. See docs/how-to/settings\.md\.\n", said.stderr)


def test_second_supervisor_over_one_folder_is_refused(tmp_path) -> None:
    first = environment.read({"VAR_DIR": str(tmp_path), "PORT": "8400"})
    second = environment.read({"VAR_DIR": str(tmp_path), "PORT": "8500"})

    with run.only_one_in_folder(first), pytest.raises(CommandError) as refused, run.only_one_in_folder(second):
        pytest.fail("two supervisors would share one database and one queue")

    assert str(refused.value) == (
        f"Ashar already runs from {tmp_path} at http://localhost:8400. "
        "A second one needs a folder of its own: make run PORT=8600 VAR_DIR=var-8600"
    )


def test_folder_is_free_again_afterwards(tmp_path) -> None:
    env = environment.read({"VAR_DIR": str(tmp_path)})

    for _ in range(2):
        with run.only_one_in_folder(env):
            assert (tmp_path / "run.lock").read_text() == "http://localhost:8000"


def test_welcome_gives_the_address_and_the_sign_ins() -> None:
    said = [line.strip() for line in run.welcome(environment.read({"PORT": "8400"})).splitlines()]

    assert said[1] == "Ashar is here: http://localhost:8400/"
    assert [line.split()[0] for line in said if "@demo.example" in line] == [
        person.email for person in signins.SIGN_INS
    ]
    assert f"Sign in at http://localhost:8400/ky/accounts/login/ with the password {signins.PASSWORD}:" in said


def test_welcome_shows_no_sign_ins_outside_the_demo() -> None:
    ministry = replace(environment.read({}), demo=False, site_url="https://ashar.example")

    assert [line.strip() for line in run.welcome(ministry).splitlines()] == [
        "",
        "Ashar is here: https://ashar.example/",
        "",
        "Ctrl-C stops everything.",
    ]
