"""stripe-mock: Stripe's own checker of requests, built from the Go module proxy at a fixed version."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.services import addresses, packages, processes

PROGRAM = "stripe-mock"
MODULE = "github.com/stripe/stripe-mock"
VERSION = "v0.203.0"  # describes API version 2026-08-26.dahlia, which settings.STRIPE_API_VERSION must equal


def install(folder: Path) -> int:
    """Build stripe-mock once and lay Stripe's description (`openapi.json`) beside it; 1 when Go is not here."""
    home = folder / "stripe-mock"
    if _binary(folder).exists():
        return 0
    go = packages.found("go")
    if not go:
        sys.stderr.write("stripe-mock: Go (1.21 or newer) is not here; https://go.dev/dl/ has it.\n")
        return 1
    home.mkdir(parents=True, exist_ok=True)
    sys.stderr.write(f"stripe-mock: building {VERSION} ...\n")
    environment = os.environ | {"GOBIN": str(home), "GOFLAGS": "-modcacherw"}
    subprocess.run([go, "install", f"{MODULE}@{VERSION}"], check=True, env=environment)
    cache = subprocess.run([go, "env", "GOMODCACHE"], check=True, capture_output=True, text=True).stdout.strip()
    shutil.copyfile(Path(cache) / f"{MODULE}@{VERSION}/embedded/openapi/spec3.json", home / "openapi.json")
    return 0


def is_installed(folder: Path) -> bool:
    """Say whether it has been built here."""
    return _binary(folder).exists()


def start(folder: Path) -> None:
    """Start stripe-mock unless it already answers; raises `RuntimeError` with its log when it does not come up."""
    home = folder / "stripe-mock"
    if processes.lives(processes.kept_pid(home / "pid"), PROGRAM) and addresses.answering(PROGRAM, folder):
        return
    stop(folder)
    port = processes.port_for(PROGRAM, folder)
    # `-http-port` would bind every interface, and without `-https-addr` HTTPS would.
    options = ["-http-addr", f"127.0.0.1:{port}", "-https-addr", "127.0.0.1:0", "-strict-version-check"]
    processes.launch([str(_binary(folder)), *options], folder=home)
    if not processes.waited(lambda: addresses.is_open(port)):
        raise RuntimeError((home / "log").read_text())
    addresses.remember(PROGRAM, f"http://127.0.0.1:{port}", folder)


def stop(folder: Path) -> None:
    """Stop the stripe-mock that this folder started."""
    processes.end(processes.kept_pid(folder / "stripe-mock" / "pid"), PROGRAM)


def _binary(folder: Path) -> Path:
    return folder / "stripe-mock" / PROGRAM
