"""Pictures without their traces: a photo taken on a phone says where and when it was taken, and its pages must not."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import AbstractImage

from ashar import legible

QUALITY = 92  # what is uploaded is the source of every rendition


class BareImageForm(BaseImageForm):
    """Wagtail's form for pictures; what it keeps holds the picture and nothing else."""

    def clean_title(self) -> str:
        """Return the title without the controls that turn letters round."""
        return legible.unturned(self.cleaned_data["title"])

    def clean_file(self) -> Any:  # noqa: ANN401 - an upload, or the file that is there
        """Return a fresh upload drawn anew, the right way up; what was there before is left as it is."""
        file = self.cleaned_data["file"]
        try:
            return bare(file) if isinstance(file, UploadedFile) else file
        except (OSError, ValueError, SyntaxError) as broken:
            raise ValidationError(_("This picture is broken. Please save it again and choose it anew.")) from broken

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002 - Django's form
        """Save as Wagtail does: one step, so that nobody is told of a picture whose old sizes still stand."""
        return super().save(commit=commit)


def let_no_file_name_be_words() -> None:
    """Let Wagtail begin the words for a picture with its description alone: its title is the name of the file it came in."""
    AbstractImage.default_alt_text = property(lambda self: getattr(self, "description", ""))


def bare(file: UploadedFile) -> UploadedFile:
    """Return the picture in `file` under the same name and format, without position, camera, preview or any other words.

    Its turn on the camera and its profile of colours are carried out, not noted; moving pictures keep their first frame.
    """
    file.seek(0)
    with Image.open(file) as taken:
        form = "JPEG" if taken.format in {None, "MPO"} else taken.format  # phones call a photo with a preview MPO
        picture = _in_plain_colours(ImageOps.exif_transpose(taken))
        picture.info = {name: value for name, value in picture.info.items() if name == "transparency"}
        fresh = BytesIO()
        picture.save(fresh, form, **({"quality": QUALITY} if form in {"JPEG", "WEBP", "AVIF"} else {}))
    size = fresh.tell()
    fresh.seek(0)
    return InMemoryUploadedFile(fresh, "file", file.name, Image.MIME.get(form, "image/jpeg"), size, None)


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Return `picture` in sRGB, which every screen takes for granted; a profile that cannot be read is left out."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode != "RGB":
        return picture
    try:
        own, plain = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, own, plain) or picture
    except (OSError, ImageCms.PyCMSError):
        return picture
