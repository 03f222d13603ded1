"""What an address in the environment becomes in Django's settings, and what the database then really does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from config.settings import environment, reading, storing
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
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
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
    assert storing.mail("") == {"EMAIL_BACKEND": "ashar.notices.mailbox.MailboxBackend"}


@pytest.mark.parametrize(
    ("url", "service", "said"),
    [
        ("anymail+brevo://KeY@", "brevo", {"BREVO_API_KEY": "KeY"}),
        ("anymail+mailersend://mlsn.A@", "mailersend", {"MAILERSEND_API_TOKEN": "mlsn.A"}),
        (
            "anymail+mailgun://KeY@mg.ashar.example",
            "mailgun",
            {"MAILGUN_API_KEY": "KeY", "MAILGUN_SENDER_DOMAIN": "mg.ashar.example"},
        ),
        ("anymail+mailgun://KeY@", "mailgun", {"MAILGUN_API_KEY": "KeY"}),
        ("anymail+postmark://a%40b@", "postmark", {"POSTMARK_SERVER_TOKEN": "a@b"}),
        ("anymail+resend://re_K@", "resend", {"RESEND_API_KEY": "re_K"}),
    ],
)
def test_a_mail_service_is_told_its_key(url: str, service: str, said: dict[str, str]) -> None:
    assert storing.mail(url) == {
        "EMAIL_BACKEND": f"anymail.backends.{service}.EmailBackend",
        "ANYMAIL": said | {"REQUESTS_TIMEOUT": 10},
    }


def test_every_mail_service_that_is_read_has_a_name_for_its_key() -> None:
    assert tuple(storing.MAIL_KEYS) == reading.MAIL_SERVICES


USUAL = {"signature_version": "s3v4", "file_overwrite": False, "default_acl": None, "querystring_expire": 604_800}


def test_a_bucket_of_amazon_stands_in_its_region() -> None:
    url = "s3://AKey:se%2Fcret@ashar-pictures?region=eu-central-1"

    assert storing.files(url) == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": USUAL
        | {
            "bucket_name": "ashar-pictures",
            "access_key": "AKey",
            "secret_key": "se/cret",
            "region_name": "eu-central-1",
            "endpoint_url": "https://s3.eu-central-1.amazonaws.com",
            "addressing_style": "virtual",
        },
    }
    assert storing.origin_of_files(url) == ["https://ashar-pictures.s3.eu-central-1.amazonaws.com"]


def test_a_bucket_elsewhere_stands_at_its_endpoint_and_may_need_no_key() -> None:
    url = "s3://Pictures?endpoint=https://s3.ministry.example:9000"

    assert storing.files(url)["OPTIONS"] == USUAL | {
        "bucket_name": "Pictures",
        "access_key": None,
        "secret_key": None,
        "region_name": None,
        "endpoint_url": "https://s3.ministry.example:9000",
        "addressing_style": "path",
    }
    assert storing.origin_of_files(url) == ["https://s3.ministry.example:9000"]


def test_without_a_bucket_files_stay_here() -> None:
    assert storing.files("") == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    assert storing.origin_of_files("") == []


@pytest.mark.parametrize("package", ["django-anymail", "django-storages", "boto3", "requests"])
def test_what_these_addresses_need_is_in_the_hashed_requirements_of_production(package: str) -> None:
    lines = (environment.ROOT / "requirements" / "production.txt").read_text().splitlines()

    assert [line.split("==")[0] for line in lines if line.startswith(f"{package}==")] == [package]


def test_a_site_with_a_bucket_and_a_mail_service_has_them_in_its_settings() -> None:
    said = {
        "FILE_STORAGE": "s3://key:secret@pictures?region=eu-central-1",
        "EMAIL_URL": "anymail+postmark://token@",
    }
    asked = (
        "from django.conf import settings as s;"
        "print(s.STORAGES['default']['OPTIONS']['bucket_name'], s.MEDIA_IS_LOCAL, s.EMAIL_BACKEND,"
        " s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'][2])"
    )
    started = subprocess.run(
        [sys.executable, "-c", asked],
        env=os.environ | said | {"DJANGO_SETTINGS_MODULE": "config.settings.site", "PYTHONPATH": "platform:."},
        cwd=environment.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert started.stdout.split() == [
        "pictures",
        "False",
        "anymail.backends.postmark.EmailBackend",
        "https://pictures.s3.eu-central-1.amazonaws.com",
    ]


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
