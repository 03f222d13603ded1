"""Loads the demo: places to give to, people to sign in as, and gifts that really went through the card sandbox."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from ashar.ledger import queries as books
from ashar.money import Money, rates
from ashar.outbox import delivering
from ashar.payments.models import Refund
from ashar.places.models import HostCity, Region
from cms import trees
from cms.demo import (
    calls,
    content,
    events,
    givers,
    guides,
    landing,
    news,
    pictures,
    practices,
    rail,
    signins,
    singles,
    snippets,
)
from diaspora import associations, covers, matching, projects
from diaspora.models import Association, MatchPool, Project
from diaspora.states import ProjectState

BEGINNING = timedelta(days=givers.DAYS + 90)  # the demo's associations and pools are older than its gifts
RATES_EVERY = timedelta(days=3)  # a rate stays fresh for four
Say = Callable[[str], None]


def load(*, at: datetime, say: Say, with_gifts: bool = True) -> None:
    """Load whatever of the demo is not there yet, telling each step to `say`. Idempotent."""
    begun = at - BEGINNING
    say("rates and page trees")
    _rates(begun, at)
    trees.plant()
    say("people to sign in as")
    signins.make(at=begun)
    say("associations and projects")
    for entry in content.associations():
        trees.show_association(_association(entry, at=begun))
    for entry in content.projects():
        _draw(entry)
        trees.show_project(_project(entry, at=at, begun=begun))
    for entry in content.pools():
        _pool(entry, at=begun, until=(at + timedelta(days=180)).date())
    if with_gifts:
        _gifts(at=at, say=say)
    _close(at=at)
    say("news")
    news.load(at=at)
    say("guides")
    guides.load(at=at)
    say("calls")
    calls.load(at=at, begun=begun)
    say("practices and events")
    practices.load(at=at)
    events.load(at=at)
    say("questions, figures, contacts and partners")
    snippets.load()
    singles.load(at=at)
    landing.load(at=at)
    delivering.drain(timezone.now())  # their pictures in every size, which are asked for by the clock
    say("the association that the demo's leader leads")
    signins.lead(Association.objects.get(slug=content.associations()[0]["slug"]), at=begun)


def _rates(begun: datetime, at: datetime) -> None:
    moment = begun
    while moment < at:
        rates.import_demo(at=moment)
        moment += RATES_EVERY
    rates.import_demo(at=at)


def _association(entry: Mapping[str, Any], *, at: datetime) -> Association:
    found: Association | None = Association.objects.filter(slug=entry["slug"]).first()
    if found:
        return found
    association = associations.register(
        entry["slug"],
        texts=content.columns(entry, "name", "about"),
        host_city=HostCity.objects.get(name_en=entry["city"]),
        home=Region.objects.get(code=entry["home"]),
        founded_on=date(entry["founded"], 1, 1),
        by=None,
        at=at,
    )
    if entry["verified"]:
        associations.verify(association, by=None, at=at, note="demo")
    return association


def _project(entry: Mapping[str, Any], *, at: datetime, begun: datetime) -> Project:
    found: Project | None = Project.objects.filter(slug=entry["slug"]).first()
    if found:
        return found
    goal = content.som(entry["goal_som"])
    project = projects.draft(
        Association.objects.get(slug=entry["association"]),
        slug=entry["slug"],
        texts=content.columns(entry, "title", "summary", "story"),
        home=Region.objects.get(code=entry["home"]),
        goal=goal,
        closes_on=(at + timedelta(days=entry["closes_in_days"])).date(),
        budget=content.budget(entry["kind"], goal),
        cover=covers.MEDIA + _cover(entry),
        by=None,
        at=begun,
    )
    if entry["state"] != ProjectState.DRAFT:
        projects.open(project, by=None, at=begun)
    return project


def _draw(entry: Mapping[str, Any]) -> None:
    """Draw the cover of a project into media, in every size and format, where one of them is missing."""
    covers.lay(_cover(entry), lambda: pictures.draw(entry["slug"], entry["kind"]))


def _cover(entry: Mapping[str, Any]) -> str:
    return f"covers/{entry['slug']}.jpg"


def _pool(entry: Mapping[str, Any], *, at: datetime, until: date) -> None:
    if MatchPool.objects.filter(slug=entry["slug"]).exists():
        return
    kinds = entry.get("kinds")
    slugs = [project["slug"] for project in content.projects() if not kinds or project["kind"] in kinds]
    cap = content.som(entry["cap_som"])
    pool = matching.open_pool(
        entry["slug"],
        texts=content.columns(entry, "title"),
        cap=cap,
        cap_per_project=content.som(entry["cap_per_project_som"]),
        ratio=entry["ratio"],
        opens_on=at.date(),
        closes_on=until,
        projects=Project.objects.filter(slug__in=slugs) if kinds else None,
        by=None,
        at=at,
    )
    matching.fund_pool(pool, amount=cap, by=None, at=at, reference="demo")


def _gifts(*, at: datetime, say: Say) -> None:
    """Carry out the planned gifts in the order of their moments, until each project has what the demo wants it to.

    The refunds come last, so where they are, everything before them is: then nothing is left to do.
    """
    if Refund.objects.filter(reason=rail.REASON).exists():
        return
    now_rates = {code: rates.rate_for(code, at=at) for code in _currencies()}
    rows = {project.slug: project for project in Project.objects.select_related("fund")}
    wanted = {
        entry["slug"]: content.som(entry["goal_som"]).portion(entry["filled"], 100) for entry in content.projects()
    }
    plan = sorted(
        (gift for entry in content.projects() for gift in givers.plan(entry, rates=now_rates, at=at)),
        key=lambda gift: gift.at,
    )
    with rail.play() as play:
        done = 0
        for gift in plan:
            project = rows[gift.project]
            if _has(project) < wanted[gift.project]:
                play(project, gift)
                done += 1
                if done % 50 == 0:
                    say(f"{done} gifts")
        say(f"{done} gifts, {play.returned(at)} of them given back or disputed")
    delivering.drain(at)


def _currencies() -> set[str]:
    return {*givers.CURRENCIES.values(), "USD", "EUR"}


def _has(project: Project) -> Money:
    figures = books.figures([project.fund])[project.fund_id]
    return figures.given + figures.matched


def _close(*, at: datetime) -> None:
    ended = {entry["slug"] for entry in content.projects() if entry["state"] == ProjectState.CLOSED}
    for project in Project.objects.filter(slug__in=ended, state=ProjectState.OPEN):
        projects.close(project, by=None, at=at, note="demo")
