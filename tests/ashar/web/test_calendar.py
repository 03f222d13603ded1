"""Days and moments as CLDR writes them, the same through our formatter and through Django's."""

import re
from datetime import UTC, date, datetime
from gettext import c2py
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.dates import format_date
from babel.messages import Catalog
from babel.numbers import format_decimal
from django.template import Context, Template
from django.utils import formats, numberformat, timezone, translation
from django.utils.translation import ngettext

from ashar.web import calendar, catalogues, ours

DAY = date(2026, 11, 22)
NOON_IN_BISHKEK = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
LATE_IN_LONDON = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)
LANGUAGES = ["ky", "ru", "en"]
# 0 one few many other, at the numbers where languages differ.
COUNTS = [0, 1, 2, 5, 11, 21]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ky", "2026-ж., 22-ноябрь"), ("ru", "22 ноября 2026\u00a0г."), ("en", "22 November 2026")],
)
def test_day_in_words(language, expected):
    assert calendar.day(DAY, language=language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_django_and_cldr_write_every_month_alike(language, month):
    on = date(2026, month, 7)

    with translation.override(language):
        assert formats.date_format(on, "DATE_FORMAT") == calendar.day(on)


@pytest.mark.parametrize("language", LANGUAGES)
def test_day_is_cldrs_but_for_the_space_old_phones_lack(language):
    expected = format_date(DAY, format="long", locale=calendar.LOCALES[language]).replace("\u202f", "\u00a0")

    assert calendar.day(DAY, language=language) == expected


@pytest.mark.parametrize(
    ("form", "expected"), [("full", "2026-ж., 22-ноябрь, жекшемби"), ("medium", "2026-ж., 22-ноя.")]
)
def test_other_lengths(form, expected):
    assert calendar.day(DAY, form=form, language="ky") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ky", "2026-ж., 22-ноябрь, 12:00 (Бишкек убактысы)"),
        ("ru", "22 ноября 2026\u00a0г., 12:00 (время Бишкека)"),
        ("en", "22 November 2026, 12:00 (Bishkek time)"),
    ],
)
def test_moment_tells_its_zone(language, expected):
    with translation.override(language):
        assert calendar.moment(NOON_IN_BISHKEK) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Seoul", "22 November 2026, 15:00 (GMT+09:00)"),
        ("America/New_York", "22 November 2026, 01:00 (GMT-05:00)"),
        ("Asia/Kolkata", "22 November 2026, 11:30 (GMT+05:30)"),
    ],
)
def test_moment_in_another_zone(zone, expected):
    with translation.override("en"), timezone.override(ZoneInfo(zone)):
        assert calendar.moment(NOON_IN_BISHKEK) == expected


def test_moment_late_in_london_is_the_next_day_in_bishkek():
    assert calendar.day(LATE_IN_LONDON, language="en") == "23 November 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_as_cldr_groups_and_points_them(language):
    with translation.override(language):
        written = numberformat.format(
            "1234567.89",
            formats.get_format("DECIMAL_SEPARATOR"),
            grouping=formats.get_format("NUMBER_GROUPING"),
            thousand_sep=formats.get_format("THOUSAND_SEPARATOR"),
            force_grouping=True,
        )

    assert written == format_decimal(1234567.89, locale=calendar.LOCALES[language])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["22.11.2026", "22/11/2026", "2026-11-22"])
def test_days_are_read_as_people_type_them(language, typed):
    with translation.override(language):
        accepted = formats.get_format("DATE_INPUT_FORMATS")

    assert {datetime.strptime(typed, form).date() for form in accepted if _reads(typed, form)} == {DAY}  # noqa: DTZ007 - a day has no zone


def _reads(typed, form):
    try:
        datetime.strptime(typed, form)  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("language", LANGUAGES)
def test_week_begins_on_monday(language):
    with translation.override(language):
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("language", "sentence", "nouns"),
    [
        ("ky", "Сырсөз өтө кыска. Анда кеминде {} {} болушу керек.", ["белги"] * 6),
        (
            "ru",
            "Пароль слишком короткий. В нём должно быть не менее {} {}.",
            ["знаков", "знака", "знаков", "знаков", "знаков", "знака"],
        ),
        (
            "en",
            "This password is too short. It must contain at least {} {}.",
            ["characters", "character", "characters", "characters", "characters", "characters"],
        ),
    ],
)
def test_nouns_follow_their_number(language, sentence, nouns):
    one = "This password is too short. It must contain at least %d character."
    more = "This password is too short. It must contain at least %d characters."

    with translation.override(language):
        told = [ngettext(one, more, count) % count for count in COUNTS]

    assert told == [sentence.format(count, noun) for count, noun in zip(COUNTS, nouns, strict=True)]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_plural_forms_of_our_catalogues_are_cldrs(language):
    locale = Locale(language)
    catalogue = Catalog(locale=language)
    same_form = {
        (one, other): locale.plural_form(one) == locale.plural_form(other) for one in COUNTS for other in COUNTS
    }
    rule = catalogues.PLURALS.get(language, (catalogue.num_plurals, catalogue.plural_expr))[1]
    chosen = c2py(rule)

    assert {(one, other): chosen(one) == chosen(other) for one in COUNTS for other in COUNTS} == same_form


def test_filters_write_nothing_for_nothing():
    template = Template("{% load web %}[{{ none|day }}{{ none|moment }}{{ none|iso }}]")

    assert template.render(Context({"none": None})) == "[]"


def test_filters_write_day_moment_and_machine_form():
    template = Template("{% load web %}{{ on|day }} / {{ on|day:'medium' }} / {{ at|moment }} / {{ at|iso }}")

    with translation.override("en"):
        assert template.render(Context({"on": DAY, "at": NOON_IN_BISHKEK})) == (
            "22 November 2026 / 22 Nov 2026 / 22 November 2026, 12:00 (Bishkek time) / 2026-11-22T06:00:00+00:00"
        )


def test_every_template_of_ours_writes_days_through_the_one_formatter():
    """A year alone is no day, and a table that names its zone once may write the bare hour in each row."""
    others = re.compile(r'\|(?:date(?!:"Y")|time(?!:"H:i")|naturaltime|naturalday)')
    templates = [path for folder in ours.folders() for path in folder.rglob("templates/**/*") if path.is_file()]

    assert {
        path.name for path in templates if path.suffix in {".html", ".txt"} and others.search(path.read_text())
    } == set()
