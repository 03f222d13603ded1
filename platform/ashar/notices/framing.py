"""Setting a letter that was written as text into the HTML frame of every mail."""

import re

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def framed(text: str, *, subject: str, language: str, code: str = "", foot: str = "") -> str:
    """Return the letter `text` as HTML in the frame, under its `subject`, with `foot` in place of the frame's own.

    A paragraph that is nothing but an address of ours becomes a button, one that is nothing but the `code` stands large.
    An address of ours inside a sentence becomes a link; those of others stay words, for strangers can put them into a
    name or into what their browser says of itself.
    """
    paragraphs = [_paragraph(each, code) for each in PARAGRAPHS.split(text.strip())]
    with translation.override(language):
        words = {"site_url": settings.SITE_URL, "language": language, "subject": subject, "foot": foot}
        return render_to_string("notices/framed.html", {**words, "paragraphs": paragraphs})


def signature() -> str:
    """Return what stands under a letter that needs no answer, in the active language."""
    return gettext("Made by Ashar. You need not answer this message.")


def _paragraph(text: str, code: str) -> dict[str, str]:
    if text == code:
        return {"code": text}
    if _ours().fullmatch(text):
        return {"address": text}
    return {"lines": _linked(text)}


def _linked(text: str) -> SafeString:
    """Return `text` escaped, with links where it holds addresses of ours: every second piece is one."""
    pieces = enumerate(_ours().split(text))
    link = '<a href="{0}">{0}</a>'
    return format_html_join("", "{}", ((format_html(link, piece) if place % 2 else piece,) for place, piece in pieces))


def _ours() -> re.Pattern[str]:
    """Return the pattern of an address of this site; a full stop or a bracket after it is not part of it."""
    return re.compile(rf"({re.escape(settings.SITE_URL)}/[^\s<>\"]*[\w/=-]|{re.escape(settings.SITE_URL)}/)")
