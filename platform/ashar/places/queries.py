"""Reads on places."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from babel import Locale
from django.db.models import Q, QuerySet

from ashar import language
from ashar.places import codes, sorting
from ashar.places.models import HostCity, Level, Region

Place = TypeVar("Place", Region, HostCity)

# CLDR has the word of an older time for the one; its short name of the other is the one that its money has in CLDR, too.
CALLED = {("ru", "KG"): "Кыргызстан", ("ky", "US"): "АКШ", ("ru", "US"): "США"}


def by_code(code: str) -> Region | None:
    """Return the region of `code` (spaces and known misprints allowed), or nothing. Raises `codes.NotACode`."""
    return Region.objects.filter(code=codes.read(code)).first()


def parent_of(region: Region) -> Region | None:
    """Return the nearest region that the code of `region` lies in; an oblast or Bishkek or Osh has none. One query."""
    return next(iter(_up([region]).get(region.code, [])), None)


def oblast_of(region: Region) -> Region | None:
    """Return the oblast (or Bishkek, or Osh) of `region`; itself when it is one; nothing when unknown. One query at most."""
    if region.code == codes.oblast_of(region.code):
        return region
    return Region.objects.filter(code=codes.oblast_of(region.code)).first()


def addresses(regions: Iterable[Region], lang: str = "") -> dict[str, str]:
    """Return code → "Чүй облусу, Аламүдүн району, Лебединовка айылы" for all `regions`, in one query."""
    rows = list(regions)
    wider = _up(rows)
    return {
        row.code: ", ".join(language.pick(part, "name", lang) for part in [*wider[row.code][::-1], row]) for row in rows
    }


def address(region: Region, lang: str = "") -> str:
    """Return the one of `addresses` that belongs to `region`."""
    return addresses([region], lang)[region.code]


def oblasts(lang: str = "") -> list[Region]:
    """Return the seven oblasts, Bishkek and Osh, in the alphabetical order of `lang`."""
    tops = Region.objects.filter(code__regex=r"^417\d\d000000000$")
    return in_order(tops, lang)


def within(region: Region) -> QuerySet[Region]:
    """Return every region that lies in `region`, at any depth."""
    return Region.objects.filter(code__startswith=codes.stem(region.code)).exclude(pk=region.pk)


def current(*, on: date, level: Level | None = None) -> QuerySet[Region]:
    """Return the recognised regions that exist on the day `on`, of one level or of all."""
    found = Region.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on), recognised=True
    )
    return found.filter(level=level) if level else found


def latest(region: Region) -> Region:
    """Return what `region` has become: the last of its successors, or itself."""
    seen = {region.pk}
    while region.successor and region.successor_id not in seen:
        region = region.successor
        seen.add(region.pk)
    return region


def in_order(rows: Iterable[Place], lang: str = "") -> list[Place]:
    """Return `rows` in the Kyrgyz alphabetical order of their names."""
    return sorted(rows, key=lambda row: sorting.key(language.pick(row, "name", lang)))


def country_name(country: str, lang: str = "") -> str:
    """Return the name of an ISO 3166 country in `lang` by CLDR or as it calls itself; the code itself when CLDR has none."""
    told = lang or language.current()
    name: str = CALLED.get((told, country)) or Locale.parse(told).territories.get(country, country)
    return name


def _up(rows: list[Region]) -> dict[str, list[Region]]:
    """Return code → the existing regions that it lies in, nearest first."""
    wanted = {row.code: codes.ancestors(row.code) for row in rows}
    known = {row.code: row for row in Region.objects.filter(code__in=set().union(*wanted.values()))}
    return {code: [known[wider] for wider in chain if wider in known] for code, chain in wanted.items()}
