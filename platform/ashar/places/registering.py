"""Adding to the places that we ship."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused
from ashar.places import codes
from ashar.places.models import Level, Region


class NotAVillage(Refused):
    """The code names a wider place than a village."""

    code = "not_a_village"
    message = _("The code %(code)s names no village.")


class HasEnded(Refused):
    """A region can be succeeded once."""

    code = "region_has_ended"
    message = _("%(region)s has already ended.")


def add_village(code: str, *, name_ky: str, name_ru: str, name_en: str, valid_from: date | None = None) -> Region:
    """Return the village of `code`, added when it is new. Idempotent by code: an existing row keeps its names.

    It is recognised when its rayon or city is. Raises `codes.NotACode`, `NotAVillage`.
    """
    code = codes.read(code)
    if codes.level(code) != Level.VILLAGE:
        raise NotAVillage(code=code)
    names = {"name_ky": name_ky, "name_ru": name_ru, "name_en": name_en}
    return _keep(code, names, recognised=_lies_in_a_known_place(code), valid_from=valid_from)


def keep(code: str, *, name: str) -> Region:
    """Return the region of `code`; an unknown one is kept under `name` and flagged as not recognised.

    For imports, where a strange code must neither be lost nor stop the rest. Idempotent by code. Raises `codes.NotACode`.
    """
    return _keep(
        codes.read(code), dict.fromkeys(("name_ky", "name_ru", "name_en"), name), recognised=False, valid_from=None
    )


def succeed(region: Region, *, by: Region, on: date) -> None:
    """End `region` on the day `on` and point it to the region that took over. Raises `HasEnded`."""
    with transaction.atomic(durable=True):
        ended = Region.objects.filter(pk=region.pk, valid_to=None).update(valid_to=on, successor=by)
        if not ended:
            raise HasEnded(region=str(region))
    region.valid_to, region.successor = on, by


def _keep(code: str, names: dict[str, str], *, recognised: bool, valid_from: date | None) -> Region:
    facts = {**names, "level": codes.level(code), "recognised": recognised, "valid_from": valid_from}
    region, _added = Region.objects.get_or_create(code=code, defaults=facts)
    return region


def _lies_in_a_known_place(code: str) -> bool:
    wider = codes.ancestors(code)[:-1]
    return Region.objects.filter(code__in=wider, recognised=True).exists()
