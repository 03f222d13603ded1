"""Writes the demo's snippets in three languages. Idempotent."""

from collections.abc import Mapping
from typing import Any

from wagtail.models import Locale

from ashar.language import LANGUAGES
from cms.demo import content, writing
from cms.models import Contact, Figure, Partner
from cms.snippets.snippet import Snippet

KINDS: Mapping[str, type[Snippet]] = {"contact": Contact, "partner": Partner, "figure": Figure}


def load() -> None:
    """Write what is not there yet; whatever an editor has changed since stays."""
    for locale in Locale.objects.filter(language_code__in=LANGUAGES):
        for name, kind in KINDS.items():
            for entry in content.snippets(name):
                told: dict[str, Any] = writing.in_language(dict(entry), locale.language_code)
                key = writing.name_of(f"{name}/{told.pop('slug')}")
                kind.objects.get_or_create(translation_key=key, locale=locale, defaults=told)
