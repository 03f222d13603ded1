"""Uploads of an administrator and wishes of a stranger: only pictures are kept, and nothing uploaded acts as a page of ours."""

import urllib.request
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.embeds.models import Embed
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.models import Collection

from cms.blocks import text
from tests.badinput import files
from tests.badinput.files import File
from tests.hostile import reading
from tests.hostile.village import ADMINISTRATOR, ANONYMOUS, Village

INSIDE = (
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost/",
    "http://127.0.0.1:6379/",
    "http://[::1]/",
    "http://[::ffff:7f00:1]/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://localhost./",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "https://hostile.example/video",
    "https://www.youtube.com.hostile.example/watch?v=1",
)

# Wagtail asks how large a picture is before it knows that it can be read, and falls over a torn one; nothing is kept.
TORN = {"cut-off.png"}


@pytest.fixture
def media() -> Path:
    """The folder of uploads, with what strangers must not get."""
    root = Path(settings.MEDIA_ROOT)
    for name in ("original_images/secret.jpg", "documents/secret.pdf", ".hidden", "images/.hidden", "images/page.html"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(files.HOSTILE)
    return root


def uploaded(village: Village, upload: File, address: str = "wagtailimages:add"):
    """Send one file as an administrator."""
    sent = SimpleUploadedFile("x", upload.content, content_type=upload.kind)
    sent._name = upload.name  # as it comes over the wire; Django cleans it on arrival
    answers = {"title": "Picture", "file": sent, "collection": Collection.get_first_root_node().pk, "tags": ""}
    return village.enter(ADMINISTRATOR).post(reverse(address), answers)


def test_only_pictures_are_kept_as_pictures(village: Village):
    kept = {}
    for upload in files.UPLOADS:
        before = get_image_model().objects.count()
        response = uploaded(village, upload)
        assert response.status_code < 500 or upload.name in TORN, upload.name
        assert reading.broke_out(reading.body(response)) == [], upload.name
        kept[upload.name] = get_image_model().objects.count() > before

    assert kept == {upload.name: upload.is_picture for upload in files.UPLOADS}


def test_what_is_kept_stays_in_its_folder(village: Village):
    for upload in files.UPLOADS:
        uploaded(village, upload)

    names = [image.file.name for image in get_image_model().objects.all()]
    assert len(names) == sum(upload.is_picture for upload in files.UPLOADS)
    assert [name for name in names if not name.startswith("original_images/") or ".." in name or "<" in name] == []


def test_a_shown_picture_carries_no_rider(village: Village):
    """What readers get is drawn anew: what hung behind the picture does not come along."""
    upload = next(upload for upload in files.UPLOADS if upload.name == "with-an-end.png")
    uploaded(village, upload)

    shown = get_image_model().objects.get().get_rendition("max-100x100|format-jpeg")
    with shown.file.open() as file:
        assert b"hostile" not in file.read()


def test_rich_text_embeds_nothing():
    of_ours = [model for model in apps.get_models() if model.__module__.startswith(("ashar.", "diaspora.", "cms."))]
    rich = [field for model in of_ours for field in model._meta.get_fields() if isinstance(field, RichTextField)]

    assert [field.features for field in rich] == [["bold", "italic", "link", "ul", "ol"]]
    assert {"embed", "image"} & set(text.FEATURES) == set()


def test_documents_are_of_listed_kinds(village: Village):
    for upload in files.UPLOADS:
        assert uploaded(village, upload, "wagtaildocs:add").status_code < 500

    assert Document.objects.count() == 0


def test_no_wish_of_a_stranger_reads_what_is_private(village: Village, media):
    browser = village.enter(ANONYMOUS)

    answers = {path: browser.get(f"/media/{path}", follow=True) for path in files.PATHS}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 404} == {}


def test_an_uploaded_page_is_no_page_of_ours(village: Village, media):
    response = village.enter(ANONYMOUS).get("/media/images/page.html")

    assert reading.body(response) == files.HOSTILE.decode()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


def test_no_address_an_editor_types_is_fetched(village: Village, monkeypatch):
    """Only the services Wagtail lists are asked for a film; an address inside our network never is."""
    asked = []
    monkeypatch.setattr(urllib.request, "urlopen", lambda request, **_: asked.append(request) or pytest.fail("fetched"))
    browser = village.enter(ADMINISTRATOR)

    answers = {
        place: browser.post(reverse("wagtailembeds:chooser_upload"), {"embed-chooser-url": place}) for place in INSIDE
    }
    assert {answer.status_code for answer in answers.values()} == {200}
    assert (asked, Embed.objects.count()) == ([], 0)
