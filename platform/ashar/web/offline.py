"""What a phone keeps of the site, so that it opens without a connection: the shell, and the public pages read last.

The browser's worker lives in `templates/offline/worker.js`. It keeps a page only when the answer allows it by `ALLOW`,
which the page cache sets on exactly what it may itself keep for anybody; so nothing of a person is ever kept.
"""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ashar import language

ALLOW = ("X-Offline", "keep")
SHELL = ("web/styles.css", "web/icons.svg", "web/mark.svg", "web/offline.js")


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the browser's worker. A release with other files makes it another worker, which starts with empty shelves."""
    files = [*(static(name) for name in SHELL), *(_page(code) for code in language.LANGUAGES)]
    version = hashlib.sha256("\n".join(files).encode()).hexdigest()[:12]
    config = {"version": version, "files": files, "languages": language.LANGUAGES, "media": settings.MEDIA_URL}
    told = {"config": SafeString(json.dumps(config))}  # addresses of our own, nothing that anybody wrote
    return render(request, "offline/worker.js", told, content_type="text/javascript; charset=utf-8")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say that there is no connection, and what can be read nevertheless."""
    return render(request, "offline/page.html")


def _page(code: str) -> str:
    with translation.override(code):
        return reverse("offline")
