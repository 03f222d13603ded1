"""Rows beside pages that kept pages show or stand by: whoever writes one makes every kept page stale.

Projects, associations and calls are not among them: their verbs say so in the outbox (`cms.consumers`).
"""

from functools import cache
from typing import Any

from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail.snippets.models import get_snippet_models

from cms import page_cache


@cache
def kinds() -> frozenset[type[Model]]:
    """Return the models of such rows: whatever editors write once for many pages, and what says who reads a page, and where."""
    beside = (get_image_model(), get_document_model(), Redirect, PageViewRestriction, Locale, Site)
    return frozenset({*get_snippet_models(), *beside})


def was_written(*, sender: type[Model], **_signal: Any) -> None:
    """Make kept pages stale if such a row was kept or deleted. A receiver of Django's `post_save` and `post_delete`, of any model."""
    if sender in kinds():
        page_cache.forget()
