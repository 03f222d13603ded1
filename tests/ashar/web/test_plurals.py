"""Every message of ours that counts, said at 0, 1, 2, 5, 11 and 21 in each language."""

import re
from pathlib import Path

import pytest
from babel import Locale
from django.apps import apps
from django.utils import translation

from ashar.web import catalogues, ours

COUNTS = (0, 1, 2, 5, 11, 21)
LANGUAGES = ("ky", "ru", "en")
# Of each count its form: Kyrgyz has one, Russian three, English two.
FORMS = {"ky": (0, 0, 0, 0, 0, 0), "ru": (2, 0, 1, 2, 2, 0), "en": (1, 0, 1, 1, 1, 1)}
OVERLAYS = [
    Path(apps.get_app_config("cms").path) / "wagtail_overlay",
    Path(apps.get_app_config("accounts").path) / "allauth_overlay",
]


def counted(language):
    """Return every counting message that our catalogues have: (context, singular, plural) → its forms."""
    found = {}
    for folder in [*ours.folders(), *OVERLAYS]:
        for message in catalogues.read(catalogues.path_of(folder, language), language):
            if message.pluralizable:
                found[message.context, *message.id] = catalogues._texts(message)
    return found


def of_the_source():
    return {
        (message.context, *message.id)
        for folder in ours.folders()
        for message in catalogues.messages_of(folder)
        if message.pluralizable
    }


def said(key, count):
    context, one, more = key
    return translation.npgettext(context, one, more, count) if context else translation.ngettext(one, more, count)


def test_every_counting_message_of_the_source_is_in_both_catalogues():
    for language in catalogues.LANGUAGES:
        assert of_the_source() - set(counted(language)) == set()
    assert len(of_the_source()) > 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_count_has_the_form_of_its_language(language):
    messages = counted(language) if language != "en" else {key: list(key[1:]) for key in of_the_source()}

    with translation.override(language):
        told = {key: [said(key, count) for count in COUNTS] for key in messages}

    assert told == {key: [forms[place] for place in FORMS[language]] for key, forms in messages.items()}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_those_forms_are_cldrs(language):
    names = [Locale(language).plural_form(count) for count in COUNTS]

    assert len(set(names)) == len(set(FORMS[language]))
    assert len(set(zip(names, FORMS[language], strict=True))) == len(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", COUNTS)
def test_with_its_number_no_placeholder_is_left(language, count):
    with translation.override(language):
        told = [_filled(said(key, count), count) for key in of_the_source()]

    assert [text for text in told if catalogues._placeholders(text)] == []


def _filled(text, count):
    """Put `count` wherever a number or a name is expected."""
    named = dict.fromkeys(re.findall(r"%\((\w+)\)", text), count)
    return text % named if named else text.replace("%d", str(count)).replace("%s", str(count))
