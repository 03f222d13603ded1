"""A document is inside what its name says, has a title that reads as it is written, and is not empty."""

import io
import zipfile

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.models import Collection

from ashar.accounts import roles
from cms import documents
from tests.cms.test_pictures import photo

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
HTML = b"<!doctype html><script>hostile()</script>%PDF-"
OPEN_TEXT = "application/vnd.oasis.opendocument.text"


def archive(**held: str) -> bytes:
    """Return a ZIP archive; a `/` in a name is written `__`, a point `_`."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for name, content in held.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return kept.getvalue()


HONEST = {
    "a.pdf": PDF,
    "A.PDF": b"\xef\xbb\xbf\r\n" + PDF,
    "a.docx": archive(word__document_xml="<w/>"),
    "a.xlsx": archive(xl__workbook_xml="<w/>"),
    "a.odt": archive(mimetype=OPEN_TEXT, content_xml="<o/>"),
    "a.txt": "Акт\n".encode(),
    "b.txt": "Акт".encode("cp1251"),
}
OTHERWISE = [
    ("a.pdf", HTML),
    ("a.pdf", b"PK\x03\x04"),
    ("a.docx", PDF),
    ("a.docx", archive(xl__workbook_xml="<w/>")),
    ("a.docx", archive(word__document_xml="<w/>")[:40]),
    ("a.xlsx", b"1;2;3"),
    ("a.odt", archive(content_xml="<o/>")),
    ("a.odt", OPEN_TEXT.encode()),
    ("a.txt", b"MZ\x00\x00"),
]


def form(name: str, content: bytes, title: str = "Акт"):
    told = {"title": title, "collection": Collection.get_first_root_node().pk}
    return get_document_form(get_document_model())(told, {"file": SimpleUploadedFile(name, content)})


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", HONEST)
def test_one_that_is_what_it_says_is_taken(name):
    assert form(name, HONEST[name]).errors.get("file") is None


@pytest.mark.parametrize(("name", "content"), OTHERWISE, ids=[f"{name} {n}" for n, (name, _) in enumerate(OTHERWISE)])
def test_one_that_is_something_else_is_refused(name, content):
    with translation.override("en"):
        kind = name.rpartition(".")[2]
        [told] = form(name, content).errors["file"]
        assert told == (
            f"By its name this file is a “{kind}”, inside it is something else. Save it anew or choose another."
        )


def test_every_kind_that_is_taken_is_looked_into():
    assert set(documents.INSIDE) == set(settings.WAGTAILDOCS_EXTENSIONS)


@pytest.mark.parametrize(("code", "told"), [("ru", "Отправленный файл пуст."), ("en", "The submitted file is empty.")])
def test_of_an_empty_one_that_alone_is_said(code, told):
    with translation.override(code):
        assert form("a.pdf", b"").errors["file"] == [told]


def test_an_ending_that_is_not_taken_is_named():
    with translation.override("en"):
        [told] = form("a.exe", b"MZ").errors["file"]
        assert "“exe” is not allowed" in told


@pytest.mark.parametrize(
    ("kind", "door", "name", "content"),
    [
        (get_document_model(), "wagtaildocs:add", "a.pdf", PDF),
        (get_image_model(), "wagtailimages:add", "a.jpg", photo()),
    ],
    ids=["document", "picture"],
)
def test_a_title_keeps_no_control_that_turns_letters_round(enter, planted, kind, door, name, content):
    told = {
        "title": "Акт \u202egpj.exe\u202c",
        "file": SimpleUploadedFile(name, content),
        "collection": Collection.get_first_root_node().pk,
    }
    assert enter(roles.EDITOR).post(reverse(door), told).status_code == 302
    assert kind.objects.get().title == "Акт gpj.exe"


def test_what_is_there_already_is_not_looked_into_again(enter, planted):
    row = get_document_model().objects.create(title="Акт", file=SimpleUploadedFile("a.pdf", b"old"))
    told = {"title": "Протокол", "collection": Collection.get_first_root_node().pk}
    enter(roles.EDITOR).post(reverse("wagtaildocs:edit", args=[row.pk]), told)
    row.refresh_from_db()
    assert row.title == "Протокол"
