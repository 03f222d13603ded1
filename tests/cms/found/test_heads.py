"""What the heads of public pages tell networks and search engines: true, whole, and nothing of a giver."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from ashar.money import Money, printed
from cms import trees
from cms.found.sections import SECTIONS
from cms.models import HomePage
from diaspora import projects
from diaspora.models import Project
from tests.cms.conftest import FAR_AWAY, LANGUAGES
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory
from tests.factories.projects import OpenProjectFactory

BARE = ("associations/", "people/", "faq/", "statistics/")  # have no feed
PAGES = ("", "projects/", "projects/school/", "associations/kochkor-seoul/", *(f"{name}/" for name in SECTIONS), *BARE)
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">')
FEED = re.compile(r'<link rel="alternate" type="application/(\w+)\+xml" title="([^"]+)" href="([^"]+)">')
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOSTILE = "</script><script>hostile()</script><!-- \" ' & \u2028"


def html(address: str) -> str:
    return Client().get(address).content.decode()


def meta(address: str) -> dict[str, str]:
    return dict(META.findall(html(address)))


def things(address: str) -> Any:
    (block,) = BLOCK.findall(html(address))
    return json.loads(block)


@pytest.fixture
def site(settings) -> str:
    return settings.SITE_URL


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("page", [pytest.param(page, id=page or "home") for page in PAGES])
class TestEveryPage:
    def test_can_be_shared(self, school, site, code, page):
        told = meta(f"/{code}/{page}")
        assert told["og:url"] == f"{site}/{code}/{page}"
        assert told["og:locale"] == {"ky": "ky_KG", "ru": "ru_RU", "en": "en_GB"}[code]
        assert (told["og:type"], told["twitter:card"]) == ("website", "summary_large_image")
        assert told["og:title"]
        assert told["og:description"]

    def test_has_a_picture_that_is_there(self, school, site, code, page):
        told = meta(f"/{code}/{page}")
        assert told["og:image"].startswith(f"{site}/{code}/")
        answer = Client().get(told["og:image"].removeprefix(site))
        assert (answer.status_code, answer["Content-Type"]) == (200, told["og:image:type"])
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")

    def test_its_feeds_are_there(self, school, site, code, page):
        found = FEED.findall(html(f"/{code}/{page}"))
        feeds = 2 if page == "" else int(page not in BARE)
        assert [(kind, Client().get(href.removeprefix(site)).status_code) for kind, _, href in found] == [
            ("atom", 200),
            ("rss", 200),
        ] * feeds


class TestProject:
    def test_is_a_project_to_which_one_can_give(self, school, site):
        told = things("/ru/projects/school/")
        assert (told["@context"], told["@type"], told["name"]) == ("https://schema.org", "Project", "Крыша школы")
        assert told["url"] == told["@id"] == f"{site}/ru/projects/school/"
        assert told["description"] == "До зимы."
        assert told["parentOrganization"] == {
            "@type": "NGO",
            "name": "Земляки из Кочкора",
            "url": f"{site}/ru/associations/kochkor-seoul/",
        }
        assert told["potentialAction"] == {
            "@type": "DonateAction",
            "name": "Сделать взнос в этот проект",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{site}/ru/projects/school/give/"},
            "recipient": {"@id": f"{site}/ru/projects/school/"},
        }

    def test_its_sums_are_those_of_the_books(self, school, fresh_rates):
        PoolFactory(slug="ministry", closes_on=FAR_AWAY)
        gift = ReceivedGiftFactory(project=school)
        (raised, matched) = things("/en/projects/school/")["funding"]
        assert (
            raised["amount"]
            == matched["amount"]
            == {
                "@type": "MonetaryAmount",
                "currency": "KGS",
                "value": printed.plain(gift.som),
            }
        )
        assert (raised["name"], matched["name"]) == ("Raised", "Matched")
        assert gift.som > Money.zero("KGS")

    def test_one_that_is_over_asks_for_nothing(self, school):
        projects.close(school, by=None, at=NOON)
        assert "potentialAction" not in things("/ru/projects/school/")

    def test_says_nothing_of_a_giver(self, gift):
        head = html("/ru/projects/school/").split("</head>")[0]
        assert [secret for secret in (gift.name, *gift.name.split(), gift.message, gift.email) if secret in head] == []

    def test_its_cover_is_a_whole_address(self, school, site):
        Project.objects.filter(pk=school.pk).update(cover="media:covers/school.jpg")
        assert things("/ru/projects/school/")["image"] == f"{site}/media/covers/school.jpg"

    def test_the_words_of_the_editors_come_first(self, school_page):
        school_page.seo_title, school_page.search_description = "Школа Кочкора", "Крыша до зимы"
        school_page.save_revision().publish()
        told = meta("/ru/projects/school/")
        assert (told["og:title"], told["og:description"]) == ("Школа Кочкора", "Крыша до зимы")

    def test_no_text_of_a_project_breaks_out(self, kochkor_people):
        project = OpenProjectFactory(
            slug="hostile", association=kochkor_people, title_ru=HOSTILE, summary_ru=HOSTILE, closes_on=FAR_AWAY
        )
        trees.show_project(project)
        assert things("/ru/projects/hostile/")["name"] == HOSTILE
        assert "<script>" not in html("/ru/projects/hostile/")


class TestAssociation:
    def test_is_an_ngo_of_two_places(self, school, site):
        told = things("/ru/associations/kochkor-seoul/")
        assert told == {
            "@context": "https://schema.org",
            "@type": "NGO",
            "name": "Земляки из Кочкора",
            "description": "Мы из Кочкора, живём в Сеуле.",
            "url": f"{site}/ru/associations/kochkor-seoul/",
            "location": {"@type": "Place", "name": "Сеул, Республика Корея"},
            "areaServed": told["areaServed"],
        }
        assert "Кочкор" in told["areaServed"]["name"]


class TestHome:
    def test_is_a_site_of_somebody(self, planted, site, settings):
        settings.OPERATOR = {"name": "Фонд «Ашар»", "email": "ask@ashar.example"}
        website, organization = things("/ru/")["@graph"]
        assert (website["@type"], website["inLanguage"], website["url"]) == ("WebSite", "ru", f"{site}/ru/")
        assert website["publisher"] == {"@id": organization["@id"]}
        assert organization == {
            "@type": "Organization",
            "@id": f"{site}/#organization",
            "name": "Фонд «Ашар»",
            "url": f"{site}/ru/",
            "email": "ask@ashar.example",
        }

    def test_without_an_operator_it_is_itself(self, planted, settings):
        settings.OPERATOR = {}
        assert things("/en/")["@graph"][1]["name"] == "Ashar"

    def test_its_lead_is_its_description(self, planted):
        home = HomePage.objects.get(locale__language_code="ru")
        assert meta("/ru/")["og:description"] == home.lead.replace("'", "&#x27;")


def test_lists_are_about_nothing_of_their_own(school):
    assert [BLOCK.findall(html(f"/ru/{page}")) for page in ("projects/", "associations/")] == [[], []]


def test_a_chosen_oblast_has_a_feed_of_its_own(school, site):
    found = [href for _, _, href in FEED.findall(html("/ru/projects/?oblast=41704000000000"))]
    assert found == [
        f"{site}/ru/projects/feed{which}.{kind}" for which in ("", "-41704000000000") for kind in ("atom", "rss")
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_below_a_list_leads_back_to_it_in_the_words_of_the_menu(school, code):
    words = {
        "ky": ("Башкы бет", "Долбоорлор"),
        "ru": ("Главная", "Проекты"),
        "en": ("Home page", "Projects"),
    }[code]
    crumbs = re.findall(r'<li><a href="([^"]+)">([^<]+)</a></li>', breadcrumbs(f"/{code}/projects/school/"))
    assert crumbs == [(f"/{code}/", words[0]), (f"/{code}/projects/", words[1])]


@pytest.mark.parametrize("address", ["/ky/", "/ky/projects/", "/ky/contact/"])
def test_what_the_menu_leads_to_needs_no_way_back(school, address):
    assert breadcrumbs(address) == ""


def breadcrumbs(address: str) -> str:
    found = re.search(r'<nav class="breadcrumbs".*?</nav>', html(address), re.DOTALL)
    return found.group() if found else ""
