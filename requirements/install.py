"""Makes `.venv` and installs one hashed list of requirements into it, only when the list has changed.

`python3 requirements/install.py base|production|test|dev`. Needs Python 3.11 and nothing else; it still reads as Python on
older ones, in order to say so.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
VENV = FOLDER.parent / ".venv"
OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11")
# what each list already holds, because its .in file begins with `-r`
HOLDS = {
    "base": ["base"],
    "production": ["production", "base"],
    "test": ["test", "base"],
    "dev": ["dev", "test", "base"],
}


def main(arguments: list[str]) -> int:
    """Bring `.venv` up to date with the chosen list and return the exit code; a second run does nothing."""
    chosen = arguments[0] if arguments else "base"
    _move_to_a_newer_python()
    _refuse_without_venv()
    with (FOLDER.parent / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once wait for each other
        if is_current(chosen):
            return 0
        make_venv()
        return install(chosen)


def is_current(chosen: str, venv: Path = VENV, folder: Path = FOLDER) -> bool:
    """Say whether `venv` works and was last filled from this very list."""
    stamp = venv / f".installed-{chosen}"
    return stamp.exists() and stamp.read_text() == fingerprint(chosen, folder) and works(venv)


def works(venv: Path = VENV) -> bool:
    """Say whether the environment's Python starts: it does not after its folder moved or Python was upgraded away."""
    python = venv / "bin" / "python"
    return (
        python.exists()
        and subprocess.run([str(python), "-c", "import pip"], check=False, capture_output=True).returncode == 0
    )


def fingerprint(chosen: str, folder: Path = FOLDER) -> str:
    """Return the digest of the list and of the Python it is installed for."""
    return hashlib.sha256((folder / f"{chosen}.txt").read_bytes() + sys.version.encode()).hexdigest()


def make_venv(venv: Path = VENV) -> None:
    """Make the environment, replacing a broken one."""
    if works(venv):
        return
    say(f"Making {venv.name} with Python {sys.version.split()[0]} ...")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)


def install(chosen: str, venv: Path = VENV, folder: Path = FOLDER) -> int:
    """Install the list by its hashes, naming each package as it comes; keep a stamp only when all went well."""
    listed = folder / f"{chosen}.txt"
    count = sum("==" in line for line in listed.read_text().splitlines())
    say(f"Installing {count} packages from requirements/{listed.name} (only when it has changed):")
    started = time.monotonic()
    # `--no-compile`: Python compiles what is really used when it is first used, which is a small part
    options = [
        "--require-hashes",
        "--no-deps",
        "--no-compile",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar",
        "off",
    ]
    command = [str(venv / "bin" / "python"), "-m", "pip", "install", *options, "-r", str(listed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        words = list(_followed(pip.stdout or [], count))
    if pip.returncode != 0:
        say("".join(words[-15:]) + "\nInstalling did not work; pip's last words are above. Run it again to go on.")
        return 1
    for held in HOLDS[chosen]:
        (venv / f".installed-{held}").write_text(fingerprint(held, folder))
    say(f"  done in {time.monotonic() - started:.0f} s")
    return 0


def say(sentence: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def _followed(lines: Iterable[str], count: int) -> Iterator[str]:
    """Pass pip's lines through, showing which package it is at."""
    done = 0
    for line in lines:
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            done += 1
            name = line.split(": ")[-1].replace("Collecting ", "").split("==")[0].split()[0]
            _show(f"  {done}/{count} {name}")
        elif line.startswith("Installing collected"):
            _show("  putting them in place ...\n")
        yield line


def _show(state: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{state:<60}")
    elif state.endswith("\n") or state.split("/", maxsplit=1)[0].endswith("0"):
        sys.stderr.write(state.rstrip() + "\n")
    sys.stderr.flush()


def _move_to_a_newer_python() -> None:
    """Go on under a newer Python of this machine when the one we were started with is too old."""
    if sys.version_info >= OLDEST:
        return
    newer = next(filter(None, map(shutil.which, NEWER)), None)
    if newer:
        os.execv(newer, [newer, *sys.argv])
    sys.exit(f"Ashar needs Python 3.11 or newer; this is {sys.version.split()[0]}. make PYTHON=/path/to/another")


def _refuse_without_venv() -> None:
    """Debian ships Python without the two modules that make an environment."""
    if not all(map(find_spec, ("venv", "ensurepip"))):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        sys.exit(f"Python's venv module is not here. On Debian or Ubuntu: sudo apt install {package}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
