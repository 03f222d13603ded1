"""A site that takes webhooks, or refuses them, and remembers each."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ashar.payments.sandbox.account import Account

PATIENCE = 10


class Site:
    """What arrived: (body, signature) in order; `answers` are the statuses still to be given, then always 200."""

    def __init__(self):
        self.arrived: list[tuple[bytes, str]] = []
        self.answers: list[int] = []
        self.url = ""

    @property
    def events(self):
        return [json.loads(body) for body, _ in self.arrived]

    def wait_for(self, count: int) -> list[dict]:
        """Wait until that many have arrived and return them."""
        until = time.monotonic() + PATIENCE
        while len(self.arrived) < count and time.monotonic() < until:
            time.sleep(0.01)
        assert len(self.arrived) >= count
        return self.events


@contextmanager
def receiving(port: int = 0) -> Iterator[Site]:
    """Serve a site on the loopback while the block runs."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            site.arrived.append((body, self.headers["Stripe-Signature"]))
            self.send_response(site.answers.pop(0) if site.answers else 200)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}/webhooks/stripe/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def settled(account: Account, count: int, state: str = "taken") -> None:
    """Wait until that many deliveries are in that state."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        rows = account.store.run("SELECT COUNT(*) FROM deliveries WHERE state = ?", state)
        if rows[0][0] >= count:
            return
        time.sleep(0.01)
    raise AssertionError(account.store.run("SELECT * FROM deliveries"))
