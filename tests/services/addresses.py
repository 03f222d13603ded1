"""Where the started services answer: one small file, written by `start`, read by tests."""

import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "services"


def remembered(folder: Path = FOLDER) -> dict[str, str]:
    """Return name → address as last written, whether or not anything answers there."""
    try:
        return json.loads((folder / "addresses.json").read_text())
    except FileNotFoundError:
        return {}


def remember(name: str, address: str, folder: Path = FOLDER) -> None:
    """Keep `address` under `name`; the file is replaced whole, so a reader never sees half of it."""
    known = remembered(folder) | {name: address}
    fresh = folder / "addresses.json.new"
    fresh.write_text(json.dumps(known, indent=1))
    fresh.replace(folder / "addresses.json")


def answering(name: str, folder: Path = FOLDER) -> str:
    """Return the remembered address of `name` when its port is open, else an empty string."""
    address = remembered(folder).get(name, "")
    return address if address and is_open(port_of(address)) else ""


def port_of(address: str) -> int:
    """Return the port in `address`."""
    return urlsplit(address).port or 0


def is_open(port: int) -> bool:
    """Say whether something listens on the loopback `port`."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
