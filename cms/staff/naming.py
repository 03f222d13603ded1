"""Names and other texts of rows on staff pages: in the officer's language, or marked with the language they are in."""

from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ashar import language
from ashar.ledger.models import Fund, Journal
from diaspora.models import Gift, MatchPool, Project
from diaspora.queries import funds


def project(row: Project) -> SafeString:
    """Return the title of a project."""
    return text(row, "title")


def project_of(gift: Gift | None) -> SafeString:
    """Return the title of the project that `gift`, which comes with it, is for; nothing without a gift."""
    return project(gift.project) if gift else SafeString()


def pool(row: MatchPool) -> SafeString:
    """Return the title of a match pool, or its address where nobody has written one."""
    text, code = language.spoken(row, "title")
    return _marked(text or row.slug, code)


def text(row: Model, field: str) -> SafeString:
    """Return a text that `row` has in three languages."""
    return _marked(*language.spoken(row, field))


def fund(row: Fund) -> SafeString:
    """Return what a fund is called; it comes joined with what names it (`diaspora.queries.funds`)."""
    return _marked(*funds.name(row))


def funds_of(journal: Journal) -> SafeString:
    """Return the names of the funds that `journal`, which comes with its legs, has touched, each once."""
    touched = {leg.account.fund_id: leg.account.fund for leg in journal.legs.all()}
    return format_html_join("; ", "{}", ((fund(each),) for each in touched.values()))


def _marked(text: str, code: str) -> SafeString:
    if code == language.current():
        return format_html("{}", text)
    return format_html('<span lang="{}">{}</span>', code, text)
