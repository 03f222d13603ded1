"""The tables that we ship and the migration that loads them."""

from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ashar.places import codes, loading
from ashar.places.models import HostCity, Level, Region

RAYONS_OF = {
    "41702000000000": 5,
    "41703000000000": 8,
    "41704000000000": 5,
    "41705000000000": 3,
    "41706000000000": 7,
    "41707000000000": 4,
    "41708000000000": 8,
}


@pytest.mark.django_db
def test_forty_rayons_and_four_city_districts():
    counts = Counter(Region.objects.values_list("level", flat=True))
    assert counts == {Level.OBLAST: 7, Level.CITY: 2 + 14 + 18, Level.RAYON: 40, Level.DISTRICT: 4}


@pytest.mark.django_db
def test_each_oblast_has_its_rayons():
    rayons = Region.objects.filter(level=Level.RAYON).values_list("code", flat=True)
    assert Counter(codes.oblast_of(code) for code in rayons) == RAYONS_OF


@pytest.mark.django_db
def test_the_districts_are_those_of_bishkek():
    districts = Region.objects.filter(level=Level.DISTRICT).order_by("code")
    assert [district.name_ky for district in districts] == [
        "Ленин району",
        "Октябрь району",
        "Биринчи Май району",
        "Свердлов району",
    ]


@pytest.mark.django_db
def test_every_row_agrees_with_its_code():
    for region in Region.objects.all():
        assert codes.read(region.code) == region.code
        assert codes.level(region.code) == region.level
        assert region.recognised


@pytest.mark.django_db
def test_every_place_has_a_name_in_each_language_and_no_two_share_one():
    for language in ("ky", "ru", "en"):
        names = Region.objects.values_list("level", f"name_{language}")
        assert all(name for _level, name in names)
        assert len(set(names)) == len(names)


@pytest.mark.django_db
def test_a_city_renamed_under_its_code_keeps_its_former_names():
    manas = Region.objects.get(code="41703410000010")
    assert (manas.name_ky, manas.former_names) == ("Манас шаары", "Жалал-Абад, Джалал-Абад, Jalal-Abad")


@pytest.mark.django_db
def test_every_host_city_has_a_time_zone_that_exists():
    for city in HostCity.objects.all():
        assert ZoneInfo(city.time_zone).key == city.time_zone
        assert (len(city.country), city.country.upper()) == (2, city.country)


@pytest.mark.django_db
def test_the_cities_where_the_diaspora_lives_are_there():
    slugs = set(HostCity.objects.values_list("slug", flat=True))
    named = "moscow saint-petersburg yekaterinburg novosibirsk kazan almaty astana istanbul ankara seoul ansan chicago"
    named += " new-york berlin london dubai warsaw"
    assert set(named.split()) - slugs == set()


@pytest.mark.django_db
def test_loading_twice_changes_nothing():
    before = list(Region.objects.order_by("pk").values())
    loading.load(Region, "regions_2025_10", key="code")
    assert list(Region.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_unloading_leaves_what_others_added():
    village = Region.objects.create(
        code="41708203826010", level=Level.VILLAGE, name_ky="Лебединовка", name_ru="Лебединовка", name_en="Lebedinovka"
    )
    loading.unload(Region, "regions_2025_10", key="code")
    assert list(Region.objects.all()) == [village]


@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_back_and_forth():
    try:
        MigrationExecutor(connection).migrate([("places", "0001_initial")])
        assert (Region.objects.count(), HostCity.objects.count()) == (0, 0)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())  # also what leans on places
    assert Region.objects.count() == len(loading.rows("regions_2025_10"))
    assert apps.get_model("places", "HostCity").objects.count() == len(loading.rows("host_cities_2026_11"))
