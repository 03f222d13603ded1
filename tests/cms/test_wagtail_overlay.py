"""What Wagtail says to an editor: what we promise in Kyrgyz, and that our catalogues fit the Wagtail that is installed."""

import re
from pathlib import Path

import pytest
import wagtail
import wagtail_localize
from babel.messages.pofile import read_po
from django.apps import apps
from django.urls import reverse
from django.utils import translation
from django.views.i18n import JavaScriptCatalog

from ashar.web import catalogues, ours

OVERLAY = Path(apps.get_app_config("cms").path) / "wagtail_overlay" / "locale"
PROMISED = Path(__file__).with_name("promised_in_kyrgyz.txt").read_text(encoding="utf-8").splitlines()
CYRILLIC = re.compile("[а-яёңөү]", re.IGNORECASE)
DOMAINS = ("django", "djangojs")
# Names of kinds of pages and rows, which Wagtail puts into a sentence as they are.
NAME = re.compile(r"%\((?:model_name|page_type|object_type|snippet_type_name|snippet_plural_name)\)s|\{model_name\}")
# Where neither Russian nor Kyrgyz would bend a name: in brackets, after a colon, first, or as the one who does it.
UNBENT = re.compile(rf"(?:\(|: |^|Сейчас |Азыр |«)(?:{NAME.pattern})")
# What parts of Wagtail say that we do not install: its forms and its simple translation.
SELDOM = {
    "%(model_name)s submissions",
    "Translate %(model_name)s",
    "Successfully created %(locales)s for %(model_name)s '%(object)s'",
}
# Wagtail has no Kyrgyz; of its Russian, what misleads an editor or breaks the grammar is said anew.
EACH = pytest.mark.parametrize(("code", "domain"), [(code, domain) for code in ("ky", "ru") for domain in DOMAINS])


def overlay(code, domain):
    with (OVERLAY / code / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def said_by_wagtail(domain):
    """Return every message of the installed Wagtail and wagtail-localize: its English, plural and all."""
    packages = [Path(package.__file__).parent for package in (wagtail, wagtail_localize)]
    said = set()
    for path in (path for package in packages for path in package.rglob(f"locale/en/LC_MESSAGES/{domain}.po")):
        with path.open("rb") as file:
            said |= {message.id for message in read_po(file) if message.id}
    return said


def test_the_promise_is_some_size():
    assert len(PROMISED) == len(set(PROMISED)) == 227


@pytest.mark.parametrize("english", PROMISED)
def test_what_is_promised_is_kyrgyz(english):
    with translation.override("ky"):
        said = translation.gettext(english)

    assert said != english
    assert CYRILLIC.search(said)
    assert catalogues._placeholders(said) == catalogues._placeholders(english)


@EACH
def test_every_sentence_is_wagtails(code, domain):
    said = said_by_wagtail(domain)
    singles = {one if isinstance(one, str) else one[0] for one in said}

    assert {message.id for message in overlay(code, domain) if catalogues._english(message) not in singles} == set()


@EACH
def test_every_sentence_is_finished(code, domain):
    unfinished = {
        message.id
        for message in overlay(code, domain)
        if message.fuzzy or not all(CYRILLIC.search(text) for text in catalogues._texts(message))
    }

    assert unfinished == set()


@EACH
def test_placeholders_are_kept_and_no_ending_hangs_on_one(code, domain):
    broken = {}
    for message in overlay(code, domain):
        wanted = catalogues._placeholders(catalogues._english(message)) | catalogues._placeholders(
            catalogues._plural(message)
        )
        for text in catalogues._texts(message):
            if not catalogues._fits(text, wanted, message) or catalogues.is_glued(text):
                broken[message.id] = text

    assert broken == {}


@EACH
def test_spaces_at_the_ends_are_kept(code, domain):
    def ends(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert {
        message.id
        for message in overlay(code, domain)
        if isinstance(message.id, str) and ends(message.id) != ends(message.string)
    } == set()


@pytest.mark.parametrize("code", ["ky", "ru"])
def test_ours_and_the_overlay_never_translate_the_same_sentence(code):
    """The overlay stands before our apps' catalogues too, so a sentence in both would hide ours."""
    own = {
        message.id
        for folder in ours.folders()
        for message in catalogues.read(catalogues.path_of(folder, code), code)
        if message.id and not message.context
    }

    assert {message.id for message in overlay(code, "django")} & own == set()


@pytest.mark.parametrize(
    ("code", "english", "said"),
    [
        ("ky", "Publish in ", "Жарыялоо, тили: "),
        ("ky", "Move up", "Өйдө жылдыруу"),
        ("ru", "Download PO file", "Скачать файл PO"),
        ("ru", "Move up", "Двигать вверх"),
    ],
)
def test_scripts_of_the_editors_room_speak_the_language(rf, code, english, said):
    with translation.override(code):
        catalogue = JavaScriptCatalog(packages=["wagtail.admin"])
        catalogue.get(rf.get("/"))
        assert catalogue.get_catalog()[english] == said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("wagtailadmin_home", "Иш тактасы"),
        ("wagtailimages:index", "Сүрөттөр"),
        ("wagtailadmin_reports:locked_pages", "Кулпуланган беттер"),
        ("wagtailadmin_reports:site_history", "Сайттын тарыхы"),
    ],
)
def test_an_editor_who_reads_kyrgyz_finds_it_everywhere(enter, name, heading):
    client = enter("administrator")

    page = client.get(reverse(name), headers={"accept-language": "ky"}).content.decode()

    assert re.search(r'<html[^>]* lang="(\w+)"', page)[1] == "ky"
    assert heading in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]


@pytest.mark.parametrize("code", ["ky", "ru"])
def test_every_sentence_with_the_name_of_a_kind_is_ours(code):
    """Wagtail's own Russian said «Любой может отредактировать страница»."""
    said = {one if isinstance(one, str) else one[0] for one in said_by_wagtail("django")}
    ours = {catalogues._english(message) for message in overlay(code, "django")}

    assert {english for english in said if NAME.search(english)} - ours == SELDOM


@pytest.mark.parametrize("code", ["ky", "ru"])
def test_no_name_of_a_kind_would_have_to_be_bent(code):
    bent = {
        text
        for message in overlay(code, "django")
        for text in catalogues._texts(message)
        if len(NAME.findall(text)) != len(UNBENT.findall(text))
    }

    assert bent == set()
