"""Requests and responses of the sandbox, and their translation from and to WSGI."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
MOST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Request:
    """What came in; header names in lower case."""

    method: str
    path: str
    query: bytes
    headers: dict[str, str]
    body: bytes
    sender: str


@dataclass(frozen=True, slots=True)
class Response:
    """What goes out."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, start_response: StartResponse) -> Iterable[bytes]:
        """Hand the response to the WSGI server."""
        phrase = HTTPStatus(self.status).phrase
        headers = {"Content-Length": str(len(self.body)), "Cache-Control": "no-store"} | self.headers
        start_response(f"{self.status} {phrase}", list(headers.items()))
        return [self.body]


def read(environ: Environ) -> Request:
    """Return the request; a body beyond 1 MiB is cut off there (the API then refuses it as unreadable)."""
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    headers["content-type"] = environ.get("CONTENT_TYPE", "")
    length = min(int(environ.get("CONTENT_LENGTH") or 0), MOST_BYTES)
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace"),
        query=environ.get("QUERY_STRING", "").encode("latin-1", "replace"),
        headers=headers,
        body=environ["wsgi.input"].read(length) if length else b"",
        sender=environ.get("REMOTE_ADDR", ""),
    )


def as_json(status: int, body: object, headers: dict[str, str] | None = None) -> Response:
    """Return a JSON response, indented as Stripe's are."""
    text = json.dumps(body, indent=2, ensure_ascii=False).encode()
    return Response(status, text, {"Content-Type": "application/json"} | (headers or {}))


def as_page(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    """Return an HTML response."""
    return Response(status, text.encode(), {"Content-Type": "text/html; charset=utf-8"} | (headers or {}))


def redirect(url: str) -> Response:
    """Return the answer to a form: go there, with GET."""
    return Response(303, headers={"Location": url})
