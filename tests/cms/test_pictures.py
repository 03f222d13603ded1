"""What an uploaded picture still tells."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image, ImageCms
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


def kept_bare(picture: Image.Image, form: str, **more: object) -> Image.Image:
    kept = BytesIO()
    picture.save(kept, form, **more)
    drawn = Image.open(pictures.bare(SimpleUploadedFile("picture", kept.getvalue())))
    drawn.load()
    return drawn


def test_what_is_clear_stays_clear():
    drawn = kept_bare(Image.new("RGBA", (2, 2), (0, 128, 0, 0)), "PNG")
    assert drawn.convert("RGBA").getpixel((0, 0)) == (0, 128, 0, 0)


def test_what_is_clear_in_a_palette_stays_clear():
    picture = Image.new("P", (2, 2), 0)
    picture.putpalette([0, 128, 0, 255, 0, 0])
    picture.putpixel((1, 1), 1)
    drawn = kept_bare(picture, "PNG", transparency=0).convert("RGBA")
    assert [drawn.getpixel(place) for place in ((0, 0), (1, 1))] == [(0, 128, 0, 0), (255, 0, 0, 255)]


def test_a_photo_with_a_preview_in_it_is_a_plain_photo():
    drawn = kept_bare(Image.new("RGB", (40, 60)), "MPO", save_all=True, append_images=[Image.new("RGB", (4, 6))])
    assert (drawn.format, drawn.size) == ("JPEG", (40, 60))


def test_a_profile_of_colours_is_carried_out_and_a_broken_one_left_out():
    red = Image.new("RGB", (2, 2), (200, 30, 30))
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (plain, b"no profile"):
        drawn = kept_bare(red, "PNG", icc_profile=profile)
        assert ("icc_profile" in drawn.info, drawn.getpixel((0, 0))) == (False, (200, 30, 30))


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


@pytest.mark.parametrize(("description", "begun"), [("", ""), ("Мост через Нарын", "Мост через Нарын")])
def test_words_begin_with_what_was_described_and_never_with_the_name_of_the_file(enter, description, begun):
    image = get_image_model().objects.create(
        title="WhatsApp Image 1", description=description, file=ContentFile(photo(), name="x.jpg")
    )
    answer = enter(roles.EDITOR).get(reverse("wagtailimages_chooser:chosen", args=[image.pk]))
    assert answer.json()["result"]["default_alt_text"] == begun
