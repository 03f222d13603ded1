"""Uploaded pictures, served by the program itself where no object store stands beside it.

What people upload is served as a picture or not opened at all: never as a page of our origin. Documents and original
pictures (with the place they were taken at) are not public here; Wagtail hands out documents after asking who may.
"""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"})
PRIVATE = frozenset({"documents", "original_images"})
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with the uploaded file at `path`, harmless whatever it contains; 404 for what is private or absent."""
    file = _public_file(path)
    changed = file.stat().st_mtime
    is_known = not was_modified_since(request.headers.get("If-Modified-Since"), changed)
    response = HttpResponseNotModified() if is_known else _whole(file)
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = "public, max-age=604800"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response


def _whole(file: Path) -> HttpResponseBase:
    kind = mimetypes.guess_type(file.name)[0] or ""
    return FileResponse(
        file.open("rb"),
        as_attachment=kind not in INLINE,
        filename=file.name,
        content_type=kind if kind in INLINE else "application/octet-stream",
    )


def _public_file(path: str) -> Path:
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        file = Path(safe_join(root, path)).resolve()
        is_there = file.is_file()
    except (SuspiciousFileOperation, ValueError, OSError) as fault:  # OSError: longer than any name of a file
        raise Http404 from fault
    inside = file.relative_to(root).parts if file.is_relative_to(root) else ()
    if not inside or inside[0] in PRIVATE or any(part.startswith(".") for part in inside) or not is_there:
        raise Http404
    return file
