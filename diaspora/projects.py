"""Verbs on a project: draft → open → funded | closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ashar import clock
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.ledger import posting
from ashar.ledger import queries as books
from ashar.ledger.models import FundKind
from ashar.money import Money
from ashar.outbox import sending
from ashar.places.models import Region
from ashar.workflow import moving
from diaspora import rules, states
from diaspora.associations import SlugTaken
from diaspora.models import Association, BudgetLine, Project, Verification
from diaspora.states import ProjectState


class NotVerified(Refused):
    """Nobody has met the people behind the project yet."""

    code = "association_not_verified"
    message = _("The association must be verified before its project opens.")


class ClosingDayIsPast(Refused):
    """A collection must end after it starts."""

    code = "closing_day_is_past"
    message = _("The closing day %(closes_on)s has passed.")


class GoalIsNotSom(Refused):
    """Goals are counted in som, above zero."""

    code = "goal_is_not_som"
    message = _("A goal is a positive sum in som.")


class BudgetIsNotSom(Refused):
    """Every sum of a budget is counted in som, above zero."""

    code = "budget_is_not_som"
    message = _("Each sum of a budget is a positive sum in som.")


class ProjectIsClosed(Refused):
    """A closed project keeps its goal."""

    code = "project_is_closed"
    message = _("The collection is over; the goal stays as it was.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a budget as it is drafted: titles by column name, the sum, and what one piece costs if known."""

    texts: Mapping[str, str]
    amount: Money
    unit: Money | None = None
    unit_texts: Mapping[str, str] = field(default_factory=dict)


