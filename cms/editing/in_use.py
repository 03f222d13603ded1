"""A snippet that pages show is not deleted under them."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from cms.snippets.snippet import Snippet


def refuse(request: HttpRequest, rows: Iterable[Model]) -> HttpResponse | None:
    """Lead to where the first of `rows` that is in use stands, or do nothing. A hook before Wagtail deletes snippets."""
    for row in rows:
        if isinstance(row, Snippet) and ReferenceIndex.get_references_to(row).exists():
            words = _("“%(snippet)s” stands on pages and cannot be deleted. Take it from them first, or withdraw it.")
            messages.error(request, words % {"snippet": row})
            return redirect(type(row).snippet_viewset.get_url_name("usage"), row.pk)
    return None
