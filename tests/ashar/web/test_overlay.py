"""Nothing that Django can say stays English in Kyrgyz, and what it says keeps its placeholders."""

from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from ashar.web import catalogues

DJANGO = Path(django.__file__).parent
SPEAKING = ("conf", "contrib/admin", "contrib/auth", "contrib/contenttypes", "contrib/humanize", "contrib/postgres",
            "contrib/sessions", "contrib/sites")  # fmt: skip
NAMES = {"IPv4", "IPv6"}  # the same in every language


def said_by_django(part):
    """Return what `part` of Django says: (context, English), plural ones by their singular."""
    with (DJANGO / part / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return {(message.context, catalogues._english(message)) for message in read_po(file) if message.id}


def known(path):
    """Return what the catalogue at `path` translates, finished and not doubtful."""
    with path.open("rb") as file:
        return {
            (message.context, catalogues._english(message))
            for message in read_po(file)
            if message.id and all(catalogues._texts(message)) and not message.fuzzy
        }


def ours(language):
    return known(catalogues.path_of(Path(catalogues.__file__).parent, language))


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
@pytest.mark.parametrize("part", SPEAKING)
def test_django_and_we_say_everything(part, language):
    theirs = known(DJANGO / part / "locale" / language / "LC_MESSAGES" / "django.po")

    untold = {(context, text) for context, text in said_by_django(part) - theirs - ours(language) if text not in NAMES}

    assert untold == set()


def test_every_sentence_of_the_overlay_is_djangos():
    said = set().union(*(said_by_django(part) for part in SPEAKING))
    overlay = Path(catalogues.__file__).with_name("overlay.py")
    listed = {
        (message.context, catalogues._english(message))
        for message in catalogues.messages_of(overlay.parent)
        if message.id and [name for name, _line in message.locations] == [overlay.name]
    }

    assert len(listed) > 50
    assert listed - said == set()


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("This field is required.", "Бул талааны толтуруңуз."),
        ("Set password: %s", "Сырсөз коюу: %s"),
        ("Skip to main content", "Негизги мазмунга өтүү"),
    ],
)
def test_ours_stands_before_djangos(english, expected):
    with translation.override("ky"):
        assert translation.gettext(english) == expected
