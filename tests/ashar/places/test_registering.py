"""Adding to the places that we ship."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from ashar.places import codes, registering
from ashar.places.models import HostCity, Level, Region

pytestmark = pytest.mark.django_db

NAMES = {"name_ky": "Кызыл-Туу айылы", "name_ru": "с. Кызыл-Туу", "name_en": "Kyzyl-Tuu"}


def test_a_village_of_a_known_rayon_is_recognised():
    village = registering.add_village("417 08 206 840 010", **NAMES)
    assert (village.code, village.level, village.recognised) == ("41708206840010", Level.VILLAGE, True)
    assert (village.name_ky, village.name_ru, village.name_en) == tuple(NAMES.values())


def test_adding_a_village_twice_gives_the_first_with_its_names():
    village = registering.add_village("41708206840010", **NAMES)
    again = registering.add_village("41708206840010", name_ky="Башка", name_ru="Другое", name_en="Other")
    assert (again, again.name_ky) == (village, "Кызыл-Туу айылы")
    assert Region.objects.filter(level=Level.VILLAGE).count() == 1


def test_a_village_of_an_unknown_rayon_is_kept_and_flagged():
    assert registering.add_village("41708299840010", **NAMES).recognised is False


@pytest.mark.parametrize("code", ["41708000000000", "41708206000000", "41708206840000", "41708400000010"])
def test_a_wider_place_is_no_village(code):
    with pytest.raises(registering.NotAVillage):
        registering.add_village(code, **NAMES)
    assert Region.objects.filter(name_en="Kyzyl-Tuu").count() == 0


def test_an_unknown_code_is_kept_and_flagged():
    strange = registering.keep("41703450000010", name="Белгисиз шаар")
    assert (strange.level, strange.recognised, str(strange)) == (Level.CITY, False, "Белгисиз шаар")
    assert registering.keep("41703450000010", name="Дагы") == strange


def test_keeping_a_known_code_changes_nothing():
    talas = registering.keep("417 07 400 000 010", name="Башка ат")
    assert (talas.recognised, talas.name_ky) == (True, "Талас шаары")


def test_what_is_no_code_is_refused_in_the_readers_language():
    with pytest.raises(codes.NotACode) as refused, translation.override("ru"):
        registering.keep("Ош", name="Ош")
    with translation.override("ru"):
        assert str(refused.value) == "«Ош» — не код СОАТЕ: в нём 14 цифр, и он начинается с 417."


def test_a_region_ends_once():
    old = registering.add_village("41708206840010", **NAMES)
    new = registering.add_village("41708206840020", **{**NAMES, "name_en": "New"})
    registering.succeed(old, by=new, on=date(2026, 1, 1))
    old.refresh_from_db()
    assert (old.valid_to, old.successor) == (date(2026, 1, 1), new)
    with pytest.raises(registering.HasEnded):
        registering.succeed(old, by=new, on=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"code": "99608206840010"}, "region_code_is_a_soate_code"),
        ({"code": "4170820684"}, "region_code_is_a_soate_code"),
        ({"valid_from": date(2026, 1, 1), "valid_to": date(2025, 1, 1)}, "region_ends_after_it_begins"),
    ],
)
def test_the_database_refuses_rows_that_make_no_sense(facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Region.objects.create(**{"code": "41708206840010", "level": Level.VILLAGE, **NAMES, **facts})


def test_a_successor_needs_an_end():
    bishkek = Region.objects.get(name_en="Bishkek")
    with pytest.raises(IntegrityError, match="region_with_a_successor_has_ended"), transaction.atomic():
        Region.objects.filter(name_en="Osh").update(successor=bishkek)


def test_a_host_city_stands_once_in_its_country():
    with pytest.raises(IntegrityError), transaction.atomic():
        HostCity.objects.create(
            slug="moscow-2", country="RU", name_ky="М", name_ru="М", name_en="Moscow", time_zone="Europe/Moscow"
        )


def test_a_place_shows_its_name_in_the_active_language():
    moscow = HostCity.objects.get(slug="moscow")
    with translation.override("en"):
        assert (str(moscow), str(Region.objects.get(code="41708000000000"))) == ("Moscow", "Chuy Region")
