"""How the text of one environment variable becomes a value; a `ValueError` finishes the sentence "SITE_URL …"."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlsplit

Reader = Callable[[str], Any]
LIVE_KEYS = ("sk_live_", "rk_live_")
KEYS = (*LIVE_KEYS, "sk_test_", "rk_test_")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
MAIL_SERVICES = ("brevo", "mailersend", "mailgun", "postmark", "resend")
SHORTEST_SECRET = 50
NAMED_KEY = re.compile(r"([a-z0-9-]{1,16}):([A-Za-z0-9_-]{43})")  # 32 bytes, as secrets.token_urlsafe(32) writes them
HIGHEST_PORT = 65535 - 11  # the sandbox stands eleven above


def flag(text: str) -> bool:
    """Read 0 or 1."""
    return text == "1" if text in {"0", "1"} else _refuse("must be 0 or 1")


def count(text: str) -> int:
    """Read a whole number, zero or more."""
    return int(text) if text.isascii() and text.isdigit() else _refuse("must be a whole number")


def port(text: str) -> int:
    """Read a port that needs no special rights and leaves room for the sandbox."""
    number = count(text)
    return number if 0 < number <= HIGHEST_PORT else _refuse(f"must be between 1 and {HIGHEST_PORT}")


def words(text: str) -> list[str]:
    """Read words separated by spaces or commas; at least one."""
    return text.replace(",", " ").split() or _refuse("must name at least one")


def folder(text: str) -> Path:
    """Read a folder; a relative one starts where the command does."""
    return Path(text).expanduser().absolute()


def secret_key(text: str) -> str:
    """Read a key long enough to be one."""
    return text if len(text) >= SHORTEST_SECRET else _refuse(f"must have {SHORTEST_SECRET} characters or more")


def secret_keys(text: str) -> tuple[str, ...]:
    """Read keys separated by spaces or commas, each long enough to be one."""
    return tuple(secret_key(word) for word in words(text))


def key_ring(text: str) -> tuple[tuple[str, bytes], ...]:
    """Read keys with their ids, the newest first: `2026b:KEY 2026a:KEY`, each 32 bytes in base64url."""
    ring = tuple(_named_key(word) for word in words(text))
    return ring if len(dict(ring)) == len(ring) else _refuse("gives two keys one id")


def stripe_key(text: str) -> str:
    """Read a secret or restricted key of Stripe; a publishable key is refused, it can do nothing here."""
    return text if text.startswith(KEYS) else _refuse("must start with sk_test_, rk_test_, sk_live_ or rk_live_")


def bucket(text: str) -> str:
    """Read the address of a bucket: its name, its key if it has one, and the region or the endpoint where it stands."""
    parts = _parts(text)
    asked = dict(parse_qsl(parts.query))
    stands = asked.get("region") or urlsplit(asked.get("endpoint", "")).scheme in {"http", "https"}
    is_whole = parts.scheme == "s3" and parts.hostname and stands and asked.keys() <= {"region", "endpoint"}
    return (
        text
        if is_whole
        else _refuse("must look like s3://key:secret@bucket?region=eu-central-1 or ?endpoint=https://…")
    )


def mail_address(text: str) -> str:
    """Read where mail goes: a mail server, or a mail service that anymail knows, with its key."""
    parts = _parts(text)
    known = ("smtp", "smtps", "smtp+tls", *(f"anymail+{name}" for name in MAIL_SERVICES))
    if parts.scheme not in known:
        _refuse(f"must start with {'://, '.join(known)}://")
    if parts.scheme.startswith("anymail+") and not parts.username:
        _refuse(f"must look like {parts.scheme}://KEY@")
    return text


def web_address(text: str) -> str:
    """Read the address of a site: scheme and host, no path."""
    parts = _parts(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        _refuse("must look like https://ashar.example, without a path")
    return text.rstrip("/")


def feeds(text: str) -> tuple[str, ...]:
    """Read addresses of files to believe, separated by spaces or commas: https, or this machine itself."""
    return tuple(_feed(word) for word in words(text))


def address(*schemes: str) -> Reader:
    """Return a reader of addresses that start with one of `schemes`."""

    def read(text: str) -> str:
        parts = _parts(text)
        return text if parts.scheme in schemes else _refuse(f"must start with {schemes[0]}://")

    return read


def _named_key(word: str) -> tuple[str, bytes]:
    match = NAMED_KEY.fullmatch(word)
    return (
        (match[1], urlsafe_b64decode(match[2] + "="))
        if match
        else _refuse("must look like 2026a:KEY, KEY 43 characters")
    )


def _feed(text: str) -> str:
    parts = _parts(text)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    return text if is_safe and parts.hostname else _refuse("must start with https://")


def _parts(text: str) -> Any:  # noqa: ANN401 - urllib's own split result
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        _refuse("is not an address")
    return parts


def _refuse(sentence: str) -> NoReturn:
    raise ValueError(sentence)
