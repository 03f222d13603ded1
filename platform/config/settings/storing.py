"""Django's settings for what an address in the environment points at: the database and the mail server."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}


def database(url: str, var_dir: Path) -> dict[str, Any]:
    """Return Django's DATABASES entry for `url`; an empty one means SQLite under `var_dir`."""
    parts = urlsplit(url)
    if parts.scheme in {"", "sqlite"}:
        return _sqlite(
            Path(parts.path[1:]) if parts.path.startswith("//") else Path(parts.path or var_dir / "ashar.sqlite3")
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000"
        },
    }


def mail(url: str) -> dict[str, Any]:
    """Return Django's EMAIL_* settings for `smtp://user:password@host:port` (or smtps, smtp+tls); none for an empty URL."""
    if not url:
        return {}
    parts = urlsplit(url)
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """WAL for readers beside a writer, IMMEDIATE so that read-then-write cannot deadlock, FULL because it is money."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA recursive_triggers=ON; PRAGMA busy_timeout=20000;",
        },
    }
