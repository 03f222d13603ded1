"""A line of the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from wagtail.models import Page


@dataclass(frozen=True, slots=True)
class Line:
    """A page or a row that wants something: its title and language, what it wants, since or from when, and where it is done."""

    title: str
    language: str
    what: str
    at: datetime | None
    href: str


def line(page: Page, what: str, at: datetime | None) -> Line:
    """Return the line of a page, which leads to its form."""
    href = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return Line(page.get_admin_display_title(), str(page.locale), what, at, href)