def draft(  # noqa: PLR0913 - the whole of a project is stated at once
    association: Association,
    *,
    slug: str,
    texts: Mapping[str, str],
    home: Region,
    goal: Money,
    closes_on: date,
    budget: Sequence[Line],
    by: User | None,
    at: datetime,
    cover: str = "",
) -> Project:
    """Draft a project and open its fund in the ledger, key `project-<slug>`.

    `texts` are its `title_*`, `summary_*` and `story_*` columns. Raises `NotAllowed`, `SlugTaken`, `GoalIsNotSom`, `BudgetIsNotSom`.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_draft_for(association, by))
        _check_goal(goal)
        _check_budget(budget)
        if Project.objects.filter(slug=slug).exists():
            raise SlugTaken(slug=slug)
        title = next(text for key, text in sorted(texts.items(), reverse=True) if key.startswith("title_") and text)
        project = Project.objects.create(
            slug=slug,
            **texts,
            association=association,
            home=home,
            fund=posting.open_fund(f"project-{slug}", kind=FundKind.PROJECT, title=title),
            goal_minor=goal.minor,
            closes_on=closes_on,
            cover=cover,
            drafted_at=at,
        )
        _write_budget(project, budget)
        recording.record("project.draft", project, by=by, at=at, facts={"goal_minor": goal.minor})
    return project


def open(project: Project, *, by: User | None, at: datetime) -> None:  # noqa: A001 - the word of the domain
    """Open a draft for gifts. Raises `NotAllowed`, `NotVerified`, `ClosingDayIsPast`, `UnlawfulMove`."""
    with transaction.atomic(durable=True):
        rules.require(rules.may_edit(by))
        _lock(project)
        if not Verification.objects.filter(association=project.association_id).exists():
            raise NotVerified
        if project.closes_on < clock.day(at):
            raise ClosingDayIsPast(closes_on=project.closes_on)
        moving.move(project, "open", table=states.PROJECT, by=by, at=at)
        project.opened_at = at
        project.save(update_fields=["opened_at"])
        recording.record("project.open", project, by=by, at=at)
        sending.send("project.opened", {"project": project.pk}, at=at)


def follow_goal(project_id: int, *, at: datetime) -> None:
    """Mark a project as funded when raised + matched has reached its goal, and open it again when a return took it back.

    Run after every gift and return. Idempotent; drafts and closed projects are left alone. Announces `project.funded` or
    `project.opened`. Past its closing day a funded project stays funded: no gift could come any more.
    """
    with transaction.atomic(durable=True):
        project = Project.objects.select_for_update(no_key=True).get(pk=project_id)
        _follow_goal(project, by=None, at=at)


def close(project: Project, *, by: User | None, at: datetime, note: str = "") -> None:
    """End the collection. Payments already under way still count when they settle. Raises `NotAllowed`, `UnlawfulMove`."""
    with transaction.atomic(durable=True):
        rules.require(rules.may_edit(by))
        _lock(project)
        _close(project, by=by, at=at, note=note)


def close_past(project: Project, *, at: datetime) -> None:
    """End the collection of an open project whose last day, in Bishkek, is over. Does nothing to any other. Idempotent."""
    with transaction.atomic(durable=True):
        _lock(project)
        if project.state == ProjectState.OPEN and project.closes_on < clock.day(at):
            _close(project, by=None, at=at, note="closing day")


def change_goal(project: Project, *, goal: Money, by: User | None, at: datetime) -> None:
    """Set another goal. What is there counts towards it at once: the project becomes funded, or is open again.

    Raises `NotAllowed`, `GoalIsNotSom`, `ProjectIsClosed`.
    """
    with transaction.atomic(durable=True):
        rules.require(rules.may_edit(by))
        _check_goal(goal)
        _lock(project)
        if project.state == ProjectState.CLOSED:
            raise ProjectIsClosed
        before, project.goal_minor = project.goal_minor, goal.minor
        project.save(update_fields=["goal_minor"])
        recording.record(
            "project.change_goal", project, by=by, at=at, facts={"before_minor": before, "goal_minor": goal.minor}
        )
        sending.send("project.changed", {"project": project.pk}, at=at)
        _follow_goal(project, by=by, at=at)


def _close(project: Project, *, by: User | None, at: datetime, note: str) -> None:
    moving.move(project, "close", table=states.PROJECT, by=by, at=at, note=note)
    recording.record("project.close", project, by=by, at=at, facts={"note": note})
    sending.send("project.closed", {"project": project.pk}, at=at)


def _follow_goal(project: Project, *, by: User | None, at: datetime) -> None:
    reached = _collected(project) >= project.goal
    if project.state == ProjectState.OPEN and reached:
        _fund(project, by=by, at=at)
    elif project.state == ProjectState.FUNDED and not reached and project.closes_on >= clock.day(at):
        moving.move(project, "reopen", table=states.PROJECT, by=by, at=at)
        recording.record("project.reopen", project, by=by, at=at)
        sending.send("project.opened", {"project": project.pk}, at=at)


def _fund(project: Project, *, by: User | None, at: datetime) -> None:
    moving.move(project, "fund", table=states.PROJECT, by=by, at=at)
    recording.record("project.fund", project, by=by, at=at)
    sending.send("project.funded", {"project": project.pk}, at=at)


def _collected(project: Project) -> Money:
    figures = books.figures([project.fund])[project.fund_id]
    return figures.given + figures.matched


def _check_goal(goal: Money) -> None:
    if goal.currency != "KGS" or goal.minor <= 0:
        raise GoalIsNotSom


def _check_budget(budget: Sequence[Line]) -> None:
    sums = [amount for line in budget for amount in (line.amount, line.unit) if amount is not None]
    if any(amount.currency != "KGS" or amount.minor <= 0 for amount in sums):
        raise BudgetIsNotSom


def _lock(project: Project) -> None:
    """Lock the row and bring `project` up to date with it."""
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    project.refresh_from_db()


def _write_budget(project: Project, budget: Sequence[Line]) -> None:
    BudgetLine.objects.bulk_create(
        BudgetLine(
            project=project,
            position=position,
            amount_minor=line.amount.minor,
            unit_minor=line.unit.minor if line.unit else None,
            **line.texts,
            **line.unit_texts,
        )
        for position, line in enumerate(budget, start=1)
    )
