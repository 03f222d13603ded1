"""What the processes print: a refusal is a line, an error says where it came from."""

import logging
import sys

import pytest

from config.logs import Line


def printed(level: int) -> str:
    try:
        int("closed")
    except ValueError:
        record = logging.LogRecord("door", level, __file__, 1, "Forbidden: %s", ("/cms/",), sys.exc_info())
    return Line("%(levelname)s %(message)s").format(record)


def test_what_was_refused_is_one_line():
    assert printed(logging.WARNING) == "WARNING Forbidden: /cms/"


@pytest.mark.parametrize("level", [logging.ERROR, logging.CRITICAL])
def test_an_error_says_how_it_came(level):
    head, *way = printed(level).splitlines()
    assert (head, way[0], way[-1]) == (
        f"{logging.getLevelName(level)} Forbidden: /cms/",
        "Traceback (most recent call last):",
        "ValueError: invalid literal for int() with base 10: 'closed'",
    )


def test_the_site_prints_so(settings):
    assert settings.LOGGING["formatters"]["line"]["()"] == "config.logs.Line"
