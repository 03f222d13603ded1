"""Turning a kind and its facts into words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from ashar.language import FALLBACKS
from ashar.notices import framing

SUBJECT_LENGTH = 200
# Everything that ends a line or hides in one: control characters, line and paragraph separators, marks of direction.
UNFIT_FOR_A_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Content:
    """A rendered notice; `subject` is one line."""

    language: str
    subject: str
    text: str
    html: str


def render(kind: str, *, language: str, facts: Mapping[str, Any]) -> Content:
    """Return notice `kind` in `language`, or in the nearest language that has a template.

    The first line of `notices/<kind>/<language>.txt` is the subject, the rest is the text, written as it is; in the
    optional `.html` beside it everything in `facts` is escaped. Without one the text itself is set into the frame of
    every mail. Raises `TemplateDoesNotExist` for an unknown kind.
    """
    written_in, template = _text_template(kind, language)
    with translation.override(written_in):
        words = {"site_url": settings.SITE_URL, "language": written_in, **facts}
        text = template.render(Context(words, autoescape=False)).lstrip()
        subject, _, body = text.partition("\n")
        subject = one_line(subject)
        body = body.strip() + "\n"
        html = _html(f"notices/{kind}/{written_in}.html", {**words, "subject": subject})
    html = html or framing.framed(body, subject=subject, language=written_in)
    return Content(language=written_in, subject=subject, text=body, html=html)


def one_line(text: str) -> str:
    """Return `text` fit for the subject of a mail: one line, nothing invisible, 200 characters at most."""
    line = " ".join(UNFIT_FOR_A_LINE.sub(" ", text).split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1] + "…"


def _text_template(kind: str, language: str) -> tuple[str, Template]:
    languages = FALLBACKS.get(language, FALLBACKS["ky"])
    for code in languages:
        if template := _template(f"notices/{kind}/{code}.txt"):
            return code, template
    raise TemplateDoesNotExist(f"notices/{kind}/{languages[0]}.txt")


def _html(name: str, words: dict[str, Any]) -> str:
    template = _template(name)
    return template.render(Context(words)) if template else ""


def _template(name: str) -> Template | None:
    try:
        found: Template = get_template(name).template  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return None
    return found
