"""What a fund is called in the reader's language: by its project, by its pool, by its own title, or by what it is a pot for."""

from typing import NamedTuple

from django.utils.text import capfirst

from ashar import language
from ashar.ledger.models import Fund, FundKind

RELATIONS = ("project", "match_pool")


class Name(NamedTuple):
    """A name and the language it is in: not the reader's where nobody has written it in that one."""

    text: str
    language: str


def name(fund: Fund) -> Name:
    """Return how people call `fund`, which comes joined with `RELATIONS`."""
    owner = getattr(fund, "project", None) or getattr(fund, "match_pool", None)
    if fund.kind == FundKind.CALL:
        return Name(fund.title, "ru")  # under which its call opened it
    if owner is None:
        return Name(capfirst(fund.get_kind_display()), language.current())
    text, code = language.spoken(owner, "title")
    return Name(text or owner.slug, code)
