"""`make check`: every check that needs no test run, one after another, all of them even when one fails."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

# What a host outside the demo would say, so that `check --deploy` judges such an installation; nothing is sent anywhere.
DEPLOYED = {
    "DEMO": "0",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "KEY_RING": f"checked:{secrets.token_urlsafe(32)}",
    "ALLOWED_HOSTS": "ashar.example",
    "SITE_URL": "https://ashar.example",
    "EMAIL_URL": "smtp+tls://mail.ashar.example",
    "EMAIL_FROM": "ashar@ashar.example",
    "STRIPE_SECRET_KEY": "sk_test_only_checked",
    "STRIPE_WEBHOOK_SECRETS": "whsec_only_checked",
    "TRUSTED_PROXIES": "1",
    "OPERATOR_NAME": "Ashar",
    "OPERATOR_EMAIL": "ashar@ashar.example",
}

CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "lint": ([str(BIN / "ruff"), "check", "--quiet", "."], {}),
    "form": ([str(BIN / "ruff"), "format", "--check", "--quiet", "."], {}),
    "types": ([str(BIN / "mypy"), "--no-error-summary"], {}),
    "layers": ([str(BIN / "lint-imports"), "--no-logo"], {}),
    "migrations": ([*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    "deployment": ([*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], DEPLOYED),
    "catalogues": ([*MANAGE, "catalogues", "--check"], {}),
    "generated": ([*MANAGE, "docs", "--check"], {}),
}


def main(names: list[str]) -> int:
    """Run the named checks (all without names); print one line each and the output of those that failed."""
    failed = [name for name in names or CHECKS if not passes(name)]
    sys.stdout.write(f"\nFailed: {', '.join(failed)}\n" if failed else "\nAll checks passed.\n")
    return 1 if failed else 0


def passes(name: str) -> bool:
    """Run one check, print its line and, when it fails, its words."""
    command, variables = CHECKS[name]
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    sys.stdout.write(f"{name:<12} {verdict:<7} {time.monotonic() - started:5.1f} s\n")
    if done.returncode != 0:
        sys.stdout.write(done.stdout + done.stderr)
    sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
