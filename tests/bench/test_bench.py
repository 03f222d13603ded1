"""The ruler is straight: budgets are compared, figures printed, time taken per call."""

import time

import pytest

from tests.bench import Measurement, __main__, cpu_seconds


@pytest.mark.parametrize(
    ("value", "at_most", "kept"), [(12, 12, True), (13, 12, False), (99, None, True), (1.5, 1.4, False)]
)
def test_budget_is_kept_up_to_its_edge(value: float, at_most: float | None, kept: bool) -> None:
    assert Measurement(what="queries", value=value, at_most=at_most).is_kept is kept


def test_counts_are_whole_and_ratios_are_not() -> None:
    assert "  12 queries" in str(Measurement(what="page", value=12, unit="queries"))
    assert "1.33 x" in str(Measurement(what="page", value=4 / 3, unit="x"))


def test_figure_above_its_budget_is_flagged() -> None:
    assert str(Measurement(what="page", value=13, at_most=12)).endswith("budget 12   <- above")


def test_report_says_whether_all_were_kept(capsys: pytest.CaptureFixture[str]) -> None:
    kept, broken = (
        Measurement(what="warm page", value=0, at_most=0),
        Measurement(what="cold page", value=13, at_most=12),
    )

    assert __main__.report("pages", [kept])
    assert not __main__.report("pages", [broken, kept])
    assert capsys.readouterr().out.splitlines() == ["pages", f"  {kept}", "pages", f"  {broken}", f"  {kept}"]


def test_time_is_per_call() -> None:
    def busy() -> None:
        until = time.process_time() + 0.002
        while time.process_time() < until:
            pass

    assert 0.002 <= cpu_seconds(busy, times=3, rounds=2) < 0.02


def test_unknown_subject_is_not_measured() -> None:
    assert __main__.subjects(["no such subject"]) == []
