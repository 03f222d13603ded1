"""Pictures at the sizes and in the formats that pages show: made by the worker, never while a reader waits.

Whoever keeps a picture or publishes a page with one says so in the outbox. Until the worker has been there, a page shows
what is ready, or its words alone.
"""

from collections.abc import Collection, Iterable
from copy import copy
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, Filter, Picture
from wagtail.models import Page, ReferenceIndex

from ashar.outbox import sending

WIDTHS = (480, 960)
FORMATS = ("avif", "webp", "jpeg")
SIZES = "(min-width: 56rem) 45rem, 100vw"
WHOLE = tuple(Filter(spec=f"format-{form}|width-{width}") for form in FORMATS for width in WIDTHS)
# Cut to sixteen by nine around the focal point that an editor has set, as the head of a page shows it.
WIDE = tuple(Filter(spec=f"format-{form}|fill-{width}x{width * 9 // 16}") for form in FORMATS for width in WIDTHS)

# Cut to a square around the same point, for the sign beside a name.
PORTRAIT = Filter(spec="format-jpeg|fill-96x96")


def make(image: AbstractImage, *, wide: bool = False, portrait: bool = False) -> None:
    """Make what pages show of `image` and is not there yet: the whole picture, and the cuts that are asked for. Idempotent."""
    image.get_renditions(*WHOLE, *(WIDE if wide else ()), *((PORTRAIT,) if portrait else ()))


def shown(image: AbstractImage, *, wide: bool = False, **attributes: str) -> Picture | None:
    """Return the `<picture>` of every format that is ready at each width, or nothing while the one all browsers read is not.

    At most one query, none after the first time.
    """
    filters = WIDE if wide else WHOLE
    found = image.find_existing_renditions(*filters)
    _keep(image, found)
    forms = (filters[first : first + len(WIDTHS)] for first in range(0, len(filters), len(WIDTHS)))
    ready = {each.spec: found[each] for form in forms if all(each in found for each in form) for each in form}
    return Picture(ready, {"sizes": SIZES, **attributes}) if filters[-1].spec in ready else None


def load(keys: Collection[int]) -> dict[int, AbstractImage]:
    """Return the pictures with these keys, each with what is ready of it as a whole: one query where something is of all, else two."""
    kind = get_image_model()
    ready = kind.get_rendition_model().objects.filter(image__in=keys, filter_spec__in=[each.spec for each in WHOLE])
    found: dict[int, AbstractImage] = {}
    for row in ready.select_related("image") if keys else ():
        row.image = found.setdefault(row.image_id, row.image)
        row.image.prefetched_renditions = [*getattr(row.image, "prefetched_renditions", ()), row]
    missing = set(keys) - found.keys()
    for image in kind.objects.filter(pk__in=missing) if missing else ():
        image.prefetched_renditions = []  # nothing is ready, so nobody asks again
        found[image.pk] = image
    return found


def portraits(keys: Collection[int]) -> dict[int, str]:
    """Return the addresses of the small cuts of the pictures with these keys, as far as they are ready. One query, none for none."""
    rows = get_image_model().get_rendition_model().objects.filter(image__in=keys, filter_spec=PORTRAIT.spec)
    return {row.image_id: row.url for row in rows.order_by("pk")} if keys else {}


def own(image: AbstractImage) -> AbstractImage:
    """Return a copy of a picture that was loaded, to be told in words of its own: it may stand on a page twice."""
    twin = copy(image)
    twin.prefetched_renditions = [copy(row) for row in getattr(image, "prefetched_renditions", ())]
    for row in twin.prefetched_renditions:
        row.image = twin
    return twin


def want(images: Iterable[int]) -> None:
    """Ask the worker for the pictures with these keys."""
    with transaction.atomic():
        for key in images:
            sending.send("picture.kept", {"picture": key}, at=timezone.now())


def picture_was_kept(*, instance: AbstractImage, raw: bool = False, **_signal: Any) -> None:
    """Ask for what pages show of a picture that is new or has changed. A receiver of Django's `post_save`."""
    if not raw:
        want([instance.pk])


def page_was_published(*, instance: Page, **_signal: Any) -> None:
    """Ask for the pictures of a page. A receiver of Wagtail's `page_published`."""
    kind = ContentType.objects.get_for_model(get_image_model())
    named = ReferenceIndex.get_references_for_object(instance).filter(to_content_type=kind)
    want(sorted({int(key) for key in named.values_list("to_object_id", flat=True)}))


def _keep(image: AbstractImage, found: dict[Filter, Any]) -> None:
    """Let the next reader find them without a query, as Wagtail does where it makes what is missing."""
    kind = image.get_rendition_model()
    fresh = {
        kind.construct_cache_key(image, each.get_cache_key(image), each.spec): row
        for each, row in found.items()
        if not getattr(row, "_from_cache", False)
    }
    if fresh:
        kind.cache_backend.set_many(fresh)
