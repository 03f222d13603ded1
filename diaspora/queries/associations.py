"""Associations as cards and as whole pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from ashar.language import pick
from ashar.money import Money
from ashar.places import queries as places
from ashar.places import sorting
from diaspora import covers
from diaspora.models import Association
from diaspora.queries import addresses
from diaspora.queries.projects import CARD_RELATIONS, PUBLIC_STATES, ProjectCard, cards_of


@dataclass(frozen=True, slots=True)
class AssociationCard:
    """An association in a list."""

    slug: str
    href: str
    name: str
    about: str
    image: str
    city: str
    country: str
    home: str
    is_verified: bool
    projects: int


@dataclass(frozen=True, slots=True)
class AssociationPage:
    """Everything the page of an association says; `verified_at` is nothing when nobody has met its people."""

    card: AssociationCard
    about: str
    founded_on: date | None
    verified_at: datetime | None
    verified_note: str
    given: Money
    matched: Money
    projects: Sequence[ProjectCard]


def association_cards(associations: QuerySet[Association] | None = None) -> list[AssociationCard]:
    """Return cards of `associations` (default: all), by city and name. Two queries for any number."""
    rows = _with_all(Association.objects.all() if associations is None else associations)
    homes = places.addresses([row.home for row in rows]) if rows else {}
    cards = [_card(row, homes[row.home.code]) for row in rows]
    return sorted(cards, key=_place_in_list)


def association_page(association: Association, *, at: datetime) -> AssociationPage:
    """Return everything the page says."""
    (row,) = _with_all(Association.objects.filter(pk=association.pk))
    public = row.projects.filter(state__in=PUBLIC_STATES).select_related(*CARD_RELATIONS)
    projects = list(public.order_by("-opened_at", "slug"))
    homes = places.addresses([row.home, *(project.home for project in projects)])
    cards = cards_of(projects, at=at, homes=homes)
    verification = getattr(row, "verification", None)
    return AssociationPage(
        card=_card(row, homes[row.home.code]),
        about=pick(row, "about"),
        founded_on=row.founded_on,
        verified_at=verification.at if verification else None,
        verified_note=verification.note if verification else "",
        given=sum((card.given for card in cards), Money.zero("KGS")),
        matched=sum((card.matched for card in cards), Money.zero("KGS")),
        projects=cards,
    )


def _place_in_list(card: AssociationCard) -> tuple[object, ...]:
    return sorting.key(card.country), sorting.key(card.city), sorting.key(card.name)


def _with_all(associations: QuerySet[Association]) -> list[Association]:
    public = Count("projects", filter=Q(projects__state__in=PUBLIC_STATES))
    rows = associations.select_related("host_city", "home", "verification").annotate(public_projects=public)
    return list(rows.order_by("slug"))


def _card(row: Association, home: str) -> AssociationCard:
    return AssociationCard(
        slug=row.slug,
        href=addresses.association(row.slug),
        name=pick(row, "name"),
        about=pick(row, "about"),
        image=covers.address(row.picture),
        city=pick(row.host_city, "name"),
        country=places.country_name(row.host_city.country),
        home=home,
        is_verified=hasattr(row, "verification"),
        projects=row.public_projects,  # type: ignore[attr-defined]
    )
