"""robots.txt opens what is public, closes what is not, and names the sitemap."""

from urllib.robotparser import RobotFileParser

import pytest
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from cms.found import robots
from tests.cms.conftest import LANGUAGES

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def rules(client) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").content.decode().splitlines())
    return parser


@pytest.mark.parametrize("code", LANGUAGES)
def test_public_pages_are_open(rules, code):
    public = ("", "projects/", "projects/school/", "projects/?page=2", "projects/school/trail/", "associations/")
    assert [page for page in public if not rules.can_fetch("Googlebot", f"/{code}/{page}")] == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("account_login", []),
        ("account", []),
        ("inbox", []),
        ("gift", [NOBODY]),
        ("receipt", ["2026-000001:x"]),
        ("my-gifts", []),
        ("demo-people", []),
        ("mailbox", []),
        ("wagtailadmin_home", []),
        ("admin:index", []),
    ],
)
def test_rooms_and_papers_are_closed(rules, code, name, arguments):
    with translation.override(code):
        assert not rules.can_fetch("Yandex", reverse(name, args=arguments))


@pytest.mark.parametrize("place", [*robots.ROOMS, *(f"ru/{place}" for place in robots.PERSONAL)])
def test_nothing_is_closed_that_is_not_there(db, place):
    assert any(_leads_somewhere(f"/{place}{rest}") for rest in ("", f"{NOBODY}/", "1/x/", "gifts/", "people/", "x"))


def test_pictures_styles_and_the_sitemap_are_open(rules):
    places = ("/static/web/styles.css", "/media/covers/school.jpg", "/sitemap.xml")
    assert [place for place in places if not rules.can_fetch("Bingbot", place)] == []


def test_names_the_sitemap(rules, settings):
    assert rules.site_maps() == [f"{settings.SITE_URL}/sitemap.xml"]


def test_is_plain_text_and_only_read(client, db):
    assert client.get("/robots.txt")["Content-Type"] == "text/plain; charset=utf-8"
    assert client.post("/robots.txt").status_code == 405


def _leads_somewhere(address: str) -> bool:
    """Whether a pattern other than the pages' own takes the address."""
    try:
        with translation.override("ru"):
            return resolve(address).url_name != "wagtail_serve"
    except Resolver404:
        return False
