"""Translations follow their source: its new words wait in them, and readers see nothing of that until somebody publishes."""

from typing import Any

from wagtail_localize.models import TranslationSource


def was_published(instance: Any, **_facts: Any) -> None:  # noqa: ANN401 - a page, a snippet or whatever else is published
    """Bring what was published to whoever translates it: new texts without a translation, kept ones with theirs.

    One query where nothing was handed on.
    """
    if not hasattr(instance, "translation_key"):
        return
    sources = TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id)
    source = sources.filter(translations__enabled=True).first()
    if source:
        source.update_from_db()
