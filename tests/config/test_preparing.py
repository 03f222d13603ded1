"""Preparing an installation does what is needed once, and nothing the second time."""

from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import trans_real
from pytest_django import Settings

from config import preparing


@pytest.fixture
def somewhere(settings: Settings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


def test_static_files_are_collected_once(somewhere: Path) -> None:
    collected = [preparing.collect_static(), preparing.collect_static()]

    assert collected == [True, False]
    assert (somewhere / "static" / "wagtailadmin").is_dir()


def test_changed_static_file_is_collected_again(somewhere: Path) -> None:
    preparing.collect_static(lambda: "yesterday")

    assert preparing.collect_static(lambda: "today")


def test_fingerprint_stays_while_nothing_changes() -> None:
    assert preparing.static_fingerprint() == preparing.static_fingerprint()


def test_fingerprint_follows_a_file(settings: Settings, tmp_path: Path) -> None:
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "wall.css").write_text("a{}")
    before = preparing.static_fingerprint()

    (tmp_path / "wall.css").write_text("a{color:red}")

    assert preparing.static_fingerprint() != before


def test_interrupted_preparing_ends_with_one_sentence(somewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(preparing, "call_command", interrupt)

    with pytest.raises(CommandError, match=r"^stopped before everything was ready. Run it again to go on.$"):
        preparing.prepare()
    assert (somewhere / "queue" / "messages").is_dir()


def test_words_read_before_the_catalogues_were_compiled_are_read_again(
    somewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "call_command", lambda *_, **__: None)
    monkeypatch.setitem(trans_real._translations, "ky", trans_real.DjangoTranslation("en"))
    with translation.override("ky"):
        assert translation.gettext("Projects") == "Projects"

    preparing.prepare()

    with translation.override("ky"):
        assert translation.gettext("Projects") == "Долбоорлор"


@pytest.mark.django_db  # it asks whether the demo's people are there
def test_the_page_trees_are_planted_with_or_without_a_demo(
    somewhere: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(preparing, "call_command", lambda name, *_, **__: called.append(name))
    settings.DEMO = False

    preparing.prepare()

    assert called == ["catalogues", "migrate", "plant", "collectstatic"]
