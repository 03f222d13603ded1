"""Written answers are packed for who takes them so, with room for chance; what is packed already is left alone."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from ashar.web.packing import Packing

TEXT = "Ашар: үй салуу. ".encode() * 40


def sent(answer, takes: str = "gzip, deflate, br"):
    """Return the answer as a browser gets it that takes these codings."""
    return Packing(lambda _request: answer)(RequestFactory().get("/", headers={"accept-encoding": takes}))


@pytest.mark.parametrize(
    "kind",
    ["text/html; charset=utf-8", "text/csv", "text/calendar", "text/javascript", "application/xml", "image/svg+xml"],
)
def test_words_are_packed(kind):
    answer = sent(HttpResponse(TEXT, content_type=kind))
    assert (answer["Content-Encoding"], gzip.decompress(answer.content)) == ("gzip", TEXT)
    assert int(answer["Content-Length"]) == len(answer.content) < len(TEXT) / 2
    assert answer["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "application/pdf", "application/zip"])
def test_what_is_packed_by_its_own_form_is_not(kind):
    answer = sent(HttpResponse(TEXT, content_type=kind))
    assert ("Content-Encoding" in answer, answer.content) == (False, TEXT)


def test_a_file_is_sent_in_pieces_of_known_length(tmp_path):
    file = tmp_path / "roof.jpg"
    file.write_bytes(TEXT)
    with file.open("rb") as opened:
        answer = sent(FileResponse(opened))
        assert (answer["Content-Length"], b"".join(answer)) == (str(len(TEXT)), TEXT)


def test_a_table_that_comes_in_pieces_is_packed_as_it_comes():
    answer = sent(StreamingHttpResponse([TEXT, TEXT], content_type="text/csv; charset=utf-8"))
    assert gzip.decompress(b"".join(answer)) == TEXT * 2


def test_who_takes_nothing_packed_gets_it_plain():
    answer = sent(HttpResponse(TEXT), takes="")
    assert ("Content-Encoding" in answer, answer.content, answer["Vary"]) == (False, TEXT, "Accept-Encoding")


def test_what_came_packed_stays_as_it_is():
    answer = sent(HttpResponse(b"packed" * 100, headers={"Content-Encoding": "gzip"}))
    assert answer.content == b"packed" * 100


def test_the_length_of_the_same_words_is_left_to_chance():
    lengths = {len(sent(HttpResponse(TEXT)).content) for _time in range(30)}
    assert len(lengths) > 5
