"""Message catalogues: what is extracted, kept, refused and compiled."""

import pytest

from ashar.web import catalogues
from tests.ashar.web.conftest import edit, translate


def told(village):
    return [(fault.language, fault.kind, fault.text) for fault in catalogues.faults(village, "village")]


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


def test_one_plural_form_may_leave_the_number_out(translated):
    translate(translated, "ru", **{"%(count)d gift": ("один дар", "%(count)d дара", "%(count)d даров")})

    assert told(translated) == []


def test_message_of_the_same_words_in_another_context_is_another(translated):
    edit(translated, "ky", 'msgctxt "verb"\nmsgid "May"\nmsgstr "Май"', 'msgctxt "verb"\nmsgid "May"\nmsgstr ""')

    assert told(translated) == [("ky", "missing", "May")]


def test_two_apps_may_not_say_one_message_differently(translated, tmp_path_factory):
    other = tmp_path_factory.mktemp("town")
    (other / "square.py").write_text('from x import _\nHELLO = _("Hello")\nGATE = _("Gate")\n', encoding="utf-8")
    catalogues.update(other)
    translate(other, "ky", Hello="Саламатсызбы", Gate="Дарбаза")

    faults = catalogues.disagreements({"village": translated, "town": other})

    assert [str(fault) for fault in faults] == [
        "village and town ky: said differently: 'Hello (village says Салам; town says Саламатсызбы)'"
    ]
