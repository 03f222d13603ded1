"""Answers packed for the way: written words take a quarter of the bytes they have, and our readers pay for each."""

import gzip

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip

# Pictures, documents and tables of office programs are packed by their own form.
WORDS = ("text/", "application/xml", "application/atom+xml", "application/rss+xml", "application/json", "image/svg+xml")


class Packing(GZipMiddleware):
    """Middleware: pack what is written. What is packed already, as a kept page, stays as it is.

    Who sees only the lengths of packed answers, and may have words of theirs repeated in one, could guess a secret beside
    them letter by letter (BREACH). Django lays up to a hundred random bytes into each, and masks the token of a form anew
    in every answer.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack the answer if its kind is one of `WORDS` and the browser takes it packed."""
        is_words = response.get("Content-Type", "").startswith(WORDS)
        answer: HttpResponseBase = super().process_response(request, response) if is_words else response
        return answer


def is_taken_by(request: HttpRequest) -> bool:
    """Say whether the browser takes answers packed."""
    return re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")) is not None


def pack(body: bytes) -> bytes:
    """Return `body` packed, the same each time; only for what holds no secret."""
    return gzip.compress(body, mtime=0)


def unpack(packed: bytes) -> bytes:
    """Return what was packed."""
    return gzip.decompress(packed)
