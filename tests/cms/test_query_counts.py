"""What a page costs: the same number of queries for one row and for many, at most twelve cold and none warm."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from ashar.web import maps
from cms import renditions, trees
from cms.models import (
    ArticlePage,
    ArticlePerson,
    ArticleTopic,
    Contact,
    ContactPage,
    EventIndexPage,
    EventPage,
    FaqPage,
    Figure,
    GuideIndexPage,
    GuidePage,
    HomePage,
    LandingPage,
    NewsIndexPage,
    Partner,
    PersonIndexPage,
    PersonPage,
    PracticeIndexPage,
    PracticePage,
    ProjectIndexPage,
    ProjectPage,
    StatisticsPage,
    Topic,
)
from tests.badinput import files
from tests.cms.conftest import FAR_AWAY
from tests.factories.associations import AssociationFactory
from tests.factories.calls import OpenCallFactory
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory
from tests.factories.projects import OpenProjectFactory
from tests.factories.snippets import snippet

# Finding the page, in every language: site, home, the page, who may read it.
COLD = {
    "/ky/": 11,
    "/ru/": 11,
    "/ky/projects/": 10,
    "/ru/projects/": 10,
    "/ky/projects/school/": 10,
    "/ru/projects/school/": 10,
    "/ky/associations/": 6,
    "/ru/associations/": 6,
    "/ky/associations/kochkor-seoul/": 9,
    "/ru/associations/kochkor-seoul/": 9,
    "/ky/calls/": 6,
    "/ru/calls/": 6,
    "/ky/calls/call-1/": 5,
    "/ru/calls/call-1/": 5,
    "/ky/news/": 8,
    "/ru/news/": 8,
    "/ky/news/news-1/": 8,
    "/ru/news/news-1/": 8,
    "/ky/guides/": 5,
    "/ru/guides/": 5,
    "/ky/guides/?stage=abroad&country=RU": 5,
    "/ru/guides/?stage=abroad&country=RU": 5,
    "/ky/guides/guide-1/": 4,
    "/ru/guides/guide-1/": 4,
    "/ky/practices/": 5,
    "/ru/practices/": 5,
    "/ky/practices/practice-1/": 4,
    "/ru/practices/practice-1/": 4,
    "/ky/events/": 6,
    "/ru/events/": 6,
    "/ky/events/event-1/": 4,
    "/ru/events/event-1/": 4,
    "/ky/faq/": 4,
    "/ru/faq/": 4,
    "/ky/statistics/": 4,
    "/ru/statistics/": 4,
    "/ky/contact/": 8,
    "/ru/contact/": 8,
    "/ky/landing/": 12,  # who reads first finds the wide picture for the others
    "/ru/landing/": 11,
    "/ky/people/": 6,
    "/ru/people/": 6,
    "/ky/people/person-1/": 10,
    "/ru/people/person-1/": 9,
}
LANGUAGES = ("ky", "ru", "en")


def cost(address: str) -> int:
    """Return how many queries the page asks; none of them twice."""
    with CaptureQueriesContext(connection) as told:
        assert Client().get(address).status_code == 200
    asked = [query["sql"] for query in told.captured_queries]
    assert len(set(asked)) == len(asked), address
    return len(told)


def cold_cost(address: str) -> int:
    caches["pages"].clear()
    return cost(address)


def warm_cost(address: str) -> int:
    cold_cost(address)
    return cost(address)


def news(number: int) -> None:
    """An article with a picture, a topic and a person, in every language; its other blocks ask for nothing."""
    picture = painted("roof.png")
    picture.contextual_alt_text, picture.decorative = "Чатыр", False
    titles = dict.fromkeys(("title_ky", "title_ru", "title_en"), "Мектеп")
    topic = Topic.objects.create(slug=f"topic-{number}", **titles)
    keys = uuid.uuid4(), uuid.uuid4()
    for code in LANGUAGES:
        index, people = (kind.objects.get(locale__language_code=code) for kind in (NewsIndexPage, PersonIndexPage))
        person = PersonPage(
            title="Айжан", slug=f"person-{number}", role="Мугалим", image=picture, translation_key=keys[0]
        )
        person.locale = index.locale
        page = ArticlePage(title="Чатыр", slug=f"news-{number}", lead="Бүттү.", translation_key=keys[1])
        page.locale, page.first_published_at = index.locale, NOON
        page.body = [("text", "<p>Бүттү.</p>"), ("picture", {"picture": picture})]
        page.topics = [ArticleTopic(topic=topic)]
        page.people = [ArticlePerson(person=people.add_child(instance=person))]
        index.add_child(instance=page)


def painted(name: str) -> AbstractImage:
    """Return a picture of which all that pages show is ready, and which no cache knows."""
    file = ContentFile(files.picture(size=(40, 20)), name=name)
    picture = get_image_model().objects.create(title="Roof", file=file)
    renditions.make(picture, wide=True, portrait=True)
    picture.get_rendition_model().cache_backend.clear()
    return picture


def with_cards(count: int) -> None:
    """Let the first article show so many projects and a gallery with one picture more, in every language."""
    pictures = [painted(f"{number}.png") for number in range(count + 1)]
    rows = [{"picture": {"image": each.pk, "alt_text": "Чатыр", "decorative": False}} for each in pictures]
    for page in ArticlePage.objects.filter(slug="news-1"):
        faces = ProjectPage.objects.filter(locale=page.locale)[:count]
        page.body = [
            *page.body.raw_data[:2],
            {"type": "gallery", "value": {"title": "", "pictures": rows}},
            {"type": "projects", "value": {"title": "", "pages": [each.pk for each in faces]}},
        ]
        page.save()


def written(number: int) -> None:
    """One of each page that asks for nothing but itself, in every language."""
    facts = {"lead": "Бүттү.", "body": [("text", "<p>Бүттү.</p>")]}
    checked = {"checked_on": NOON.date(), "checked_by": "Айжан"}
    for page in FaqPage.objects.all():
        answer = {"question": "Кантип?", "answer": "<p>Ушинтип.</p>"}
        page.groups.append(("group", {"title": "Акча", "questions": [answer]}))
        page.save()
    for page in StatisticsPage.objects.all():
        figure = {
            "value": "7",
            "up_to": "",
            "unit": "адам",
            "year": 2026,
            "definition": "x",
            "source": "x",
            "address": "",
        }
        page.measures.append(("measure", {"title": "Адам", "note": "", "figures": [figure]}))
        page.save()
    source = ("source", {"title": "x", "address": "", "on": None})
    programme = {"country": "MX", "since": 2002, "matching": "x", "lesson": "x", "sources": [source]}
    in_every_language(PracticeIndexPage, PracticePage, f"practice-{number}", **facts, **programme)
    meeting = {"starts_at": NOON, "ends_at": NOON, "place": "Ансан", "zone": "Asia/Seoul"}
    trees.show_call(OpenCallFactory(slug=f"call-{number}", closes_at=NOON + timedelta(days=36_000)))
    in_every_language(EventIndexPage, EventPage, f"event-{number}", **facts, **meeting)
    in_every_language(GuideIndexPage, GuidePage, f"guide-{number}", stage="abroad", country_to="RU", **facts, **checked)


def kept(number: int) -> None:
    """Pages of contacts and landing pages with so many of everything that is written once, in two languages."""
    rows = {kind: [snippet(kind) for _ in range(number)] for kind in (Contact, Partner, Figure)}
    for kind, originals in rows.items():
        for row in originals:
            snippet(kind, "ky", of=row)
    people = PersonPage.objects.filter(locale__language_code="ru")[:number]
    told = [{"matter": "x", "person": who, "contact": row} for who, row in zip(people, rows[Contact], strict=True)]
    answers = ("answers", {"title": "", "answers": told})
    for page in ContactPage.objects.all():
        page.body = [answers]
        page.save()
    index = ProjectIndexPage.objects.get(locale__language_code="ru")
    marks = [{"oblast": code, "number": 1, "page": index} for code in list(maps.PATCHES)[:number]]
    body = [
        answers,
        ("partners", {"title": "", "partners": rows[Partner]}),
        ("known_figures", {"title": "", "figures": rows[Figure]}),
        ("map", {"title": "x", "marks": marks}),
    ]
    LandingPage.objects.all().delete()
    picture = get_image_model().objects.last()
    in_every_language(HomePage, LandingPage, "landing", lead="x", body=body, image=picture)


def in_every_language(parent: type[Page], kind: type[Page], slug: str, **facts: object) -> None:
    key = uuid.uuid4()
    for index in parent.objects.select_related("locale"):
        index.add_child(instance=kind(title="Чатыр", slug=slug, translation_key=key, locale=index.locale, **facts))


@pytest.fixture
def village(school, fresh_rates):
    """One of everything."""
    PoolFactory(slug="ministry", closes_on=FAR_AWAY)
    ReceivedGiftFactory(project=school)
    news(1)
    written(1)
    kept(1)
    cost("/ru/")  # content types are asked for once in the life of a process
    return school


@pytest.fixture
def town(village):
    """Three of everything, at least."""
    for number in (2, 3):
        news(number)
        written(number)
        people = AssociationFactory(slug=f"people-{number}")
        trees.show_association(people)
        for association in (people, village.association):
            project = OpenProjectFactory(
                slug=f"{association.slug}-{number}", association=association, closes_on=FAR_AWAY
            )
            trees.show_project(project)
        PoolFactory(slug=f"pool-of-{number}", closes_on=FAR_AWAY)
        ReceivedGiftFactory(project=village, message="Ашар!")
    kept(3)
    return village


class TestCost:
    """All pages in one village: to build it costs more than to read them."""

    def test_with_one_of_everything(self, village):
        assert {address: cold_cost(address) for address in COLD} == COLD

    def test_with_three_of_everything(self, town):
        assert {address: cold_cost(address) for address in COLD} == COLD

    def test_is_nothing_the_second_time(self, village):
        assert {address: warm_cost(address) for address in COLD} == dict.fromkeys(COLD, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_an_article_with_everything_and_cards_costs_as_promised(town, count):
    with_cards(count)
    addresses = {code: f"/{code}/news/news-1/" for code in ("ky", "ru")}
    assert {code: cold_cost(address) for code, address in addresses.items()} == {"ky": 12, "ru": 12}
    assert {
        code: Client().get(address).content.count(b'class="card project-card"') for code, address in addresses.items()
    } == {
        "ky": count,
        "ru": count,
    }


def test_nothing_costs_more_than_promised():
    assert max(COLD.values()) == 12


def test_two_hundred_projects_cost_what_twenty_do(village):
    costs = {}
    for number in range(2, 201):
        OpenProjectFactory(slug=f"project-{number}", association=village.association, closes_on=FAR_AWAY)
        if number in {20, 200}:
            costs[number] = (cold_cost("/ru/projects/"), cold_cost("/ru/projects/?page=2"), cold_cost("/ru/"))
    assert costs == {20: (10, 10, 11), 200: (10, 10, 11)}
