"""The command that keeps message catalogues, and our own ones."""

import gettext

import pytest
from django.core.management import CommandError, call_command

from ashar.web import catalogues, ours
from tests.ashar.web.conftest import edit, translate


def test_compiles_what_scripts_say_too(translated):
    path = catalogues.path_of(translated, "ky")
    path.with_name("djangojs.po").write_bytes(path.read_bytes())

    assert path.with_name("djangojs.mo") in catalogues.compile_all(translated)


def test_compiled_catalogue_speaks(translated):
    written = catalogues.compile_all(translated)

    assert written == [catalogues.path_of(translated, language).with_suffix(".mo") for language in ("ky", "ru")]
    with written[0].open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Hello") == "Салам"
    assert spoken.pgettext("month", "May") == "Май"
    assert [spoken.ngettext("%(count)d gift", "%(count)d gifts", n) for n in (0, 1, 5)] == ["%(count)d салым"] * 3


def test_fuzzy_messages_are_not_compiled(translated):
    edit(translated, "ky", 'msgid "Hello"', '#, fuzzy\nmsgid "Hello"')

    with catalogues.compile_all(translated)[0].open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Hello") == "Hello"


def test_command_checks_one_app_and_names_each_fault(translated, monkeypatch, capsys):
    translate(translated, "ru", Hello="")
    monkeypatch.setattr(ours, "our_apps", lambda: [_config("village", translated)])

    with pytest.raises(CommandError, match="1 faults in the message catalogues"):
        call_command("catalogues", "--check", "village")

    assert capsys.readouterr().err == "village ru: missing: 'Hello'\n"


def test_command_updates_and_compiles(village, monkeypatch, capsys):
    monkeypatch.setattr(ours, "our_apps", lambda: [_config("village", village)])

    call_command("catalogues", "--update")
    call_command("catalogues", "--compile")

    assert capsys.readouterr().out.splitlines() == [
        str(catalogues.path_of(village, "ky")),
        str(catalogues.path_of(village, "ru")),
        "2 catalogues compiled",
    ]


def test_command_passes_a_complete_app(translated, monkeypatch, capsys):
    monkeypatch.setattr(ours, "our_apps", lambda: [_config("village", translated)])

    call_command("catalogues", "--check")

    assert capsys.readouterr().out == "message catalogues are complete\n"


def test_command_refuses_a_stranger():
    with pytest.raises(CommandError, match="not an app of ours: wagtailcore"):
        call_command("catalogues", "--check", "wagtailcore")


def test_command_needs_an_action():
    with pytest.raises(CommandError, match="one of the arguments --update --check --compile is required"):
        call_command("catalogues")


def test_our_own_catalogues_are_complete():
    (web,) = [config for config in ours.our_apps() if config.label == "web"]

    assert catalogues.faults(_folder(web), "web") == []


def test_our_apps_are_ours_alone():
    labels = [config.label for config in ours.our_apps()]

    assert {"money", "ledger", "web", "diaspora", "grants", "cms"} - set(labels) == set()
    assert {"wagtailcore", "auth", "account", "sessions"} & set(labels) == set()
    assert labels.index("money") < labels.index("diaspora") < labels.index("cms")


class _Config:
    def __init__(self, label, path):
        self.label, self.path = label, str(path)


def _config(label, path):
    return _Config(label, path)


def _folder(config):
    return next(folder for folder in ours.folders() if str(folder) == config.path)
