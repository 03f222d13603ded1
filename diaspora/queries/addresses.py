"""Where public pages live, in the active language. Project and association pages are Wagtail's, under equal slugs."""

from ashar import language
from diaspora.states import ProjectState


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
