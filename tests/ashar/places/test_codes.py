"""What a SOATE code says by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.places import codes
from ashar.places.models import Level

CHUY = "41708000000000"
ALAMUDUN = "41708203000000"
LEBEDINOVKA = "41708203826010"
BISHKEK = "41711000000000"
OSH_CITY = "41721000000000"
NARYN_CITY = "41704400000010"
UZGEN_TOWN = "41706255600010"


@pytest.mark.parametrize(
    ("code", "level"),
    [
        (CHUY, Level.OBLAST),
        (BISHKEK, Level.CITY),
        (OSH_CITY, Level.CITY),
        (ALAMUDUN, Level.RAYON),
        ("41711201000000", Level.DISTRICT),
        (NARYN_CITY, Level.CITY),
        (UZGEN_TOWN, Level.CITY),
        ("41706255600000", Level.AIMAK),
        ("41708203826000", Level.AIMAK),
        (LEBEDINOVKA, Level.VILLAGE),
        ("41703410800020", Level.VILLAGE),
    ],
)
def test_the_code_tells_the_level(code, level):
    assert codes.level(code) == level


@pytest.mark.parametrize(
    ("code", "wider"),
    [
        (CHUY, []),
        (BISHKEK, []),
        (ALAMUDUN, [CHUY]),
        ("41711201000000", [BISHKEK]),
        (NARYN_CITY, ["41704000000000"]),
        (UZGEN_TOWN, ["41706255600000", "41706255000000", "41706255000010", "41706000000000"]),
        (LEBEDINOVKA, ["41708203826000", ALAMUDUN, "41708203000010", CHUY]),
        ("41703410800020", ["41703410800000", "41703410000000", "41703410000010", "41703000000000"]),
    ],
)
def test_the_code_tells_what_it_lies_in_nearest_first(code, wider):
    assert codes.ancestors(code) == wider


@pytest.mark.parametrize(
    ("code", "oblast"),
    [
        ("41707215000000", "41707000000000"),  # Kara-Buura: a public seed puts it into Osh oblast
        ("41707400000010", "41707000000000"),  # Talas city: the seed puts it into Bishkek
        ("41704220000000", "41704000000000"),  # At-Bashy: the seed puts it into Jalal-Abad
        (BISHKEK, BISHKEK),
    ],
)
def test_the_oblast_comes_from_the_code(code, oblast):
    assert codes.oblast_of(code) == oblast


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("417 07 400 000 010", "41707400000010"),
        (" 41708203000000\n", ALAMUDUN),
        ("41704000000010", NARYN_CITY),
        ("41706211800000", "41706211000000"),
    ],
)
def test_a_printed_code_is_read_in_the_classifiers_form(printed, read):
    assert codes.read(printed) == read


@pytest.mark.parametrize(
    "given", ["", "417", "4170820300000", "417082030000001", "99608203000000", "Чүй", "４１７08203000000"]
)
def test_what_cannot_be_a_code_is_refused(given):
    with pytest.raises(codes.NotACode) as refused:
        codes.read(given)
    assert refused.value.code == "not_a_soate_code"
    assert refused.value.facts == {"given": given}


@given(st.from_regex(r"417[0-9]{11}", fullmatch=True))
def test_any_fourteen_digits_have_a_level_and_lie_in_ever_wider_places(code):
    wider = codes.ancestors(code)
    assert codes.level(code) in Level
    assert code not in wider[-1:] or codes.level(code) == Level.OBLAST
    assert [codes.oblast_of(each) for each in wider] == [codes.oblast_of(code)] * len(wider)
    assert codes.read(codes.read(code)) == codes.read(code)
