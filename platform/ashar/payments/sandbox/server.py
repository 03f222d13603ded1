"""The web server of the sandbox: a WSGI application on 127.0.0.1, one thread per request."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from ashar.payments.sandbox import api, breaking, control, jobs
from ashar.payments.sandbox.account import Account
from ashar.payments.sandbox.checkout import pages
from ashar.payments.sandbox.http import Environ, Request, Response, StartResponse, as_json, read
from ashar.payments.sandbox.idempotency import Keys

LOOPBACK = "127.0.0.1"


class Application:
    """The whole sandbox as one WSGI application."""

    def __init__(self, account: Account) -> None:
        self.account, self.keys = account, Keys()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one WSGI request."""
        request = read(environ)
        response = self.answer(request)
        if response.status == breaking.HANG_UP:
            environ["sandbox.hang_up"]()
            response = Response(500)
        if request.method == "HEAD":
            response = replace(response, body=b"")
        return response.send(start_response)

    def answer(self, request: Request) -> Response:
        """Do what is due, then answer by the first part of the path."""
        jobs.run_due(self.account)
        if request.path.startswith("/v1/"):
            return self._api(request)
        if request.path.startswith("/pay/"):
            return pages.answer(self.account, request)
        if request.path.startswith("/_sandbox/"):
            return control.answer(self.account, request)
        return as_json(404, {"error": "There is nothing here."})

    def _api(self, request: Request) -> Response:
        outage = breaking.next_outage(self.account, request)
        if outage and outage.get("when", "before") == "before":
            return breaking.broken(outage)
        response = api.answer(self.account, self.keys, request)
        return breaking.broken(outage) if outage else response


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    timeout = 20

    def get_environ(self) -> Environ:
        """Return the WSGI environment, with a way to hang up in the middle."""
        return super().get_environ() | {"sandbox.hang_up": self._hang_up}

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: the command prints what matters."""

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(account: Account, *, port: int) -> Iterator[str]:
    """Serve on a loopback `port` (0: any free one) while the block runs; yields the base address."""
    server = _Server((LOOPBACK, port), _Quiet)
    server.set_app(Application(account))
    account.base_url = account.base_url or f"http://{LOOPBACK}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
