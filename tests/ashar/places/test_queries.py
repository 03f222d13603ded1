"""Reads on places."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.places import codes, queries, registering, sorting
from ashar.places.models import HostCity, Level, Region

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture
def lebedinovka():
    return registering.add_village(
        "41708203826010", name_ky="Лебединовка айылы", name_ru="с. Лебединовка", name_en="Lebedinovka"
    )


def region(name_en, **more):
    return Region.objects.get(name_en=name_en, **more)


def test_by_code_reads_what_people_print():
    assert queries.by_code("417 07 400 000 010") == region("Talas", level=Level.CITY)
    assert queries.by_code("41704000000010") == region("Naryn", level=Level.CITY)
    assert queries.by_code("41708999000000") is None
    with pytest.raises(codes.NotACode):
        queries.by_code("Talas")


def test_a_village_lies_in_its_rayon_and_the_rayon_in_its_oblast(lebedinovka):
    assert queries.parent_of(lebedinovka) == region("Alamudun District")
    assert queries.parent_of(region("Alamudun District")) == region("Chuy Region")
    assert queries.parent_of(region("Chuy Region")) is None


def test_a_village_under_a_city_lies_in_the_city():
    village = registering.add_village("41703410800020", name_ky="Ташбулак", name_ru="Ташбулак", name_en="Tashbulak")
    assert queries.parent_of(village) == region("Manas", code="41703410000010")


def test_a_town_lies_in_its_rayon_and_a_city_in_its_oblast():
    assert queries.parent_of(region("Uzgen")) == region("Uzgen District")
    assert queries.parent_of(region("Karakol")) == region("Issyk-Kul Region")


def test_the_oblast_of_bishkek_is_bishkek():
    bishkek = region("Bishkek")
    assert queries.oblast_of(bishkek) == bishkek
    assert queries.oblast_of(region("Lenin District")) == bishkek


def test_a_region_kept_from_an_unknown_oblast_has_none():
    strange = registering.keep("41799203000000", name="Жок жер")
    assert queries.oblast_of(strange) is None
    assert queries.parent_of(strange) is None


def test_addresses_read_from_wide_to_narrow_in_each_language(lebedinovka):
    assert queries.address(lebedinovka, "ky") == "Чүй облусу, Аламүдүн району, Лебединовка айылы"
    assert queries.address(lebedinovka, "ru") == "Чуйская область, Аламудунский район, с. Лебединовка"
    assert queries.address(lebedinovka, "en") == "Chuy Region, Alamudun District, Lebedinovka"


@pytest.mark.parametrize("count", [1, 3])
def test_addresses_take_one_query_however_many(count, django_assert_num_queries):
    some = list(Region.objects.filter(level=Level.RAYON)[:count])
    with django_assert_num_queries(1):
        assert len(queries.addresses(some, "ky")) == count


def test_nine_tops_in_kyrgyz_order():
    assert [top.name_ky for top in queries.oblasts("ky")] == [
        "Баткен облусу",
        "Бишкек шаары",
        "Жалал-Абад облусу",
        "Нарын облусу",
        "Ош облусу",
        "Ош шаары",
        "Талас облусу",
        "Чүй облусу",
        "Ысык-Көл облусу",
    ]


def test_kyrgyz_letters_stand_in_their_places():
    ordered = ["Нарын", "Ноокат", "Ош", "Өзгөн", "Талас", "Үзөңгү", "Чүй"]
    mixed = ordered[::-1]
    assert sorted(mixed, key=sorting.key) == ordered
    assert sorted(ordered) != ordered


def test_case_only_breaks_ties_and_a_space_is_before_every_letter():
    assert sorted(["кара-Суу", "Каракол", "Кара Жыгач", "Ёлка", "ель"], key=sorting.key) == [
        "ель",
        "Ёлка",
        "Кара Жыгач",
        "кара-Суу",
        "Каракол",
    ]


def test_within_is_everything_below(lebedinovka):
    chuy = queries.within(region("Chuy Region"))
    assert sorted(chuy.values_list("level", flat=True)) == sorted(["rayon"] * 8 + ["city"] * 7 + ["village"])
    assert list(queries.within(region("Alamudun District"))) == [lebedinovka]
    assert set(queries.within(region("Bishkek"))) == set(Region.objects.filter(level=Level.DISTRICT))
    assert list(queries.within(lebedinovka)) == []


def test_within_a_city_are_the_villages_under_it():
    village = registering.add_village("41703410800020", name_ky="Ташбулак", name_ru="Ташбулак", name_en="Tashbulak")
    assert list(queries.within(region("Manas", code="41703410000010"))) == [village]


def test_current_leaves_out_what_has_ended_has_not_begun_or_is_not_recognised():
    ended = registering.add_village("41708203826020", name_ky="Эски", name_ru="Старое", name_en="Old")
    coming = registering.add_village(
        "41708203826030", name_ky="Жаңы", name_ru="Новое", name_en="New", valid_from=date(2027, 1, 1)
    )
    registering.keep("41799203826030", name="Белгисиз")
    registering.succeed(ended, by=coming, on=TODAY)
    villages = queries.current(on=TODAY, level=Level.VILLAGE)
    assert list(villages) == []
    assert list(queries.current(on=date(2026, 11, 22), level=Level.VILLAGE)) == [ended]
    assert list(queries.current(on=date(2027, 1, 1), level=Level.VILLAGE)) == [coming]
    assert queries.current(on=TODAY).count() == 85


def test_latest_follows_the_successors_to_the_end():
    names = [{"name_ky": name, "name_ru": name, "name_en": name} for name in ("Биринчи", "Экинчи", "Үчүнчү")]
    first, second, third = (
        registering.add_village(f"417082038260{number}0", **name) for number, name in enumerate(names, start=2)
    )
    registering.succeed(first, by=second, on=TODAY)
    registering.succeed(second, by=third, on=TODAY)
    assert [queries.latest(Region.objects.get(pk=row.pk)) for row in (first, second, third)] == [third] * 3


def test_host_cities_sort_in_the_language_asked():
    cities = HostCity.objects.filter(country="RU", slug__in=["moscow", "kazan", "yekaterinburg"])
    assert [city.name_ru for city in queries.in_order(cities, "ru")] == ["Екатеринбург", "Казань", "Москва"]
    assert [city.name_en for city in queries.in_order(cities, "en")] == ["Kazan", "Moscow", "Yekaterinburg"]


def test_countries_have_names_in_each_language():
    assert [queries.country_name("KR", lang) for lang in ("ky", "ru", "en")] == [
        "Түштүк Корея",
        "Республика Корея",
        "South Korea",
    ]
    assert queries.country_name("XQ", "en") == "XQ"


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_every_country_of_a_host_city_has_a_name(lang):
    countries = set(HostCity.objects.values_list("country", flat=True))
    assert {country for country in countries if queries.country_name(country, lang) == country} == set()


LETTERS = st.text(alphabet=sorting.ALPHABET + " -", min_size=1, max_size=12)


@given(st.lists(LETTERS, min_size=2, max_size=8))
def test_the_order_is_one_order_whatever_comes_first(names):
    ordered = sorted(names, key=sorting.key)
    turned = names[::-1]
    assert sorted(turned, key=sorting.key) == ordered
    assert sorted(ordered, key=sorting.key) == ordered


@given(LETTERS)
def test_case_never_moves_a_name_among_others(name):
    assert sorting.key(name.upper())[0] == sorting.key(name)[0]


def test_every_letter_of_the_alphabet_is_after_the_one_before():
    keys = [sorting.key(letter) for letter in sorting.ALPHABET]
    assert keys == sorted(keys)
    assert len(sorting.ALPHABET) == 36


def test_what_lies_within_agrees_with_what_it_lies_in():
    regions = list(Region.objects.all())
    for wide in regions[::7]:
        inside = set(queries.within(wide))
        assert inside == {region for region in regions if region != wide and wide.code in codes.ancestors(region.code)}
