"""What a chart is made from, and what it refuses in words an editor understands."""

import pytest
from django.utils import translation

from ashar.web.charts import figures
from ashar.web.charts.figures import Figures, Series


def gifts(*numbers, name="Gifts"):
    return Series(name, numbers)


def refused(kind, labels, *series, language="en"):
    with translation.override(language), pytest.raises(kind) as refusal:
        Figures(labels, series)
    with translation.override(language):
        return str(refusal.value)


def test_totals_are_sums_over_all_series():
    assert Figures(("Osh", "Talas"), (gifts(3, 0), gifts(4, 1))).totals == (7, 1)


def test_numbers_are_written_with_their_thousands_apart():
    with translation.override("en"):
        assert Figures(("Osh",), (gifts(0),)).written(12345) == "12,345"


def test_money_is_written_with_its_currency():
    with translation.override("ru"):
        assert Figures(("Ош",), (gifts(0),), "KGS").written(123_450) == "1\u00a0234,50\u00a0сом"


@pytest.mark.parametrize(("labels", "series"), [((), (gifts(),)), (("Osh",), ()), ((), ())])
def test_nothing_at_all_is_refused(labels, series):
    assert refused(figures.NoFigures, labels, *series) == "A chart needs at least one label and one number."


@pytest.mark.parametrize("numbers", [(), (1,), (1, 2, 3)])
def test_series_of_another_length_is_refused(numbers):
    sentence = refused(figures.UnevenSeries, ("Osh", "Talas"), gifts(*numbers))

    assert sentence == f"“Gifts” has {len(numbers)} numbers for 2 labels."


def test_number_below_zero_is_refused_by_name():
    assert refused(figures.NegativeFigure, ("Osh", "Talas"), gifts(5, -1200)) == (
        "“Talas” is below zero: -1,200. A chart shows zero and above; put the numbers into a table."
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ky", "«Талас» нөлдөн төмөн: -2. Диаграмма нөлдү жана андан жогорку сандарды гана көрсөтөт; "),
        ("ru", "«Талас» ниже нуля: -2. Диаграмма показывает только ноль и больше; "),
    ],
)
def test_refusal_speaks_the_language_of_the_editor(language, expected):
    sentence = refused(figures.NegativeFigure, ("Талас",), gifts(-2), language=language)

    assert sentence[: len(expected)] == expected


def test_twelve_series_are_told_apart_and_thirteen_are_not():
    assert len(Figures(("Osh",), (gifts(1),) * 12).series) == 12
    assert refused(figures.TooManySeries, ("Osh",), *[gifts(1)] * 13) == (
        "A chart tells 12 series apart, not 13. Put the smallest together."
    )


@pytest.mark.parametrize("number", [1.5, True, "3", None])
def test_only_whole_numbers_are_drawn(number):
    with pytest.raises(TypeError, match="a chart counts in ints"):
        Figures(("Osh",), (gifts(number),))


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (figures.NoFigures, "chart_without_figures"),
        (figures.UnevenSeries, "chart_series_uneven"),
        (figures.NegativeFigure, "chart_figure_negative"),
        (figures.TooManySeries, "chart_too_many_series"),
        (figures.OneSeriesOnly, "chart_donut_of_many"),
    ],
)
def test_every_refusal_has_a_stable_code(kind, code):
    assert kind.code == code
