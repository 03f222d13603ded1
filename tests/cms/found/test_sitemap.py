"""The sitemap lists every page that everybody may read, nothing else, and says what the pages say of themselves."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from ashar.web import sitemaps
from cms import trees
from cms.found import sightings
from cms.models import (
    ArticlePage,
    AssociationIndexPage,
    AssociationPage,
    CallIndexPage,
    CallPage,
    ContactPage,
    EventIndexPage,
    EventPage,
    FaqPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    LandingPage,
    NewsIndexPage,
    PersonIndexPage,
    PersonPage,
    PracticeIndexPage,
    PracticePage,
    ProjectIndexPage,
    ProjectPage,
    StatisticsPage,
)
from diaspora import associations, projects
from tests.cms.conftest import FAR_AWAY, LANGUAGES
from tests.factories import articles
from tests.factories.associations import UnverifiedAssociationFactory
from tests.factories.moments import A_MONTH_AGO, NOON
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory

NAMES = {"s": sitemaps.SITEMAP, "x": sitemaps.XHTML}
HOUSE = ("", "associations/", "associations/kochkor-seoul/", "calls/", "contact/", "events/", "faq/", "guides/", "news/", "people/", "practices/", "projects/", "projects/school/",
         "statistics/")  # fmt: skip
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')


def listed(client: Client) -> dict[str, list[tuple[str, str]]]:
    """Return address → its alternates, as the sitemap has them."""
    urls = ElementTree.fromstring(client.get("/sitemap.xml").content).iterfind("s:url", NAMES)
    return {
        url.find("s:loc", NAMES).text: [(link.get("hreflang"), link.get("href")) for link in url.iterfind("x:link", NAMES)]
        for url in urls
    }  # fmt: skip


def paths(client: Client, site: str) -> list[str]:
    return [address.removeprefix(site) for address in listed(client)]


def changed(path: str) -> object:
    return {address.path: address.changed_at for address in sightings.addresses()}[path]


@pytest.fixture
def site(settings) -> str:
    return settings.SITE_URL


@pytest.fixture
def draft_page(kochkor_people) -> ProjectPage:
    """An editor made a page for a project that nobody has heard of."""
    project = DraftProjectFactory(slug="secret", association=kochkor_people)
    trees.show_project(project)
    return ProjectPage.objects.get(project=project, locale__language_code="ru")


class TestWhatIsListed:
    def test_every_page_in_every_language(self, client, school, site):
        assert paths(client, site) == sorted(f"/{code}/{page}" for code in LANGUAGES for page in HOUSE)

    def test_every_listed_address_opens(self, client, school, site):
        assert {client.get(path).status_code for path in paths(client, site)} == {200}

    def test_a_collection_that_is_over(self, client, kochkor_people, site):
        trees.show_project(ClosedProjectFactory(slug="old", association=kochkor_people))
        assert "/en/projects/old/" in paths(client, site)

    def test_every_page_type_of_today_joined_by_its_own_word(self):
        assert set(sightings.kinds()) == {
            HomePage,
            ProjectIndexPage,
            ProjectPage,
            AssociationIndexPage,
            AssociationPage,
            CallIndexPage,
            CallPage,
            NewsIndexPage,
            ArticlePage,
            PersonIndexPage,
            PersonPage,
            GuideIndexPage,
            GuidePage,
            PracticeIndexPage,
            PracticePage,
            EventIndexPage,
            EventPage,
            FaqPage,
            StatisticsPage,
            ContactPage,
            LandingPage,
        }


class TestWhatIsNot:
    def test_the_page_of_a_draft(self, client, draft_page, site):
        assert draft_page.live
        assert [path for path in paths(client, site) if "secret" in path] == []

    def test_a_withdrawn_page(self, client, school_page, site):
        school_page.unpublish()
        assert [path for path in paths(client, site) if "school" in path] == [
            "/en/projects/school/",
            "/ky/projects/school/",
        ]

    def test_a_page_closed_to_strangers(self, client, school_page, site):
        PageViewRestriction.objects.create(page=school_page, restriction_type="login")
        assert "/ru/projects/school/" not in paths(client, site)
        assert "/ru/projects/" in paths(client, site)

    def test_what_is_closed_from_above(self, client, school, site):
        home = HomePage.objects.get(locale__language_code="ru")
        PageViewRestriction.objects.create(page=home, restriction_type="password", password="x")
        assert [path for path in paths(client, site) if path.startswith("/ru/")] == []

    def test_the_alias_of_a_closed_page(self, client, school_page, site, committed):
        ProjectPage.objects.get(project=school_page.project, locale__language_code="en").delete()
        english = ProjectIndexPage.objects.get(locale__language_code="en")
        school_page.create_alias(parent=english, update_slug="alias", update_locale=english.locale)
        assert "/en/projects/alias/" in paths(client, site)
        with committed():
            PageViewRestriction.objects.create(page=school_page, restriction_type="login")
        assert "/en/projects/alias/" not in paths(client, site)

    def test_a_page_closed_a_moment_ago_is_gone_from_the_kept_list(self, client, school_page, site, committed):
        paths(client, site)
        with committed():
            PageViewRestriction.objects.create(page=school_page, restriction_type="login")
        assert "/ru/projects/school/" not in paths(client, site)


class TestTranslations:
    """Search engines believe two lists only when they agree."""

    def test_heads_say_what_the_sitemap_says(self, client, school, site):
        said = listed(client)
        assert heads(client, said) == said

    def test_also_when_a_translation_is_away(self, client, school_page, site):
        school_page.unpublish()
        said = listed(client)
        assert [code for code, _ in said[f"{site}/en/projects/school/"]] == ["ky", "x-default", "en"]
        assert heads(client, said) == said

    def test_also_when_a_translation_is_closed(self, client, school_page, site):
        PageViewRestriction.objects.create(page=school_page.get_parent(), restriction_type="login")
        said = listed(client)
        assert [code for code, _ in said[f"{site}/ky/projects/"]] == ["ky", "x-default", "en"]
        assert heads(client, said) == said

    def test_also_when_a_translation_lives_elsewhere(self, client, school_page, site):
        school_page.slug = "shkola"
        school_page.save_revision().publish()
        said = listed(client)
        assert ("ru", f"{site}/ru/projects/shkola/") in said[f"{site}/ky/projects/school/"]
        assert heads(client, said) == said

    def test_also_when_a_list_has_an_address_of_its_own(self, client, school, site):
        index = ProjectIndexPage.objects.get(locale__language_code="ru")
        index.slug = "proekty"
        index.save_revision().publish()
        said = listed(client)
        assert ("ru", f"{site}/ru/proekty/school/") in said[f"{site}/en/projects/school/"]
        assert heads(client, said) == said

    def test_the_page_of_everybody_else_is_the_kyrgyz_one(self, client, school, site):
        assert dict(listed(client)[f"{site}/en/"])["x-default"] == f"{site}/ky/"

    def test_the_switch_leads_home_where_there_is_no_translation(self, client, school_page):
        school_page.unpublish()
        html = client.get("/ky/projects/school/").content.decode()
        assert re.findall(r'<a [^>]*href="(/ru/[^"]*)"[^>]*lang="ru"', html) == ["/ru/"]
        assert 'href="/ru/projects/school/"' not in html

    def test_a_preview_of_a_page_that_was_never_saved_announces_nothing_wrong(self, school):
        index = ProjectIndexPage.objects.get(locale__language_code="ru")
        page = ProjectPage(title="x", slug="x", project=school, locale=index.locale, path=f"{index.path}9999", depth=4)
        assert page.languages() is None


class TestCanonical:
    """Whatever stands after the question mark, a page has one address."""

    @pytest.fixture
    def many(self, school):
        for number in range(14):
            OpenProjectFactory(slug=f"p{number}", association=school.association, closes_on=FAR_AWAY)

    @pytest.mark.parametrize(
        ("question", "kept"),
        [
            ("", ""),
            ("?page=1", ""),
            ("?page=2", "?page=2"),
            ("?page=99", "?page=2"),
            ("?page=x", ""),
            ("?utm_source=x", ""),
            ("?state=open", ""),
            ("?state=open&page=2", ""),
            ("?oblast=41704000000000&page=2", ""),
            ("?oblast=nonsense&page=2", "?page=2"),
        ],
    )
    def test_of_a_list(self, client, many, site, question, kept):
        html = client.get(f"/ru/projects/{question}").content.decode()
        assert CANONICAL.findall(html) == [f"{site}/ru/projects/{kept}"]
        assert dict(ALTERNATE.findall(html)) == {
            code: f"{site}/{place}/projects/{kept}"
            for code, place in (("ky", "ky"), ("ru", "ru"), ("en", "en"), ("x-default", "ky"))
        }


class TestLastChange:
    def test_a_project_changes_when_it_moves(self, school):
        assert changed("/ru/projects/school/") == A_MONTH_AGO
        projects.close(school, by=None, at=NOON)
        assert changed("/ru/projects/school/") == NOON

    def test_a_list_changes_with_what_it_lists_and_the_front_door_with_both(self, school):
        projects.close(school, by=None, at=NOON)
        assert [changed(f"/ru/{page}") for page in ("projects/", "")] == [NOON, NOON]
        assert changed("/ru/associations/") == A_MONTH_AGO

    def test_an_association_changes_when_it_is_verified(self, planted):
        newcomers = UnverifiedAssociationFactory(slug="new")
        trees.show_association(newcomers)
        assert changed("/ru/associations/new/") == A_MONTH_AGO
        associations.verify(newcomers, by=None, at=NOON, note="Met")
        assert changed("/ru/associations/new/") == NOON

    def test_publishing_is_a_change_in_one_language(self, school_page):
        school_page.note = "<p>Смета готова.</p>"
        school_page.save_revision().publish()
        school_page.refresh_from_db()
        assert changed("/ru/projects/school/") == school_page.last_published_at > NOON - timedelta(days=3650)
        assert changed("/ky/projects/school/") == A_MONTH_AGO


class TestFiles:
    def test_a_house_of_many_pages_gets_an_index(self, client, school, site, monkeypatch):
        monkeypatch.setattr(sitemaps, "PER_FILE", 15)
        index = ElementTree.fromstring(client.get("/sitemap.xml").content)
        assert [place.text for place in index.iterfind(".//s:loc", NAMES)] == [
            f"{site}/sitemap-{n}.xml" for n in (1, 2, 3)
        ]
        parts = [ElementTree.fromstring(client.get(f"/sitemap-{n}.xml").content) for n in (1, 2, 3)]
        assert [len(part) for part in parts] == [15, 15, 12]
        assert client.get("/sitemap-4.xml").status_code == client.get("/sitemap-0.xml").status_code == 404

    def test_is_xml_and_only_read(self, client, planted):
        assert client.get("/sitemap.xml")["Content-Type"] == "application/xml; charset=utf-8"
        assert client.post("/sitemap.xml").status_code == 405

    def test_costs_the_same_for_many_pages_and_nothing_the_second_time(self, school):
        sightings.addresses()  # the kinds of rows are looked up once for the life of a process
        with CaptureQueriesContext(connection) as few:
            sightings.addresses()
        for number in range(5):
            trees.show_project(OpenProjectFactory(slug=f"p{number}", association=school.association))
            articles.published(f"a{number}")
        with CaptureQueriesContext(connection) as many:
            sightings.addresses()
        assert (len(few), len(many)) == (7, 7)
        Client().get("/sitemap.xml")
        with CaptureQueriesContext(connection) as again:
            Client().get("/sitemap.xml")
        assert len(again) == 0


def heads(client: Client, said: Mapping[str, object]) -> dict[str, list[tuple[str, str]]]:
    """Return canonical address → alternates, as the heads of the pages at the addresses `said` have them."""
    pages = [client.get("/" + address.split("/", 3)[3]).content.decode() for address in said]
    return {CANONICAL.findall(page)[0]: ALTERNATE.findall(page) for page in pages}
