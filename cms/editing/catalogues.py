"""Catalogues of translated strings, brought back by an editor: what is none is refused in words before Wagtail reads it."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.views import edit_translation

OWNER = "X-WagtailLocalize-TranslationID"


@require_POST
def bring_back(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Hand the file on to Wagtail, which asks who may, if it is a catalogue that says whose it is."""
    file = request.FILES.get("file")
    if file and _says_whose_it_is(file):
        answer: HttpResponse = edit_translation.upload_pofile(request, translation_id)
        return answer
    messages.error(
        request, _("This is not a catalogue that was taken from here. Download it again and fill that file.")
    )
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def _says_whose_it_is(file: UploadedFile) -> bool:
    """Say whether `file` can be read and names a translation. It is left at its beginning."""
    content = file.read()
    file.seek(0)
    try:
        # The line before keeps polib from taking the words for the name of a file of ours.
        return OWNER in edit_translation.polib.pofile("#\n" + content.decode()).metadata
    except (OSError, ValueError):
        return False
