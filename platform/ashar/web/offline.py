"""What a phone keeps of the site, so that it opens without a connection: the shell, and the public pages read last.

The browser's worker lives in `templates/offline/worker.js`. It keeps a page only when the answer allows it by `ALLOW`,
which the page cache sets on exactly what it may itself keep for anybody; so nothing of a person is ever kept. A page made
for somebody signed in has their name in its header: it is not kept, and no other is fetched in its place.
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
from ashar.web import tracking

ALLOW = ("X-Offline", "keep")
# How many pages of a section are kept beside the dozen others: the projects one may have given to, and what to do on the way.
SECTIONS = {"projects": 6, "guides": 24}
SHELL = ("web/styles.css", "web/icons.svg", "web/mark.svg", "web/offline.js")


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer the browser's worker. A release with other files makes it another worker, which starts with empty shelves."""
    files = [*(static(name) for name in SHELL), *(_page(code) for code in language.LANGUAGES)]
    version = hashlib.sha256("\n".join(files).encode()).hexdigest()[:12]
    config = {
        "version": version,
        "files": files,
        "languages": language.LANGUAGES,
        "media": settings.MEDIA_URL,
        "sections": SECTIONS,
        "marks": sorted(tracking.MARKS),
    }
    told = {"config": SafeString(json.dumps(config))}  # addresses of our own, nothing that anybody wrote
    return render(request, "offline/worker.js", told, content_type="text/javascript; charset=utf-8")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Say that there is no connection, and what can be read nevertheless."""
    return render(request, "offline/page.html")


def _page(code: str) -> str:
    with translation.override(code):
        return reverse("offline")
