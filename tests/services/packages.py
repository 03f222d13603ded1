"""Debian's packages that tests can use, and where their programs are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# program: the packages that bring it (chromium without fonts draws blank pages, without an error)
PACKAGES = {
    "initdb": ["postgresql"],
    "redis-server": ["redis-server"],
    "chromium": ["chromium", "fonts-dejavu-core", "fonts-noto-core"],
    "msgfmt": ["gettext"],
}
ELSEWHERE = ("/usr/local/go/bin", "/usr/sbin", "/usr/local/bin")


def found(program: str) -> str:
    """Return the full path of `program`, also from folders that are seldom on PATH; empty when it is not here."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    folders = [os.environ.get("PATH", ""), *ELSEWHERE, *map(str, versions)]
    return shutil.which(program, path=os.pathsep.join(folders)) or ""


def missing() -> list[str]:
    """Return the packages whose programs are not here."""
    return [package for program, packages in PACKAGES.items() if not found(program) for package in packages]


def install() -> int:
    """Install what is missing, once; 1 with the command to run when we may not."""
    if not (packages := missing()):
        return 0
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not found("apt-get"):
        sys.stderr.write(f"Not here: {' '.join(packages)}. As root: apt-get update && {' '.join(command)}\n")
        return 1
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    sys.stderr.write(f"packages: {' '.join(packages)} ...\n")
    for step in (["apt-get", "update", "-qq"], command):
        subprocess.run(step, check=True, env=environment, stdout=subprocess.DEVNULL)
    return 0
