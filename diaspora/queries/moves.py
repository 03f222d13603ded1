"""What happened to projects, and when: dates that stay where they are."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from ashar.language import pick
from ashar.money import Money
from ashar.places import queries as places
from ashar.workflow.models import Transition
from diaspora import states
from diaspora.models import Project
from diaspora.queries import addresses
from diaspora.queries.projects import PUBLIC_STATES
from diaspora.states import ProjectState


@dataclass(frozen=True, slots=True)
class ProjectMove:
    """One move of one project that the public may know: it opened, reached its goal, opened again, or closed."""

    slug: str
    verb: str
    at: datetime
    title: str
    summary: str
    place: str
    goal: Money
    href: str


def project_moves(projects: QuerySet[Project], *, limit: int) -> list[ProjectMove]:
    """Return the last `limit` moves of those of `projects` that are public, newest first. Three queries for any number.

    A draft that was closed before anybody heard of it did not move in public.
    """
    rows = {str(row.pk): row for row in projects.filter(state__in=PUBLIC_STATES).select_related("home")}
    moves = Transition.objects.filter(entity=states.PROJECT.entity, entity_id__in=rows)
    public = moves.exclude(from_state=ProjectState.DRAFT, to_state=ProjectState.CLOSED).order_by("-at", "-pk")[:limit]
    homes = places.addresses([row.home for row in rows.values()]) if rows else {}
    return [_move(move, rows[move.entity_id], homes) for move in public]


def last_moves() -> dict[int, datetime]:
    """Return project id → when it last changed its state. One query for all projects."""
    moves = Transition.objects.filter(entity=states.PROJECT.entity).values_list("entity_id")
    return {int(project): at for project, at in moves.annotate(at=Max("at")).order_by("entity_id")}


def _move(move: Transition, project: Project, homes: dict[str, str]) -> ProjectMove:
    return ProjectMove(
        slug=project.slug,
        verb=move.verb,
        at=move.at,
        title=pick(project, "title"),
        summary=pick(project, "summary"),
        place=homes[project.home.code],
        goal=project.goal,
        href=addresses.project(project.slug),
    )
