"""What is true of a meeting whatever language tells of it: one meeting, however many pages it has."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from wagtail.models import Revision
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import OverridableSegment, TranslationSource

Facts = Mapping[str, Any]

# What stands in a row is carried together: a beginning without its end could be after it.
TOGETHER = (("zone", "starts_at", "ends_at"), ("online",), ("is_off",), ("asks_who_comes", "places"))
NAMES = tuple(name for names in TOGETHER for name in names)
# What translators are neither asked for nor may say otherwise.
SYNCHRONIZED = [SynchronizedField(name, overridable=False) for name in NAMES]


def carry(model: type[Any], key: UUID) -> None:
    """Bring the pages of a meeting into line with the one published last: rows, drafts and what translators set out from.

    Idempotent, and the same in whatever order it is asked after two pages. Nothing is published, no word is touched, and
    what a draft alone says otherwise, since it is to be published later, stays.
    """
    with transaction.atomic():
        pages = list(
            model.objects.select_for_update(of=("self",), no_key=True).filter(translation_key=key).order_by("pk")
        )
        told = (
            model.objects.live()
            .filter(translation_key=key)
            .order_by(F("last_published_at").desc(nulls_last=True), "pk")
        )
        if source := told.first():
            for page in pages:
                _follow(page, source)
            _set_out_from(_plain(source, NAMES), key)


def _follow(page: Any, source: Any) -> None:  # noqa: ANN401 - two pages of an event
    """Let the row of `page`, and its drafts with it, say what `source` says where it said something else."""
    moved = [name for names in TOGETHER if _differ(page, source, names) for name in names]
    if moved:
        type(page).objects.filter(pk=page.pk).update(**{name: getattr(source, name) for name in moved})
        for draft in _drafts_of(page):
            Revision.objects.filter(pk=draft.pk).update(content=draft.content | _plain(source, moved))


def _differ(page: Any, source: Any, names: Iterable[str]) -> bool:  # noqa: ANN401 - two pages of an event
    return any(getattr(page, name) != getattr(source, name) for name in names)


def _drafts_of(page: Any) -> Iterable[Revision]:  # noqa: ANN401 - a page of an event
    """Return what is shown, what is being written, and what is to be published by the clock."""
    current = Q(pk__in=[page.live_revision_id, page.latest_revision_id])
    return Revision.objects.for_instance(page).filter(current | Q(approved_go_live_at__isnull=False))


def _set_out_from(facts: Facts, key: UUID) -> None:
    """Let a translation that is published later bring the facts of today, not those of the day it was begun, nor its own."""
    OverridableSegment.objects.filter(source__object_id=key, context__path__in=NAMES).delete()
    for source in TranslationSource.objects.filter(object_id=key):
        known = json.loads(source.content_json)
        if known != (now := known | facts):
            source.content_json = json.dumps(now)
            source.save(update_fields=["content_json"])


def _plain(source: Any, names: Iterable[str]) -> Facts:  # noqa: ANN401 - a page of an event
    """Return facts as drafts keep them."""
    plain = json.loads(source.to_json())
    return {name: plain[name] for name in names}
