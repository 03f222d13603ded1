"""Message catalogues: what is extracted, kept, refused and compiled."""

import gettext

import pytest
from django.core.management import CommandError, call_command

from ashar.web import catalogues, ours

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext_lazy, pgettext_lazy, gettext_noop

# Translators: said at the gate
HELLO = _("Hello")
LATER = gettext_lazy("Come %(when)s")
GIFTS = ngettext_lazy("%(count)d gift", "%(count)d gifts", "count")
MAY = pgettext_lazy("month", "May")
NEVER = gettext_noop("Never " "mind")
NOT_A_MESSAGE = "Not this"
"""
TEMPLATE = """{% load i18n %}<p title='{% translate "Gate" %}'>it's {% translate "May" context "verb" %}
      {{ name|default:_("Nobody") }}
  {% blocktranslate count n=gifts trimmed %}
    One gift of {{ name }}
  {% plural %}
    {{ n }} gifts of {{ name }}
  {% endblocktranslate %}</p>
"""
MAIL = "{% load i18n %}{% translate 'Your gift' %}\n"


@pytest.fixture
def village(tmp_path):
    """An app with messages in Python, a page and a mail, and with what must be left alone."""
    for name, text in {
        "gate.py": PYTHON,
        "templates/gate.html": TEMPLATE,
        "templates/mail.txt": MAIL,
        "migrations/0001.py": "_('Migrated')",
        "templates/gate.css": "_('Styled')",
        "notes.txt": "{% translate 'Noted' %}",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def translate(village, language, **texts):
    """Write translations the way a person does, by msgid."""
    path = catalogues.path_of(village, language)
    catalogue = catalogues.read(path, language)
    for message in catalogue:
        text = texts.get(message.id if isinstance(message.id, str) else message.id[0])
        if text is not None:
            message.string = text
    catalogues._write(path, catalogue)


def everything(language):
    return {
        "Hello": "Салам",
        "Come %(when)s": "Келиңиз: %(when)s",
        "%(count)d gift": ("%(count)d салым",) * catalogues.PLURALS[language][0],
        "May": "Май",
        "Never mind": "Эч нерсе эмес",
        "Gate": "Дарбаза",
        "Nobody": "Эч ким",
        "One gift of %(name)s": ("%(n)s салым: %(name)s",) * catalogues.PLURALS[language][0],
        "Your gift": "Салымыңыз",
    }


@pytest.fixture
def translated(village):
    catalogues.update(village)
    for language in catalogues.LANGUAGES:
        translate(village, language, **everything(language))
    return village


def told(village):
    return [(fault.language, fault.kind, fault.text) for fault in catalogues.faults(village, "village")]


def edit(village, language, old, new):
    path = catalogues.path_of(village, language)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_messages_of_python_pages_and_mails(village):
    found = [(message.context, message.id) for message in catalogues.messages_of(village) if message.id]

    assert found == [
        (None, "Hello"),
        (None, "Come %(when)s"),
        (None, ("%(count)d gift", "%(count)d gifts")),
        ("month", "May"),
        (None, "Never mind"),
        (None, "Gate"),
        ("verb", "May"),
        (None, "Nobody"),
        (None, ("One gift of %(name)s", "%(n)s gifts of %(name)s")),
        (None, "Your gift"),
    ]


def test_note_for_translators_is_kept(village):
    assert catalogues.messages_of(village).get("Hello").auto_comments == ["said at the gate"]


def test_update_writes_one_file_per_language(village):
    assert catalogues.update(village) == [
        village / "locale" / "ky" / "LC_MESSAGES" / "django.po",
        village / "locale" / "ru" / "LC_MESSAGES" / "django.po",
    ]


def test_app_without_messages_gets_no_file(tmp_path):
    (tmp_path / "quiet.py").write_text("QUIET = 1\n", encoding="utf-8")

    assert catalogues.update(tmp_path) == []
    assert not (tmp_path / "locale").exists()


def test_update_twice_changes_nothing(translated):
    paths = catalogues.update(translated)
    before = [path.read_bytes() for path in paths]

    catalogues.update(translated)

    assert [path.read_bytes() for path in paths] == before


def test_update_keeps_translations_and_drops_what_is_unused(translated):
    (translated / "gate.py").write_text('from x import _\nHELLO = _("Hello")\nNEW = _("New")\n', encoding="utf-8")

    catalogues.update(translated)

    kept = catalogues.read(catalogues.path_of(translated, "ky"), "ky")
    assert (kept.get("Hello").string, kept.get("New").string, kept.get("Never mind")) == ("Салам", "", None)


def test_update_brings_plural_forms_of_other_tools_to_our_number(translated):
    path = catalogues.path_of(translated, "ru")
    text = path.read_text(encoding="utf-8").replace("nplurals=3", "nplurals=4")
    path.write_text(text.replace('msgstr[2] "%(count)d салым"', 'msgstr[2] "%(count)d салым"\nmsgstr[3] "лишнее"'))

    catalogues.update(translated)

    assert len(catalogues.read(path, "ru").get("%(count)d gift").string) == 3
    assert "nplurals=3" in path.read_text(encoding="utf-8")


def test_note_of_a_translator_survives(translated):
    edit(translated, "ky", 'msgid "Hello"', '# confirmed by a native reader\nmsgid "Hello"')

    (path, _) = catalogues.update(translated)

    assert "# confirmed by a native reader\n" in path.read_text(encoding="utf-8")


def test_complete_catalogues_have_no_fault(translated):
    assert told(translated) == []


def test_everything_is_missing_at_first(village):
    assert {kind for _, kind, _ in told(village)} == {"missing"}
    assert len(told(village)) == 20


def test_missing_message_is_named(translated):
    translate(translated, "ru", Hello="")

    assert told(translated) == [("ru", "missing", "Hello")]


def test_half_translated_plural_is_missing(translated):
    translate(translated, "ru", **{"%(count)d gift": ("%(count)d дар", "", "%(count)d даров")})

    assert told(translated) == [("ru", "missing", "%(count)d gift")]


def test_fuzzy_message_is_named(translated):
    edit(translated, "ky", 'msgid "Hello"', '#, fuzzy\nmsgid "Hello"')

    assert told(translated) == [("ky", "fuzzy", "Hello")]


def test_message_left_only_as_obsolete_is_missing(translated):
    edit(translated, "ky", 'msgid "Hello"\nmsgstr "Салам"', '#~ msgid "Hello"\n#~ msgstr "Салам"')

    assert told(translated) == [("ky", "missing", "Hello")]


def test_unused_message_is_named(translated):
    (translated / "templates" / "mail.txt").unlink()

    assert told(translated) == [("ky", "unused", "Your gift"), ("ru", "unused", "Your gift")]


@pytest.mark.parametrize("text", ["Келиңиз", "Келиңиз: %(place)s", "Келиңиз: %(when)s %(when)d", "Келиңиз: %s"])
def test_other_placeholders_are_named(translated, text):
    translate(translated, "ky", **{"Come %(when)s": text})

    assert told(translated) == [("ky", "other placeholders", "Come %(when)s")]


@pytest.mark.parametrize(
    "text",
    [
        "%(when)sда",
        "Келиңиз: %(when)s-жылы",
        "«%(when)s»ди",
        "<b>%(when)s</b>нин",
        "%(when)sДА",
        "{when}ге",
        "%sтан",
        "%dде",
    ],
)
def test_ending_on_a_variable_is_glued(text):
    assert catalogues.is_glued(text)


@pytest.mark.parametrize(
    "text",
    ["Келиңиз: %(when)s", "%(when)s мурун", "%(when)s, эртең", "«%(when)s» шаары", "100 %(when)s.", "%(when)s – чейин"],
)
def test_variable_that_stands_alone_is_not_glued(text):
    assert not catalogues.is_glued(text)


def test_kyrgyz_ending_on_a_variable_is_named_and_a_russian_one_is_not(translated):
    for language in catalogues.LANGUAGES:
        translate(translated, language, **{"Come %(when)s": "%(when)s-го"})

    assert told(translated) == [("ky", "ending on a variable", "Come %(when)s")]


def test_compiles_what_scripts_say_too(translated):
    path = catalogues.path_of(translated, "ky")
    path.with_name("djangojs.po").write_bytes(path.read_bytes())

    assert path.with_name("djangojs.mo") in catalogues.compile_all(translated)


def test_one_plural_form_may_leave_the_number_out(translated):
    translate(translated, "ru", **{"%(count)d gift": ("один дар", "%(count)d дара", "%(count)d даров")})

    assert told(translated) == []


def test_message_of_the_same_words_in_another_context_is_another(translated):
    edit(translated, "ky", 'msgctxt "verb"\nmsgid "May"\nmsgstr "Май"', 'msgctxt "verb"\nmsgid "May"\nmsgstr ""')

    assert told(translated) == [("ky", "missing", "May")]


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


def test_two_apps_may_not_say_one_message_differently(translated, tmp_path_factory):
    other = tmp_path_factory.mktemp("town")
    (other / "square.py").write_text('from x import _\nHELLO = _("Hello")\nGATE = _("Gate")\n', encoding="utf-8")
    catalogues.update(other)
    translate(other, "ky", Hello="Саламатсызбы", Gate="Дарбаза")

    faults = catalogues.disagreements({"village": translated, "town": other})

    assert [str(fault) for fault in faults] == [
        "village and town ky: said differently: 'Hello (village says Салам; town says Саламатсызбы)'"
    ]


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

    assert {"money", "ledger", "web", "diaspora", "cms"} - set(labels) == set()
    assert {"wagtailcore", "auth", "account", "sessions"} & set(labels) == set()
    assert labels.index("money") < labels.index("diaspora") < labels.index("cms")


class _Config:
    def __init__(self, label, path):
        self.label, self.path = label, str(path)


def _config(label, path):
    return _Config(label, path)


def _folder(config):
    return next(folder for folder in ours.folders() if str(folder) == config.path)
