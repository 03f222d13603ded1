"""Documents that are what their names say, under titles that read the way they are written."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from ashar import legible

BLANK = b" \t\r\n\x0c\xef\xbb\xbf"  # a mark of the order of bytes among them
TEXT = b"application/vnd.oasis.opendocument.text"


class HonestDocumentForm(BaseDocumentForm):
    """Wagtail's form for documents."""

    def clean_title(self) -> str:
        """Return the title without the controls that turn letters round: “gpj.exe” would read “exe.jpg”."""
        return legible.unturned(self.cleaned_data["title"])

    def clean_file(self) -> Any:  # noqa: ANN401 - an upload, or the file that is there
        """Refuse a fresh upload that is not inside what its name says. Which names are taken Wagtail asks."""
        file = self.cleaned_data["file"]
        kind = Path(file.name or "").suffix.lower().lstrip(".") if isinstance(file, UploadedFile) else ""
        if kind in INSIDE and not INSIDE[kind](file):
            words = _(
                "By its name this file is a “%(kind)s”, inside it is something else. Save it anew or choose another."
            )
            raise ValidationError(words % {"kind": kind}, code="not_inside")
        return file

    def _post_clean(self) -> None:
        """Say one thing of a file: of one that is not there for a reason, Wagtail would say that its ending is none."""
        told = list(self.errors["file"].data) if "file" in self.errors else []
        super()._post_clean()
        if told:
            self._errors["file"] = self.error_class(told)


def _is_pdf(file: UploadedFile) -> bool:
    return _beginning(file).lstrip(BLANK).startswith(b"%PDF-")


def _is_text(file: UploadedFile) -> bool:
    file.seek(0)
    return not any(b"\x00" in chunk for chunk in file.chunks())


def _holds(name: str) -> Callable[[UploadedFile], bool]:
    """Return what says whether a file is an archive with `name` in it."""

    def is_archive(file: UploadedFile) -> bool:
        return name in _names(file)

    return is_archive


def _is_odt(file: UploadedFile) -> bool:
    """Say whether a file names its kind where such a file names it: at its very beginning, unpacked."""
    return "content.xml" in _names(file) and TEXT in _beginning(file)


def _names(file: UploadedFile) -> list[str]:
    """Return what an archive holds; one that cannot be read holds nothing, and so is refused with a sentence."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):  # offsets out of the file, unknown versions
        return []
    finally:
        file.seek(0)


def _beginning(file: UploadedFile) -> bytes:
    file.seek(0)
    begun = bytes(file.read(1024))
    file.seek(0)
    return begun


# Each kind that `WAGTAILDOCS_EXTENSIONS` names.
INSIDE: dict[str, Callable[[UploadedFile], bool]] = {
    "pdf": _is_pdf,
    "docx": _holds("word/document.xml"),
    "xlsx": _holds("xl/workbook.xml"),
    "odt": _is_odt,
    "txt": _is_text,
}
