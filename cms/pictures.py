"""Pictures without their traces: a photo taken on a phone says where and when it was taken, and its pages must not."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.images.forms import BaseImageForm

QUALITY = 92  # what is uploaded is the source of every rendition


class BareImageForm(BaseImageForm):
    """Wagtail's form for pictures; what it keeps holds the picture and nothing else."""

    def clean_file(self) -> Any:  # noqa: ANN401 - an upload, or the file that is there
        """Return a fresh upload drawn anew, the right way up; what was there before is left as it is."""
        file = self.cleaned_data["file"]
        try:
            return bare(file) if isinstance(file, UploadedFile) else file
        except (OSError, ValueError, SyntaxError) as broken:
            raise ValidationError(_("This picture is broken. Please save it again and choose it anew.")) from broken


def bare(file: UploadedFile) -> UploadedFile:
    """Return the picture in `file` under the same name and format, without position, camera, preview or any other words.

    Its turn on the camera is carried out, not noted; moving pictures keep their first frame.
    """
    file.seek(0)
    with Image.open(file) as taken:
        form = taken.format or "JPEG"
        picture = ImageOps.exif_transpose(taken)
        picture.info = {}
        fresh = BytesIO()
        picture.save(fresh, form, **({"quality": QUALITY} if form in {"JPEG", "WEBP", "AVIF"} else {}))
    size = fresh.tell()
    fresh.seek(0)
    return InMemoryUploadedFile(fresh, "file", file.name, Image.MIME.get(form, "image/jpeg"), size, None)
