"""Each service starts, starts again, survives what happens to it on a shared machine, and stops; all of it real."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services_needed
from tests.services import addresses, packages, postgresql, processes, redis, stripe_mock
from tests.services.__main__ import DAEMONS


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for daemon in DAEMONS.values():
        daemon.stop(tmp_path)
    shutil.rmtree(postgresql.home(tmp_path), ignore_errors=True)


@pytest.fixture
def with_redis(folder: Path) -> Path:
    services_needed.need("redis")
    redis.start(folder)
    return folder


@pytest.fixture
def with_postgresql(folder: Path) -> Path:
    services_needed.need("postgresql")
    postgresql.start(folder)
    return folder


def run(verb: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.services", verb, "--folder", str(folder)]
    return subprocess.run(command, cwd=addresses.ROOT, capture_output=True, text=True, check=False, timeout=120)


def query(folder: Path, sql: str) -> list[str]:
    command = [packages.found("psql"), addresses.answering("postgresql", folder), "-Atc", sql]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def test_redis_answers_where_it_says(with_redis: Path) -> None:
    port = addresses.port_of(addresses.answering("redis", with_redis))

    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"PING\r\n")
        assert connection.recv(16) == b"+PONG\r\n"


def test_second_start_changes_nothing(with_redis: Path) -> None:
    before = (with_redis / "redis" / "pid").read_text(), addresses.remembered(with_redis)

    redis.start(with_redis)

    assert ((with_redis / "redis" / "pid").read_text(), addresses.remembered(with_redis)) == before


def test_killed_service_starts_again_on_its_port(with_redis: Path) -> None:
    address, pid = addresses.answering("redis", with_redis), processes.kept_pid(with_redis / "redis" / "pid")
    os.kill(pid, signal.SIGKILL)
    assert processes.waited(lambda: not processes.lives(pid, redis.PROGRAM))

    redis.start(with_redis)

    assert addresses.answering("redis", with_redis) == address


def test_taken_port_is_left_to_its_owner(with_redis: Path) -> None:
    address = addresses.answering("redis", with_redis)
    redis.stop(with_redis)
    with socket.create_server(("127.0.0.1", addresses.port_of(address))):
        redis.start(with_redis)

        assert addresses.answering("redis", with_redis) != address


def test_stop_twice_is_quiet(with_redis: Path) -> None:
    redis.stop(with_redis)
    redis.stop(with_redis)

    assert addresses.answering("redis", with_redis) == ""


def test_two_starts_at_once_make_one_service(folder: Path) -> None:
    services_needed.need("redis")
    command = [sys.executable, "-m", "tests.services", "start", "--folder", str(folder)]
    both = [subprocess.Popen(command, cwd=addresses.ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    said = [process.communicate(timeout=120)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1]
    assert run("status", folder).returncode == 0


def test_status_tells_a_dead_service_from_a_living_one(with_redis: Path) -> None:
    redis.stop(with_redis)

    said = run("status", with_redis)

    assert said.returncode == 1
    assert "redis        not here" in said.stdout


def test_env_points_the_site_at_what_answers(with_redis: Path) -> None:
    address = addresses.answering("redis", with_redis)

    assert run("env", with_redis).stdout == f"export REDIS_URL={address}\n"


def test_unknown_verb_is_refused(folder: Path) -> None:
    assert run("restart", folder).returncode == 2


def test_postgresql_sorts_and_lowers_kyrgyz(with_postgresql: Path) -> None:
    letters = "я ө ё е ң н ү у а"
    sql = f"select w from unnest(string_to_array('{letters}', ' ')) w order by w"

    assert query(with_postgresql, sql) == ["а", "е", "ё", "н", "ң", "ө", "у", "ү", "я"]
    assert query(with_postgresql, "select lower('ӨЗГӨН')") == ["өзгөн"]


def test_postgresql_listens_on_loopback_only(with_postgresql: Path) -> None:
    assert query(with_postgresql, "show listen_addresses") == ["127.0.0.1"]
    assert query(with_postgresql, "show unix_socket_directories") == []


def test_killed_postgresql_starts_again_with_its_data(with_postgresql: Path) -> None:
    query(with_postgresql, "create table kept ()")
    query(with_postgresql, "checkpoint")
    pid = processes.kept_pid(postgresql.home(with_postgresql) / "data" / "postmaster.pid")
    os.kill(pid, signal.SIGKILL)
    processes.waited(lambda: not processes.lives(pid, postgresql.PROGRAM))

    postgresql.start(with_postgresql)

    assert query(with_postgresql, "select count(*) from pg_tables where tablename = 'kept'") == ["1"]


def test_lock_file_of_a_reused_number_is_not_believed(with_postgresql: Path) -> None:
    postgresql.stop(with_postgresql)
    lock = postgresql.home(with_postgresql) / "data" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n")

    postgresql.start(with_postgresql)

    assert query(with_postgresql, "select 1") == ["1"]


def test_cluster_half_made_is_made_anew(folder: Path) -> None:
    services_needed.need("postgresql")
    data = postgresql.home(folder) / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("15\n")

    postgresql.start(folder)

    assert query(folder, "select 1") == ["1"]


def test_zombie_does_not_live() -> None:
    child = subprocess.Popen(["sleep", "60"])
    assert processes.waited(lambda: processes.lives(child.pid, "sleep"))

    child.kill()

    assert processes.waited(lambda: not processes.lives(child.pid, "sleep"))
    os.kill(child.pid, 0)  # still greeted: this is the trap
    child.wait()


def test_other_program_under_the_same_number_does_not_live() -> None:
    assert not processes.lives(os.getpid(), "redis-server")


def test_stubborn_process_is_made_to_end() -> None:
    deaf = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"]
    child = subprocess.Popen(deaf)
    name = Path(f"/proc/{child.pid}/stat").read_text().split("(")[1].split(")")[0]

    processes.end(child.pid, name, sign=signal.SIGKILL)

    assert child.wait(timeout=5) == -signal.SIGKILL


def test_stripe_mock_refuses_an_unknown_parameter(folder: Path) -> None:
    address = services_needed.need("stripe-mock")
    request = "POST /v1/refunds HTTP/1.0\r\nAuthorization: Bearer sk_test_1\r\nContent-Length: 9\r\n\r\nwrong=yes"
    with socket.create_connection(("127.0.0.1", addresses.port_of(address))) as connection:
        connection.sendall(request.encode())
        assert connection.recv(64).startswith(b"HTTP/1.0 400")
    assert (addresses.FOLDER / "stripe-mock" / "openapi.json").stat().st_size > 1_000_000
    assert not stripe_mock.is_installed(folder)


def test_missing_packages_are_named_to_one_who_may_not_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(packages, "PACKAGES", {"no-such-program": ["no-such-package"]})
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert packages.install() == 1
    assert "no-such-package" in capsys.readouterr().err
