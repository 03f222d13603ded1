"""The environment is read once, typed, and refused as a whole when any of it is missing, wrong or dangerous."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.settings import environment

MINISTRY = {
    "DEMO": "0",
    "SECRET_KEY": "k" * 50,
    "KEY_RING": f"2026a:{'a' * 43}",
    "ALLOWED_HOSTS": "ashar.example www.ashar.example",
    "SITE_URL": "https://ashar.example",
    "EMAIL_URL": "smtp+tls://mail.example",
    "EMAIL_FROM": "Ashar <ashar@ashar.example>",
    "STRIPE_SECRET_KEY": "sk_live_secret",
    "STRIPE_WEBHOOK_SECRETS": "whsec_new whsec_old",
    "OPERATOR_NAME": "Ashar Foundation",
    "OPERATOR_EMAIL": "help@ashar.example",
}

BUCKET = "must look like s3://key:secret@bucket?region=eu-central-1 or ?endpoint=https://…"


def faults(**variables: str) -> list[str]:
    with pytest.raises(ImproperlyConfigured) as raised:
        environment.read(variables)
    text = str(raised.value)
    assert text.startswith("Environment: ")
    assert text.endswith(". See docs/how-to/settings.md.")
    return text.removeprefix("Environment: ").removesuffix(". See docs/how-to/settings.md.").split("; ")


def test_empty_environment_runs_the_demo() -> None:
    assert environment.read({}) == environment.Environment(
        demo=True,
        port=8000,
        secret_key=environment.DEMO_KEY,
        secret_key_fallbacks=(),
        key_ring=(("demo", b"\xd3\x4d\x34" * 10 + b"\xd3\x4d"),),
        allowed_hosts=["localhost", "127.0.0.1", "[::1]"],
        site_url="http://localhost:8000",
        var_dir=environment.ROOT / "var",
        database_url="",
        redis_url="",
        email_url="",
        email_from="Ashar <ashar@localhost>",
        stripe_secret_key=environment.SANDBOX_KEY,
        stripe_webhook_secrets=[environment.SANDBOX_WEBHOOK_SECRET],
        stripe_api_base="http://127.0.0.1:8011",
        rates_url=(),
        check_links_outside=False,
        file_storage="",
        trusted_proxies=0,
        operator_name="",
        operator_address="",
        operator_email="",
        operator_phone="",
    )


def test_whole_environment_is_read_as_said() -> None:
    said = MINISTRY | {
        "PORT": "8080",
        "SECRET_KEY_FALLBACKS": f"{'a' * 50}, {'b' * 50}",
        "KEY_RING": f"2026b:{'A' * 43}, 2026a:{'_' * 42}8",
        "VAR_DIR": "/srv/ashar",
        "DATABASE_URL": "postgresql://ashar@db/ashar",
        "REDIS_URL": "redis://queue:6379/0",
        "RATES_URL": "https://bank.example/daily.xml, https://bank.example/weekly.xml",
        "CHECK_LINKS_OUTSIDE": "1",
        "FILE_STORAGE": "s3://key:secret@pictures?region=eu-central-1",
        "TRUSTED_PROXIES": "1",
    }

    assert environment.read(said) == environment.Environment(
        demo=False,
        port=8080,
        secret_key="k" * 50,
        secret_key_fallbacks=("a" * 50, "b" * 50),
        key_ring=(("2026b", b"\x00" * 32), ("2026a", b"\xff" * 32)),
        allowed_hosts=["ashar.example", "www.ashar.example"],
        site_url="https://ashar.example",
        var_dir=Path("/srv/ashar"),
        database_url="postgresql://ashar@db/ashar",
        redis_url="redis://queue:6379/0",
        email_url="smtp+tls://mail.example",
        email_from="Ashar <ashar@ashar.example>",
        stripe_secret_key="sk_live_secret",
        stripe_webhook_secrets=["whsec_new", "whsec_old"],
        stripe_api_base="",
        rates_url=("https://bank.example/daily.xml", "https://bank.example/weekly.xml"),
        check_links_outside=True,
        file_storage="s3://key:secret@pictures?region=eu-central-1",
        trusted_proxies=1,
        operator_name="Ashar Foundation",
        operator_address="",
        operator_email="help@ashar.example",
        operator_phone="",
    )


def test_port_moves_the_site_and_its_sandbox() -> None:
    moved = environment.read({"PORT": "9000"})

    assert (moved.site_url, moved.sandbox_port, moved.stripe_api_base) == (
        "http://localhost:9000",
        9011,
        "http://127.0.0.1:9011",
    )


def test_own_address_survives_the_port() -> None:
    assert (
        environment.read({"PORT": "9000", "SITE_URL": "http://ashar.test:9000/"}).site_url == "http://ashar.test:9000"
    )


def test_stripes_own_test_key_goes_to_stripe() -> None:
    with_stripe = environment.read({"STRIPE_SECRET_KEY": "sk_test_ours", "STRIPE_WEBHOOK_SECRETS": "whsec_ours"})

    assert (with_stripe.stripe_api_base, with_stripe.sandbox_port) == ("", 0)


def test_empty_variable_counts_as_absent() -> None:
    assert environment.read(dict.fromkeys(environment.VARIABLES, "")) == environment.read({})


def test_all_that_is_missing_is_named_at_once() -> None:
    assert faults(DEMO="0") == [f"{name} is missing" for name in environment.REQUIRED_OUTSIDE_DEMO]


@pytest.mark.parametrize("name", environment.REQUIRED_OUTSIDE_DEMO)
def test_nothing_that_guards_has_a_default_outside_the_demo(name: str) -> None:
    assert faults(**{key: value for key, value in MINISTRY.items() if key != name}) == [f"{name} is missing"]


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert faults(PORT="http", DATABASE_URL="mysql://db", TRUSTED_PROXIES="-1", SITE_URL="ashar.example") == [
        "PORT must be a whole number",
        "SITE_URL must look like https://ashar.example, without a path",
        "DATABASE_URL must start with postgresql://",
        "TRUSTED_PROXIES must be a whole number",
    ]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("DEMO", "yes", "must be 0 or 1"),
        ("PORT", "0", "must be between 1 and 65524"),
        ("PORT", "65525", "must be between 1 and 65524"),
        ("PORT", "８０００", "must be a whole number"),
        ("SECRET_KEY", "k" * 49, "must have 50 characters or more"),
        ("SECRET_KEY_FALLBACKS", "k" * 50 + " short", "must have 50 characters or more"),
        ("KEY_RING", "a" * 43, "must look like 2026a:KEY, KEY 43 characters"),
        ("KEY_RING", f"2026a:{'a' * 42}", "must look like 2026a:KEY, KEY 43 characters"),
        ("KEY_RING", f"2026a:{'a' * 44}", "must look like 2026a:KEY, KEY 43 characters"),
        ("KEY_RING", f"2026.a:{'a' * 43}", "must look like 2026a:KEY, KEY 43 characters"),
        ("KEY_RING", f"2026a:{'a' * 43} 2026b:short", "must look like 2026a:KEY, KEY 43 characters"),
        ("KEY_RING", f"2026a:{'a' * 43} 2026a:{'b' * 43}", "gives two keys one id"),
        ("ALLOWED_HOSTS", " , ", "must name at least one"),
        ("SITE_URL", "https://ashar.example/ky/", "must look like https://ashar.example, without a path"),
        ("SITE_URL", "https://ashar.example:port", "is not an address"),
        ("DATABASE_URL", "ashar", "must start with postgresql://"),
        ("REDIS_URL", "localhost:6379", "must start with redis://"),
        (
            "EMAIL_URL",
            "mail.example",
            (
                "must start with smtp://, smtps://, smtp+tls://, anymail+brevo://, anymail+mailersend://, anymail+mailgun://, "
                "anymail+postmark://, anymail+resend://"
            ),
        ),
        ("EMAIL_URL", "anymail+postmark://mail.example", "must look like anymail+postmark://KEY@"),
        ("STRIPE_SECRET_KEY", "pk_test_shown_to_everybody", "must start with sk_test_, rk_test_, sk_live_ or rk_live_"),
        ("STRIPE_API_BASE", "127.0.0.1:8011", "must look like https://ashar.example, without a path"),
        ("RATES_URL", "http://bank.example/daily.xml", "must start with https://"),
        ("RATES_URL", "https://bank.example/daily.xml file:///etc/passwd", "must start with https://"),
        ("RATES_URL", "https:///daily.xml", "must start with https://"),
        ("RATES_URL", "http://127.0.0.1:port/daily.xml", "is not an address"),
        ("FILE_STORAGE", "storages.backends.s3.S3Storage", BUCKET),
        ("FILE_STORAGE", "s3://key:secret@pictures", BUCKET),
        ("FILE_STORAGE", "s3://?region=eu-central-1", BUCKET),
        ("FILE_STORAGE", "s3://pictures?endpoint=minio", BUCKET),
        ("FILE_STORAGE", "s3://pictures?region=eu-central-1&acl=public-read", BUCKET),
        ("TRUSTED_PROXIES", "one", "must be a whole number"),
    ],
)
def test_wrong_value_is_refused(name: str, text: str, sentence: str) -> None:
    assert f"{name} {sentence}" in faults(**{name: text})


@pytest.mark.parametrize("key", ["sk_live_secret", "rk_live_restricted"])
def test_demo_never_holds_a_live_key(key: str) -> None:
    assert faults(STRIPE_SECRET_KEY=key) == [
        "STRIPE_SECRET_KEY is a live key, which the demo must never hold (set DEMO=0)"
    ]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("SECRET_KEY", environment.DEMO_KEY, "SECRET_KEY is the demo's, which everybody knows"),
        (
            "SECRET_KEY_FALLBACKS",
            f"{'k' * 50} {environment.DEMO_KEY}",
            "SECRET_KEY_FALLBACKS holds the demo's, which everybody knows",
        ),
        ("KEY_RING", f"2026a:{'a' * 43} old:{'0' * 43}", "KEY_RING holds the demo's, which everybody knows"),
        (
            "STRIPE_SECRET_KEY",
            environment.SANDBOX_KEY,
            "STRIPE_SECRET_KEY is the sandbox's: play money outside the demo",
        ),
        (
            "STRIPE_WEBHOOK_SECRETS",
            f"whsec_ours {environment.SANDBOX_WEBHOOK_SECRET}",
            "STRIPE_WEBHOOK_SECRETS holds the sandbox's, which everybody knows",
        ),
        ("SITE_URL", "http://ashar.example", "SITE_URL must start with https:// outside the demo"),
        ("STRIPE_API_BASE", "http://127.0.0.1:8011", "STRIPE_API_BASE must be empty with a live key"),
    ],
)
def test_what_everybody_knows_guards_nothing_outside_the_demo(name: str, text: str, fault: str) -> None:
    assert faults(**MINISTRY | {name: text}) == [fault]


def test_relative_folder_starts_where_the_command_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)

    assert environment.read({"VAR_DIR": "data"}).var_dir == tmp_path / "data"


def test_children_are_told_what_the_host_says_and_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASHAR_SAID", "by the host")

    told = environment.for_children(PORT="9000")

    assert (told["ASHAR_SAID"], told["PORT"]) == ("by the host", "9000")


@pytest.mark.parametrize("host", ["127.0.0.1:8400", "localhost:8400", "[::1]:8400"])
def test_rates_may_come_from_this_machine_without_a_certificate(host: str) -> None:
    assert environment.read({"RATES_URL": f"http://{host}/daily.xml"}).rates_url == (f"http://{host}/daily.xml",)
