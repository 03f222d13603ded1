"""Another site to ask, on loopback."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


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


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def other(running) -> Site:
    running.asked.clear()
    return running


def anybody(_number: str) -> bool:
    """The gate of the tests: loopback counts as the public network."""
    return True
