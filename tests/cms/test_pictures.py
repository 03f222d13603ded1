"""What an uploaded picture still tells."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Collection

from ashar.accounts import roles
from cms import pictures

ORIENTATION, MAKE, GPS, LATITUDE_REF = 0x0112, 0x010F, 0x8825, 1
LYING = 6  # the camera was turned by a quarter


def photo(form: str = "JPEG", *, size: tuple[int, int] = (60, 40)) -> bytes:
    """A photo that says where it was taken, with what, and which side is up."""
    picture = Image.new("RGB", size, "red")
    told = picture.getexif()
    told[ORIENTATION], told[MAKE] = LYING, "Telltale"
    told.get_ifd(GPS)[LATITUDE_REF] = "N"
    kept = BytesIO()
    picture.save(kept, form, exif=told, **({"comment": b"Telltale"} if form == "JPEG" else {}))
    return kept.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_says_nothing_but_itself(form):
    content = photo(form)
    assert b"Telltale" in content
    drawn = pictures.bare(SimpleUploadedFile("village.x", content)).read()
    with Image.open(BytesIO(drawn)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == (form, (40, 60), {})
    assert b"Telltale" not in drawn


def test_colours_of_a_palette_and_what_is_clear_stay():
    kept = BytesIO()
    Image.new("RGBA", (2, 2), (0, 128, 0, 0)).save(kept, "PNG")
    with Image.open(pictures.bare(SimpleUploadedFile("mark.png", kept.getvalue()))) as picture:
        assert picture.convert("RGBA").getpixel((0, 0)) == (0, 128, 0, 0)


def test_what_an_editor_uploads_is_kept_bare(enter):
    answers = {
        "title": "Village",
        "file": SimpleUploadedFile("village.jpg", photo(), content_type="image/jpeg"),
        "collection": Collection.get_first_root_node().pk,
    }
    assert enter(roles.EDITOR).post(reverse("wagtailimages:add"), answers).status_code == 302
    image = get_image_model().objects.get()
    assert (image.width, image.height) == (40, 60)
    with image.file.open() as file:
        assert b"Telltale" not in file.read()


def test_a_picture_that_breaks_off_is_refused_with_a_sentence():
    whole = photo("PNG", size=(600, 400))
    form = pictures.BareImageForm.__new__(pictures.BareImageForm)
    form.cleaned_data = {"file": SimpleUploadedFile("village.png", whole[: len(whole) - 200])}
    with pytest.raises(ValidationError, match="broken"), translation.override("en"):
        form.clean_file()
