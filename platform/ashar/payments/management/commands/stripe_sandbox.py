"""Serve the card sandbox until interrupted."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ashar.payments.sandbox import Sandbox

PORT = 12111


class Command(BaseCommand):
    """`manage.py stripe_sandbox`: play money with Stripe's HTTP shapes, on this machine only."""

    help = "Serve the card sandbox (play money, Stripe's HTTP shapes) on 127.0.0.1."
    requires_system_checks: list[str] = []  # it needs neither database nor templates

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        base = urlsplit(settings.STRIPE_API_BASE)
        parser.add_argument("--port", type=int, default=base.port or PORT, help="default: that of STRIPE_API_BASE")
        parser.add_argument("--webhook-url", default=urljoin(settings.SITE_URL, "/webhooks/stripe/"))
        parser.add_argument("--state", default="", metavar="FILE", help="default: sandbox.sqlite3 under VAR_DIR")
        parser.add_argument("--settlement", default="usd", help="currency the play account settles in")

    def handle(self, *_args: object, **options: Any) -> None:
        """Serve until SIGINT or SIGTERM."""
        state = options["state"] or str(settings.VAR / "sandbox.sqlite3")
        secret = settings.STRIPE_WEBHOOK_SECRETS[0]
        with Sandbox(
            state, webhook_url=options["webhook_url"], webhook_secret=secret, settlement=options["settlement"]
        ) as sandbox:
            try:
                self._serve(sandbox, options)
            except OSError as error:
                raise CommandError(f"Port {options['port']} cannot be used: {error.strerror}.") from error

    def _serve(self, sandbox: Sandbox, options: dict[str, Any]) -> None:
        over = threading.Event()
        with sandbox.serve(options["port"]):
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: over.set())
            self.stdout.write(f"Card sandbox: {sandbox.base_url}, events to {options['webhook_url']}")
            over.wait()
