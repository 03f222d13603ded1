"""What a person's own home says of their gifts and of the associations they lead. Nothing of anybody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from ashar.accounts import addresses as mail
from ashar.accounts.models import User
from ashar.language import pick
from ashar.money import Money
from ashar.payments.models import Movement
from diaspora.models import Association, Gift, Leadership, Match, Project
from diaspora.queries import addresses, gifts, projects, standing, trails
from diaspora.queries.gifts import GiftRow
from diaspora.queries.projects import Giver, ProjectCard
from diaspora.queries.trails import Line
from diaspora.states import GiftState

SHOWN = 10
RELATIONS = ("association__host_city", "home", "fund")  # what a card reads of its project


@dataclass(frozen=True, slots=True)
class OwnGift:
    """A gift and what became of it. `news` is the newest move on the project's trail; `is_payable` while it waits unpaid."""

    row: GiftRow
    matched: Money
    project: ProjectCard
    trail_href: str
    news: Line | None
    is_payable: bool


@dataclass(frozen=True, slots=True)
class OwnGifts:
    """The newest gifts, and sums over all that arrived: `given` is what is left of them after returns, in som."""

    gifts: Sequence[OwnGift]
    given: Money
    matched: Money
    arrived: int
    projects: int


@dataclass(frozen=True, slots=True)
class Led:
    """An association that a person leads, with every project of it, drafts too."""

    name: str
    href: str
    projects: Sequence[ProjectCard]


@dataclass(frozen=True, slots=True)
class NewGift:
    """A gift to a project of theirs, as everybody may see it."""

    project: str
    href: str
    giver: Giver


@dataclass(frozen=True, slots=True)
class Leading:
    """All that a person leads; nothing when they lead nothing."""

    associations: Sequence[Led]
    gifts: Sequence[NewGift]


def own_gifts(user: User, *, at: datetime) -> OwnGifts:
    """Return the gifts of `user`. The number of queries is fixed."""
    mine = gifts.given_by(user, addresses_of_user=mail.addresses_of(user))
    relations = (f"project__{name}" for name in RELATIONS)
    newest = mine.select_related("receipt", *relations).order_by("-started_at", "pk")[:SHOWN]
    shown = list(standing.with_standing(newest))
    return OwnGifts(_followed(shown, at=at), **_totals(mine.filter(state=GiftState.RECEIVED)))


def leading(user: User, *, at: datetime) -> Leading:
    """Return what `user` leads now: projects by their last day, gifts newest first. Six queries for any number."""
    rows = Leadership.objects.filter(person=user, until__isnull=True).select_related("association")
    theirs = [row.association for row in rows.order_by("since", "pk")]
    found = list(
        Project.objects.filter(association__in=theirs).select_related(*RELATIONS).order_by("closes_on", "slug")
    )
    cards = dict(zip([row.pk for row in found], projects.cards_of(found, at=at), strict=True))
    return Leading(
        associations=[_led(each, [cards[row.pk] for row in found if row.association_id == each.pk]) for each in theirs],
        gifts=[
            NewGift(cards[project].title, cards[project].href, giver)
            for project, giver in projects.latest_gifts(found, limit=SHOWN)
        ],
    )


def _led(association: Association, cards: Sequence[ProjectCard]) -> Led:
    return Led(pick(association, "name"), addresses.association(association.slug), cards)


def _followed(shown: Sequence[Gift], *, at: datetime) -> list[OwnGift]:
    rows = {gift.project_id: gift.project for gift in shown}
    cards = dict(zip(rows, projects.cards_of(rows.values(), at=at), strict=True))
    news = trails.newest_lines([row.fund for row in rows.values()])
    matched = dict(
        Match.objects.filter(gift__in=shown).values_list("gift").annotate(Sum("amount_minor")).order_by("gift")
    )
    return [
        OwnGift(
            row=row,
            matched=Money(matched.get(gift.pk, 0), "KGS"),
            project=cards[gift.project_id],
            trail_href=reverse("trail", args=[gift.project.slug]),
            news=news.get(gift.project.fund_id),
            is_payable=gift.state == GiftState.STARTED and cards[gift.project_id].days_left is not None,
        )
        for gift, row in zip(shown, gifts.rows_of(shown), strict=True)
    ]


def _totals(arrived: QuerySet[Gift]) -> dict[str, Any]:
    kept = Movement.objects.filter(payment__gift__in=arrived).aggregate(total=Sum("som_minor"))["total"]
    matched = Match.objects.filter(gift__in=arrived).aggregate(total=Sum("amount_minor"))["total"]
    counted = arrived.aggregate(arrived=Count("pk"), projects=Count("project", distinct=True))
    return {"given": Money(kept or 0, "KGS"), "matched": Money(matched or 0, "KGS"), **counted}
