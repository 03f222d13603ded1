"""Where public pages live, in the active language. Project and association pages are Wagtail's, under equal slugs."""

from django.core.files.storage import default_storage
from django.templatetags.static import static

from ashar import language
from diaspora.states import ProjectState

MEDIA = "media:"


def project(slug: str) -> str:
    """Return the path of a project's page."""
    return f"/{language.current()}/projects/{slug}/"


def association(slug: str) -> str:
    """Return the path of an association's page."""
    return f"/{language.current()}/associations/{slug}/"


def projects() -> str:
    """Return the path of the list of projects."""
    return f"/{language.current()}/projects/"


def open_in(code: str) -> str:
    """Return the path of the list of projects that take gifts in the oblast, or the city, with the SOATE code `code`."""
    return f"{projects()}?oblast={code}&state={ProjectState.OPEN}"


def picture(path: str) -> str:
    """Return the address of a picture: `media:…` lies in media, anything else under static files; empty stays empty."""
    if not path:
        return ""
    return default_storage.url(path.removeprefix(MEDIA)) if path.startswith(MEDIA) else static(path)


def thumbnail(path: str) -> str:
    """Return the address of the small copy of a picture, for lists.

    Whoever lays a picture into media lays its copy of 480 × 270 beside it: `covers/x.jpg`, `covers/x-card.jpg`. A picture
    under static files has no copy and stands for itself.
    """
    return picture(path.replace(".jpg", "-card.jpg") if path.startswith(MEDIA) else path)
