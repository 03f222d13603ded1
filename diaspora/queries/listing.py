"""The list of projects: filtered by oblast and state, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, QuerySet, Value, When
from django.utils.functional import Promise

from ashar.language import pick
from ashar.places import codes
from ashar.places import queries as places
from diaspora import states
from diaspora.models import Project
from diaspora.queries.projects import PUBLIC_STATES, ProjectCard, cards_of
from diaspora.states import ProjectState

PER_PAGE = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, and whether it is the chosen one."""

    value: str
    label: str | Promise
    chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of cards with the filters that made it; unknown values of a filter mean "all"."""

    cards: Sequence[ProjectCard]
    page: Page[Project]
    oblasts: Sequence[Choice]
    states: Sequence[Choice]
    is_filtered: bool


def project_listing(params: Mapping[str, str], *, at: datetime) -> Listing:
    """Return the page that `params` (`oblast`, `state`, `page`) ask for: open projects first, then by closing day.

    A page number that is no number or is out of range gives the nearest page. The number of queries is fixed.
    """
    oblasts = [Choice(row.code, pick(row, "name"), params.get("oblast") == row.code) for row in places.oblasts()]
    labels = [
        Choice(str(state), states.PROJECT.public_label(state), params.get("state") == state) for state in PUBLIC_STATES
    ]
    oblast = next((choice.value for choice in oblasts if choice.chosen), "")
    state = next((choice.value for choice in labels if choice.chosen), "")
    page = Paginator(_found(oblast, state), PER_PAGE).get_page(params.get("page"))
    return Listing(cards_of(page.object_list, at=at), page, oblasts, labels, is_filtered=bool(oblast or state))


def _found(oblast: str, state: str) -> QuerySet[Project]:
    projects = Project.objects.filter(state__in=[state] if state else PUBLIC_STATES)
    if oblast:
        projects = projects.filter(home__code__startswith=codes.stem(oblast))
    open_first = Case(When(state=ProjectState.OPEN, then=Value(0)), default=Value(1))
    return projects.select_related("association__host_city", "home", "fund").order_by(open_first, "closes_on", "slug")
