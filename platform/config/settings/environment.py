"""The one place that reads environment variables. It fails at start and names all that is missing or wrong.

Every variable below is documented in docs/how-to/settings.md; a test compares the two.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config.settings import reading

ROOT = Path(__file__).resolve().parents[3]
DEMO_KEY = "demo-only-key-that-signs-nothing-of-worth-" + "0" * 24
DEMO_KEY_RING = "demo:" + "0" * 43
SANDBOX_KEY = "sk_test_sandbox"
SANDBOX_WEBHOOK_SECRET = "whsec_sandbox"  # noqa: S105 - known to everybody: it signs play money only
SANDBOX_PORT_AFTER = 11  # the sandbox stands eleven doors from the site, so that PORT moves both


@dataclass(frozen=True, slots=True)
class Environment:
    """What the host says about this installation, typed. Defaults run the demo on a laptop."""

    demo: bool
    port: int
    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    key_ring: tuple[tuple[str, bytes], ...]
    allowed_hosts: list[str]
    site_url: str
    var_dir: Path
    database_url: str
    redis_url: str
    email_url: str
    email_from: str
    stripe_secret_key: str
    stripe_webhook_secrets: list[str]
    stripe_api_base: str
    rates_url: tuple[str, ...]
    check_links_outside: bool
    file_storage: str
    trusted_proxies: int
    operator_name: str
    operator_address: str
    operator_email: str
    operator_phone: str

    @property
    def sandbox_port(self) -> int:
        """The port of the card sandbox, 0 when cards go to the real provider."""
        return self.port + SANDBOX_PORT_AFTER if self.stripe_secret_key == SANDBOX_KEY else 0


# variable: (how to read it, its default in the demo; "{port}" is PORT, "{sandbox_port}" the sandbox's)
VARIABLES: dict[str, tuple[reading.Reader, str]] = {
    "DEMO": (reading.flag, "1"),
    "PORT": (reading.port, "8000"),
    "SECRET_KEY": (reading.secret_key, DEMO_KEY),
    "SECRET_KEY_FALLBACKS": (reading.secret_keys, ""),
    "KEY_RING": (reading.key_ring, DEMO_KEY_RING),
    "ALLOWED_HOSTS": (reading.words, "localhost 127.0.0.1 [::1]"),
    "SITE_URL": (reading.web_address, "http://localhost:{port}"),
    "VAR_DIR": (reading.folder, str(ROOT / "var")),
    "DATABASE_URL": (reading.address("postgresql", "postgres", "sqlite"), ""),
    "REDIS_URL": (reading.address("redis", "rediss", "unix"), ""),
    "EMAIL_URL": (reading.mail_address, ""),
    "EMAIL_FROM": (str, "Ashar <ashar@localhost>"),
    "STRIPE_SECRET_KEY": (reading.stripe_key, SANDBOX_KEY),
    "STRIPE_WEBHOOK_SECRETS": (reading.words, SANDBOX_WEBHOOK_SECRET),
    "STRIPE_API_BASE": (reading.web_address, ""),
    "RATES_URL": (reading.feeds, ""),
    "CHECK_LINKS_OUTSIDE": (reading.flag, "0"),
    "FILE_STORAGE": (reading.bucket, ""),
    "TRUSTED_PROXIES": (reading.count, "0"),
    "OPERATOR_NAME": (str, ""),
    "OPERATOR_ADDRESS": (str, ""),
    "OPERATOR_EMAIL": (str, ""),
    "OPERATOR_PHONE": (str, ""),
}
NOTHING: dict[reading.Reader, Any] = {
    reading.secret_keys: (),
    reading.feeds: (),
}  # what no text at all means; "" for all others
# Outside the demo nothing that guards money, names or mail may come from a default.
REQUIRED_OUTSIDE_DEMO = ("SECRET_KEY", "KEY_RING", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "EMAIL_FROM",
                         "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRETS", "OPERATOR_NAME", "OPERATOR_EMAIL")  # fmt: skip


def read(source: Mapping[str, str] = os.environ) -> Environment:
    """Return the typed environment, or raise `ImproperlyConfigured` naming every fault at once."""
    missing = _missing(source)
    values, faults = _values(source, skip=missing)
    faults = [f"{name} is missing" for name in missing] + faults
    if not faults:
        environment = _with_sandbox(Environment(**{field.name: values[field.name] for field in fields(Environment)}))
        faults = _contradictions(environment)
    if faults:
        raise ImproperlyConfigured("Environment: " + "; ".join(faults) + ". See docs/how-to/settings.md.")
    return environment


def for_children(**more: str) -> dict[str, str]:
    """Return the host's variables with `more` laid over them: what a process we start is given."""
    return {**os.environ, **more}


def _missing(source: Mapping[str, str]) -> list[str]:
    demo = source.get("DEMO", "") in {"", "1"}
    return [] if demo else [name for name in REQUIRED_OUTSIDE_DEMO if not source.get(name)]


def _values(source: Mapping[str, str], *, skip: list[str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    faults = []
    for name, (convert, default) in VARIABLES.items():
        if name in skip:
            continue
        text = source.get(name) or default.format(port=values.get("port", 0))
        try:
            values[name.lower()] = convert(text) if text else NOTHING.get(convert, "")
        except ValueError as fault:
            faults.append(f"{name} {fault}")
    return values, faults


def _with_sandbox(environment: Environment) -> Environment:
    """Point an installation that has the sandbox's key and no address of its own at the sandbox beside it."""
    if environment.stripe_api_base or not environment.sandbox_port:
        return environment
    known = {field.name: getattr(environment, field.name) for field in fields(environment)}
    return Environment(**known | {"stripe_api_base": f"http://127.0.0.1:{environment.sandbox_port}"})


def _contradictions(environment: Environment) -> list[str]:
    """Say what is well formed by itself and dangerous together."""
    live = environment.stripe_secret_key.startswith(reading.LIVE_KEYS)
    if environment.demo:
        return ["STRIPE_SECRET_KEY is a live key, which the demo must never hold (set DEMO=0)"] if live else []
    ring = dict(environment.key_ring).values()
    faults = {
        "SECRET_KEY is the demo's, which everybody knows": environment.secret_key == DEMO_KEY,
        "SECRET_KEY_FALLBACKS holds the demo's, which everybody knows": DEMO_KEY in environment.secret_key_fallbacks,
        "KEY_RING holds the demo's, which everybody knows": reading.key_ring(DEMO_KEY_RING)[0][1] in ring,
        "STRIPE_SECRET_KEY is the sandbox's: play money outside the demo": environment.stripe_secret_key == SANDBOX_KEY,
        "STRIPE_WEBHOOK_SECRETS holds the sandbox's, which everybody knows": (
            SANDBOX_WEBHOOK_SECRET in environment.stripe_webhook_secrets
        ),
        "SITE_URL must start with https:// outside the demo": not environment.site_url.startswith("https://"),
        "STRIPE_API_BASE must be empty with a live key": live and bool(environment.stripe_api_base),
    }
    return [sentence for sentence, holds in faults.items() if holds]
