"""Django's settings for what an address in the environment points at: the database, the mail server and the files."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SMTP = "django.core.mail.backends.smtp.EmailBackend"
MAILBOX = "ashar.notices.mailbox.MailboxBackend"
FILES = "django.core.files.storage.FileSystemStorage"
S3 = "storages.backends.s3.S3Storage"
SIGNED_FOR_SECONDS = 7 * 24 * 3600  # how long an address of a picture works: a shared link shows it for some days
# By the service's name in EMAIL_URL: what anymail calls its key.
MAIL_KEYS = {
    "brevo": "BREVO_API_KEY",
    "mailersend": "MAILERSEND_API_TOKEN",
    "mailgun": "MAILGUN_API_KEY",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "resend": "RESEND_API_KEY",
}
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
    """Return Django's EMAIL_* settings for an EMAIL_URL; an empty one means the demo's mailbox.

    `smtp://user:password@host:port` (or smtps, smtp+tls), or `anymail+postmark://TOKEN@`; Mailgun's host is the domain
    that mails are sent from.
    """
    parts = urlsplit(url)
    if not url:
        return {"EMAIL_BACKEND": MAILBOX}
    return _mail_service(parts) if parts.scheme.startswith("anymail+") else _mail_server(parts)


def files(url: str) -> dict[str, Any]:
    """Return the STORAGES entry for a FILE_STORAGE; an empty one means files under MEDIA_ROOT.

    `s3://key:secret@bucket?region=eu-central-1` for Amazon, `?endpoint=https://…` for others. Without a key, the host's
    own rights count. The bucket stays private: every address is signed.
    """
    if not url:
        return {"BACKEND": FILES}
    parts, asked = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    region = asked.get("region") or None
    options = {
        "bucket_name": _bucket(parts),
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "region_name": region,
        "endpoint_url": asked.get("endpoint") or f"https://s3.{region}.amazonaws.com",
        "addressing_style": "path" if "endpoint" in asked else "virtual",
        "signature_version": "s3v4",
        "file_overwrite": False,
        "default_acl": None,
        "querystring_expire": SIGNED_FOR_SECONDS,
    }
    return {"BACKEND": S3, "OPTIONS": options}


def origin_of_files(url: str) -> list[str]:
    """Return the origins that pages must be allowed to show pictures from, beside the site's own."""
    if not url:
        return []
    options = files(url)["OPTIONS"]
    stands = urlsplit(options["endpoint_url"])
    is_virtual = options["addressing_style"] == "virtual"
    return [f"{stands.scheme}://{options['bucket_name'] + '.' if is_virtual else ''}{stands.netloc}"]


def _mail_server(parts: SplitResult) -> dict[str, Any]:
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }


def _mail_service(parts: SplitResult) -> dict[str, Any]:
    service = parts.scheme.removeprefix("anymail+")
    said = {MAIL_KEYS[service]: unquote(parts.username or ""), "REQUESTS_TIMEOUT": 10}
    domain = {"MAILGUN_SENDER_DOMAIN": parts.hostname} if service == "mailgun" and parts.hostname else {}
    return {"EMAIL_BACKEND": f"anymail.backends.{service}.EmailBackend", "ANYMAIL": said | domain}


def _bucket(parts: SplitResult) -> str:
    """Return the host as it is written: a name of a bucket may have capitals on old endpoints."""
    return parts.netloc.rpartition("@")[2]


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
