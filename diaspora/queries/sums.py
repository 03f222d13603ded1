"""The sums of one project that move while somebody looks at them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.functional import Promise

from ashar import clock
from ashar.ledger import queries as books
from ashar.ledger.models import Role
from ashar.money import Money
from diaspora import giving, states
from diaspora.models import Project
from diaspora.queries.projects import PUBLIC_STATES
from diaspora.states import GiftState


@dataclass(frozen=True, slots=True)
class Sums:
    """The part of a `ProjectCard` that moves, under the same names."""

    goal: Money
    given: Money
    matched: Money
    givers: int
    days_left: int | None
    state_label: str | Promise


def project_sums(slug: str, *, at: datetime) -> Sums | None:
    """Return the sums of the public project at `slug`, or None if there is none. One query."""
    counted = Project.objects.annotate(
        given_minor=books.standing("fund", Role.GIVEN),
        matched_minor=books.standing("fund", Role.MATCHED),
        givers=Count("gifts", filter=Q(gifts__state=GiftState.RECEIVED)),
    )
    project = counted.filter(slug=slug, state__in=PUBLIC_STATES).first()
    return _sums(project, at) if project else None


def _sums(project: Project, at: datetime) -> Sums:
    takes = giving.takes_gifts(project, at=at)
    return Sums(
        goal=project.goal,
        given=Money(project.given_minor, "KGS"),  # type: ignore[attr-defined]
        matched=Money(project.matched_minor, "KGS"),  # type: ignore[attr-defined]
        givers=project.givers,  # type: ignore[attr-defined]
        days_left=(project.closes_on - clock.day(at)).days if takes else None,
        state_label=states.PROJECT.public_label(project.state),
    )
