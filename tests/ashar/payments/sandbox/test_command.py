"""`manage.py stripe_sandbox`: starts alone, stops when asked, survives being killed."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
import stripe
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.ashar.payments.sandbox.receiving import receiving
from tests.ashar.payments.sandbox.talking import SESSION, form, plain

LIFE = 30


@contextmanager
def running(state, *options):
    """Start the command and yield the process and its address."""
    command = [sys.executable, "manage.py", "stripe_sandbox", "--port", "0", "--state", str(state), *options]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.site", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=settings.ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        said = process.stdout.readline()
        yield process, re.search(r"http://127\.0\.0\.1:[0-9]+", said)[0]
    finally:
        process.kill()
        process.wait(LIFE)
        process.stdout.close()


def client(address):
    return stripe.StripeClient(
        "sk_test_1", base_addresses={"api": address}, stripe_version=settings.STRIPE_API_VERSION, max_network_retries=0
    )


@pytest.mark.crash
def test_a_killed_sandbox_goes_on_where_it_was(tmp_path):
    state = tmp_path / "sandbox.sqlite3"
    with receiving() as gone:
        port = int(gone.url.split(":")[2].split("/")[0])
        url = gone.url
    with running(state, "--webhook-url", url) as (process, address):
        page = client(address).v1.checkout.sessions.create(SESSION, {"idempotency_key": "k"})
        done = plain(address, "POST", f"/pay/{page.id}", body=form(test_card="4242424242424242"))
        assert done.status == 303
        process.send_signal(signal.SIGKILL)
        process.wait(LIFE)
    with receiving(port) as site, running(state, "--webhook-url", url) as (process, address):
        again = client(address)
        assert again.v1.checkout.sessions.retrieve(page.id).payment_status == "paid"
        assert again.v1.checkout.sessions.create(SESSION, {"idempotency_key": "k"}).id == page.id
        assert len(again.v1.charges.list().data) == 1
        told = {event.id for event in again.v1.events.list().data}
        assert {event["id"] for event in site.wait_for(5)} == told
        process.terminate()
        assert process.wait(LIFE) == 0


def test_it_stops_when_interrupted(tmp_path):
    with running(tmp_path / "sandbox.sqlite3") as (process, address):
        assert plain(address, "GET", "/v1/events").status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(LIFE) == 0


class Interrupted(io.StringIO):
    """A terminal whose reader stops the command at its first word."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def write(self, text):
        os.kill(os.getpid(), self.number)
        return super().write(text)


@pytest.fixture
def own_signals():
    """Give the signals back to whoever had them before the command."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.usefixtures("own_signals")
def test_it_says_where_it_is_and_returns_when_stopped(tmp_path, number):
    said = Interrupted(number)
    where = {"port": 0, "state": str(tmp_path / "sandbox.sqlite3"), "webhook_url": "http://127.0.0.1:9/hooks/"}
    call_command("stripe_sandbox", stdout=said, **where)
    assert re.fullmatch(
        r"Card sandbox: http://127\.0\.0\.1:[0-9]+, events to http://127\.0\.0\.1:9/hooks/\n", said.getvalue()
    )


def test_a_taken_port_gets_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} cannot be used: Address already in use"):
            call_command("stripe_sandbox", port=port, state=str(tmp_path / "sandbox.sqlite3"))
