"""A database kept between test runs is believed only while nothing that made it has changed."""

from pathlib import Path

import pytest

from tests import migrated


@pytest.fixture
def small_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A part with one migration that imports a module, which imports another and reads a table."""
    files = {
        "places/migrations/0001_initial.py": "from places import loading\n",
        "places/loading.py": "import places.reading\n",
        "places/reading.py": "",
        "places/unrelated.py": "",
        "places/regions.csv": "code\n",
        "places/__init__.py": "",
    }
    for name, text in files.items():
        path = tmp_path / "platform" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    monkeypatch.setattr(migrated, "SOURCE_ROOTS", (tmp_path / "platform",))
    return tmp_path / "platform" / "places"


@pytest.mark.parametrize("name", ["migrations/0001_initial.py", "loading.py", "reading.py", "regions.csv"])
def test_change_of_what_made_it_is_noticed(small_house: Path, name: str) -> None:
    before = migrated.digest()

    path = small_house / name
    path.write_text(path.read_text() + "\n# changed\n")

    assert migrated.digest() != before


def test_change_of_anything_else_is_not(small_house: Path) -> None:
    before = migrated.digest()

    (small_house / "unrelated.py").write_text("# changed\n")

    assert migrated.digest() == before


def test_new_migration_is_noticed(small_house: Path) -> None:
    before = migrated.digest()

    (small_house / "migrations" / "0002_more.py").write_text("")

    assert migrated.digest() != before
