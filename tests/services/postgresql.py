"""A PostgreSQL cluster of our own: Kyrgyz sort order, UTF-8, loopback only, nothing promised across a power cut."""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
from pathlib import Path

from tests.services import addresses, packages, processes

PROGRAM = "postgres"
USER = "ashar"
# Without a stated encoding and collation initdb takes the host's: often SQL_ASCII, where lower('ӨЗГӨН') changes nothing.
INITDB = [
    f"--username={USER}", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8",
    "--locale-provider=icu", "--icu-locale=ky-KG", "--no-sync",
]  # fmt: skip
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
jit = off
"""


def is_installed(_folder: Path) -> bool:
    """Say whether Debian's package is here."""
    return bool(packages.found("initdb"))


def start(folder: Path) -> None:
    """Make the cluster once and start it unless it already answers; raises `RuntimeError` with its log otherwise."""
    data = home(folder) / "data"
    if _lives(data) and addresses.answering("postgresql", folder):
        return
    stop(folder)
    (data / "postmaster.pid").unlink(missing_ok=True)  # nobody behind it: a kill -9 or a reused number left it
    _create(data)
    port = processes.port_for("postgresql", folder)
    _run(_server(data, port), log=data.parent / "log")
    addresses.remember("postgresql", f"postgresql://{USER}@127.0.0.1:{port}/{USER}", folder)
    _create_database(port)


def stop(folder: Path) -> None:
    """Stop this folder's cluster without waiting for its clients."""
    processes.end(processes.kept_pid(home(folder) / "data" / "postmaster.pid"), PROGRAM, sign=signal.SIGINT)


def home(folder: Path) -> Path:
    """Return the folder of the cluster: under `folder`, or under /var/tmp when the `postgres` user could not get there."""
    path = folder.resolve() / "postgresql"
    if os.geteuid() == 0 and not all(parent.stat().st_mode & stat.S_IXOTH for parent in folder.resolve().parents):
        return Path("/var/tmp") / f"ashar-{hashlib.sha256(bytes(path)).hexdigest()[:12]}"
    return path


def _lives(data: Path) -> bool:
    return processes.lives(processes.kept_pid(data / "postmaster.pid"), PROGRAM)


def _create(data: Path) -> None:
    if (data / "PG_VERSION").exists() and (data / "ashar.conf").exists():
        return
    shutil.rmtree(data, ignore_errors=True)  # half made by an interrupted start
    data.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(data.parent, "postgres", "postgres")
    _run([packages.found("initdb"), f"--pgdata={data}", *INITDB], log=data.parent / "log")
    with (data / "postgresql.conf").open("a") as settings:
        settings.write("include 'ashar.conf'\n")
    (data / "ashar.conf").write_text(SETTINGS)
    (data / "ashar.conf").chmod(0o644)


def _server(data: Path, port: int) -> list[str]:
    options = ["-w", "-t", "60", "-l", str(data.parent / "server.log"), "-o", f"-p {port}"]
    return [packages.found("pg_ctl"), "-D", str(data), *options, "start"]


def _create_database(port: int) -> None:
    login = ["-h", "127.0.0.1", "-p", str(port), "-U", USER]
    exists = [
        packages.found("psql"),
        *login,
        "-d",
        "postgres",
        "-Atc",
        f"select 1 from pg_database where datname = '{USER}'",
    ]
    if not subprocess.run(exists, check=True, capture_output=True).stdout.strip():
        subprocess.run([packages.found("createdb"), *login, USER], check=True)


def _run(command: list[str], *, log: Path) -> None:
    """Run `command` as `postgres` when we are root, which PostgreSQL refuses to be."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with log.open("wb") as output:
        done = subprocess.run(
            [*prefix, *command], cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False
        )
    if done.returncode:
        raise RuntimeError(log.read_text())
