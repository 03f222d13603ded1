"""Translations follow their source: its new words wait in them, and readers see nothing of that until somebody publishes."""

from typing import Any

from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from cms.snippets.snippet import Snippet


def was_made(target_obj: Any, **_facts: Any) -> None:  # noqa: ANN401 - a page or a snippet
    """Give a translation that was just made to nobody: it is no page of its source's author, who would change and replace it.

    A snippet was never out in its new language, whatever is said of its source.
    """
    if isinstance(target_obj, Snippet):
        target_obj.live_revision = target_obj.last_published_at = None
    if getattr(target_obj, "owner_id", None) is not None:
        target_obj.owner = None
        target_obj.save(update_fields=["owner"], clean=False)


def let_go() -> None:
    """Do the same to every translation that was made before and is still followed. One statement."""
    followed = Translation.objects.filter(enabled=True, source__object_id=OuterRef("translation_key"))
    made = followed.filter(target_locale=OuterRef("locale"))
    Page.objects.filter(Exists(made), owner__isnull=False).update(owner=None)


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
