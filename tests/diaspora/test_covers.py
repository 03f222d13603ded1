"""A project's picture: six files under one naming rule, and a page that names them without looking."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image

from diaspora import covers
from diaspora.models import Project
from tests.factories.projects import OpenProjectFactory


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return covers.files("covers/roof.jpg", Image.radial_gradient("L").convert("RGB").resize((1200, 675)))


def test_every_size_lies_there_in_every_format(files):
    read = {name: Image.open(BytesIO(file)) for name, file in files.items()}

    assert {name: (image.format, image.size) for name, image in read.items()} == {
        "covers/roof.avif": ("AVIF", (960, 540)),
        "covers/roof.webp": ("WEBP", (960, 540)),
        "covers/roof.jpg": ("JPEG", (960, 540)),
        "covers/roof-card.avif": ("AVIF", (480, 270)),
        "covers/roof-card.webp": ("WEBP", (480, 270)),
        "covers/roof-card.jpg": ("JPEG", (480, 270)),
    }


def test_the_names_are_known_without_the_files(files):
    assert sorted(covers.names("covers/roof.jpg")) == sorted(files)


def test_what_a_page_names_is_what_lies_there(files):
    cover = covers.shown("media:covers/roof.jpg")
    told = [
        part.split()[0]
        for text in (*(each.srcset for each in cover.sources), cover.srcset)
        for part in text.split(", ")
    ]

    assert sorted(told) == sorted(f"/media/{name}" for name in files)
    assert {cover.large, cover.small} <= set(told)
    assert [each.kind for each in cover.sources] == ["image/avif", "image/webp"]


def test_the_best_format_is_offered_first_and_widths_are_those_of_the_files(files):
    cover = covers.shown("media:covers/roof.jpg")

    assert cover.sources[0].srcset == "/media/covers/roof-card.avif 480w, /media/covers/roof.avif 960w"
    assert cover.srcset == "/media/covers/roof-card.jpg 480w, /media/covers/roof.jpg 960w"


@pytest.mark.parametrize(
    ("path", "address"), [("cms/roof.jpg", "/static/cms/roof.jpg"), ("media:covers/roof.png", "/media/covers/roof.png")]
)
def test_what_no_rule_names_stands_for_itself(path, address):
    assert covers.shown(path) == covers.Cover(address, address, (), "")


def test_without_a_picture_none_is_shown():
    assert (covers.shown(""), covers.address("")) == (None, "")


def test_no_file_is_looked_for(monkeypatch):
    def look(*_names):
        raise AssertionError

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.exists", look)
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.open", look)

    assert covers.shown("media:covers/roof.jpg").large == "/media/covers/roof.jpg"


@pytest.mark.django_db
class TestTheCommand:
    def test_makes_what_is_missing_once_and_says_what_has_no_picture(self, files, capsys):
        for slug, cover in (
            ("roof", "media:covers/made-roof.jpg"),
            ("gone", "media:covers/made-gone.jpg"),
            ("still", "web/x.jpg"),
        ):
            Project.objects.filter(pk=OpenProjectFactory(slug=slug).pk).update(cover=cover)
        default_storage.save("covers/made-roof.jpg", ContentFile(files["covers/roof.jpg"]))
        for _ in range(2):
            call_command("covers")

        told = capsys.readouterr()
        assert told.out.splitlines() == ["covers/made-roof.jpg: made"]
        assert told.err.splitlines() == ["covers/made-gone.jpg: there is no such picture in media"] * 2
        names = covers.names("covers/made-roof.jpg")
        assert [default_storage.exists(name) for name in names] == [True] * 6
        for name in names:
            default_storage.delete(name)
