"""Another site to ask, on loopback."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cms.links import asking


class Site:
    """Another site, on loopback: the path says with which status it answers, and where to it sends on."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                site.asked.append((self.command, self.path, self.headers["User-Agent"]))
                status, _slash, target = self.path.strip("/").partition("/")
                if status == "getonly":
                    status = "405" if self.command == "HEAD" else "200"
                self.send_response(int(status))
                if target:
                    self.send_header("Location", f"/{target}" if not target.startswith("http") else target)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_HEAD  # noqa: N815 - as http.server calls it

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Slow:
    """A host that takes what it is told and answers a letter at a time, long before any socket loses its patience."""

    def __init__(self, letters: bytes) -> None:
        self.asked = 0
        self._letters = letters
        self._closed = threading.Event()
        self._door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._open, daemon=True).start()

    def at(self, path: str, scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self._door.getsockname()[1]}/{path}"

    def close(self) -> None:
        self._closed.set()
        self._door.close()

    def _open(self) -> None:
        with suppress(OSError):
            while True:
                line, _whose = self._door.accept()
                self.asked += 1
                threading.Thread(target=self._speak, args=(line,), daemon=True).start()

    def _speak(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            for letter in self._letters:
                line.send(bytes([letter]))
                if self._closed.wait(0.05):
                    return


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def other(running) -> Site:
    running.asked.clear()
    return running


ANY_PORT = range(1 << 16)
EVERYBODY = asking.Gate(lets_in=lambda _number: True, ports=ANY_PORT)  # loopback counts as the public network
