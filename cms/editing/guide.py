"""Our guide for editors inside the rooms, in the place of Wagtail's, which is on another site and speaks English alone."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from ashar import language
from cms.editing import markdown

NAME = "editors_guide"
FILES = {"ru": "editor.md", "en": "editor.en.md"}
READ_BY = {"ky": "ru", "ru": "ru", "en": "en"}  # which one is shown first, by the reader's language
PICTURE = re.compile(r"\.\./shots/([a-z0-9-]+\.jpg)")
FOREIGN = ("whats-new-in-wagtail", "editor-guide")  # names of lines that lead to other sites, in English


class EditorsGuide(WagtailAdminTemplateMixin, TemplateView):
    """The guide in the reader's language, or in the one that is asked for."""

    template_name = "cms/editing/guide.html"
    page_title = _("Guide for editors")
    header_icon = "help"

    def get_context_data(self, **told: Any) -> dict[str, Any]:
        """Add the guide and its language."""
        asked = self.request.GET.get("in", "")
        code = asked if asked in FILES else READ_BY[language.current()]
        return {**super().get_context_data(**told), "guide": rendered(code), "guide_language": code}


def addresses() -> list[URLPattern]:
    """Return where the guide and its pictures stand."""
    return [
        path("guide/", EditorsGuide.as_view(), name=NAME),
        path("guide/<slug:name>.jpg", picture, name=f"{NAME}_picture"),
    ]


def item() -> MenuItem:
    """Return the line of the menu “Help” that leads to the guide."""
    return MenuItem(EditorsGuide.page_title, reverse(NAME), name="our-guide", icon_name="help", order=900)


def take_foreign_lines_away(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave no line in the menu “Help” that leads to a guide which is not ours. A hook as Wagtail builds the menu."""
    items[:] = [line for line in items if not line.name.startswith(FOREIGN)]


def picture(_request: HttpRequest, name: str) -> FileResponse:
    """Answer with a picture that one of the guides shows; with no other file."""
    if f"{name}.jpg" not in {shown for code in FILES for shown in PICTURE.findall(text(code))}:
        raise Http404
    return FileResponse((_docs() / "shots" / f"{name}.jpg").open("rb"), content_type="image/jpeg")


def text(code: str) -> str:
    """Return the guide of one language as it is written."""
    return (_docs() / "how-to" / FILES[code]).read_text(encoding="utf-8")


@cache
def rendered(code: str) -> SafeString:
    """Return the guide of one language as HTML, without its first heading, which the page has already."""
    return markdown.html(text(code).partition("\n")[2], leads=_leads)


def _leads(target: str) -> str:
    """Return where a link or a picture of the guide is here; nothing where it leads out of it."""
    if shown := PICTURE.fullmatch(target):
        return reverse(f"{NAME}_picture", args=[shown[1].removesuffix(".jpg")])
    codes = {file: code for code, file in FILES.items()}
    return f"{reverse(NAME)}?in={codes[target]}" if target in codes else ""


def _docs() -> Path:
    return Path(settings.ROOT) / "docs"
