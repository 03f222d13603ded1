"""What an address in the environment becomes in Django's settings, and what the database then really does."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.settings import storing
from config.settings.queue import queue_settings


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", "/srv/var/ashar.sqlite3"),
        ("sqlite:////tmp/books.sqlite3", "/tmp/books.sqlite3"),
        ("sqlite:///tmp/books.sqlite3", "/tmp/books.sqlite3"),
        ("sqlite://", "/srv/var/ashar.sqlite3"),
    ],
)
def test_sqlite_stands_where_its_address_says(url: str, path: str) -> None:
    entry = storing.database(url, Path("/srv/var"))

    assert (entry["ENGINE"], entry["NAME"]) == ("django.db.backends.sqlite3", Path(path))


def test_postgresql_address_is_taken_apart_and_unquoted() -> None:
    entry = storing.database("postgresql://asha%40r:p%2Fw@db.example:5433/books", Path("/srv/var"))

    kept = {name: entry[name] for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert kept == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "books",
        "USER": "asha@r",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
    }


def test_postgresql_never_waits_for_ever() -> None:
    options = storing.database("postgresql://ashar@db/books", Path("/srv/var"))["OPTIONS"]["options"]

    assert options == "-c statement_timeout=15000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=30000"


@pytest.mark.django_db
@pytest.mark.skipif(
    not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="asks SQLite's own settings"
)
def test_sqlite_keeps_what_triggers_and_keys_promise() -> None:
    asked = ("journal_mode", "foreign_keys", "recursive_triggers", "busy_timeout")
    with connection.cursor() as cursor:
        answers = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}

    assert answers == {"journal_mode": "wal", "foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 20000}


def test_site_writes_money_through_to_the_disk() -> None:
    entry = storing.database("", Path("/srv/var"))

    assert "PRAGMA synchronous=FULL" in entry["OPTIONS"]["init_command"]
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtps://mail.example", 465, True, False),
        ("smtp+tls://mail.example", 587, False, True),
        ("smtp+tls://mail.example:2525", 2525, False, True),
    ],
)
def test_mail_goes_as_its_address_says(url: str, port: int, ssl: bool, tls: bool) -> None:
    assert storing.mail(url) == {
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "EMAIL_USE_SSL": ssl,
        "EMAIL_USE_TLS": tls,
        "EMAIL_TIMEOUT": 10,
    }


def test_mail_password_is_unquoted() -> None:
    entry = storing.mail("smtps://robot%40ashar.example:s%3Acret@mail.example")

    assert (entry["EMAIL_HOST_USER"], entry["EMAIL_HOST_PASSWORD"]) == ("robot@ashar.example", "s:cret")


def test_without_an_address_no_mail_leaves() -> None:
    assert storing.mail("") == {}


def test_queue_is_redis_where_there_is_one() -> None:
    assert queue_settings("redis://queue:6379/0", Path("/srv/var/queue")) == {
        "CELERY_BROKER_URL": "redis://queue:6379/0",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {"visibility_timeout": 900},
    }


def test_queue_is_a_folder_otherwise() -> None:
    options = queue_settings("", Path("/srv/var/queue"))["CELERY_BROKER_TRANSPORT_OPTIONS"]

    assert options == {
        "data_folder_in": "/srv/var/queue/messages",
        "data_folder_out": "/srv/var/queue/messages",
        "control_folder": "/srv/var/queue/control",
    }
