"""No module, function or view grows past the house's ceilings, and the tape that measures them measures right."""

from pathlib import Path

import pytest

from tests.architecture import shape, sources


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    return tmp_path


def test_nothing_stands_above_its_ceiling() -> None:
    assert shape.measure(sources.source_files(), sources.test_files()).above == []


def test_half_of_all_functions_fit_in_a_glance() -> None:
    measured = shape.measure(sources.source_files(), sources.test_files())

    assert measured.function_median <= 7
    assert measured.function_p90 <= 20


def test_docstring_does_not_count(drawn: Path) -> None:
    (drawn / "verbs.py").write_text('def give():\n    """One.\n\n    Two.\n    """\n    return 1\n')

    (function,) = sources.functions([drawn / "verbs.py"])

    assert function.length == 2


def test_long_function_is_named(drawn: Path) -> None:
    (drawn / "verbs.py").write_text("def give():\n" + "    pass\n" * 40)

    assert shape.measure([drawn / "verbs.py"], []).above == ["verbs.py:1 give (41 lines)"]


def test_long_module_is_named(drawn: Path) -> None:
    (drawn / "verbs.py").write_text("x = 1\n" * 301)

    assert shape.measure([drawn / "verbs.py"], []).above == ["verbs.py (301 lines)"]


def test_tables_of_cases_may_be_longer(drawn: Path) -> None:
    (drawn / "test_verbs.py").write_text("x = 1\n" * 500)
    (drawn / "test_rules.py").write_text("x = 1\n" * 501)

    assert shape.measure([], [drawn / "test_verbs.py", drawn / "test_rules.py"]).above == ["test_rules.py (501 lines)"]


def test_long_view_method_is_named(drawn: Path) -> None:
    (drawn / "web").mkdir()
    (drawn / "web" / "views.py").write_text("class Give:\n    def post(self, request):\n" + "        pass\n" * 15)

    assert shape.measure([drawn / "web" / "views.py"], []).above == [
        "web/views.py:2 Give.post (16 lines): a view method above 15"
    ]


def test_figures_of_a_small_house(drawn: Path) -> None:
    (drawn / "verbs.py").write_text("def give() -> int:\n    return 1\n\n\ndef take():\n    a = 1\n    return a\n")
    (drawn / "test_verbs.py").write_text("x = 1\n" * 14)

    measured = shape.measure([drawn / "verbs.py"], [drawn / "test_verbs.py"])

    assert measured == shape.Shape(
        function_median=2.5,
        function_p90=3,
        function_max=3,
        view_max=0,
        module_max=7,
        tests_to_source=2.0,
        typed=0.5,
        above=[],
    )
    assert "test lines / source lines   2.00   floor 1.5\n" in shape.report(measured)


def test_too_few_tests_are_flagged(drawn: Path) -> None:
    (drawn / "verbs.py").write_text("x = 1\n" * 4)

    assert "0.00   floor 1.5  <- below" in shape.report(shape.measure([drawn / "verbs.py"], []))
