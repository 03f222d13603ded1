"""Old addresses, and addresses in the wrong language: they lead on, and nobody is told falsely that a page is untranslated."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, PageViewRestriction

from cms.models import ArticlePage, ProjectPage
from tests.factories import articles

pytestmark = pytest.mark.usefixtures("planted")


def written(slug: str, code: str, of: ArticlePage | None = None, **facts) -> ArticlePage:
    """An article; `of` another one its version in this language, at an address of its own."""
    if of:
        facts |= {"translation_key": of.translation_key, "locale": Locale.objects.get(language_code=code)}
    return articles.published(slug, code, **facts)


def renamed(page: ArticlePage, slug: str, capture) -> ArticlePage:
    """Give the page another address, as the form does."""
    page.slug = slug
    with capture(execute=True):
        page.save_revision().publish()
    caches["pages"].clear()
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    return lambda page, slug: renamed(ArticlePage.objects.get(pk=page.pk), slug, django_capture_on_commit_callbacks)


def led(client, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, answer.get("Location", "")


def test_an_old_address_leads_to_the_new_one_and_lends_no_other_language(client, rename):
    russian = written("old", "ru")
    for code in ("ky", "en"):
        written("old", code, russian)
    rename(russian, "new")
    assert led(client, "/ru/news/old/") == (301, "/ru/news/new/")
    assert [led(client, f"/{code}/news/old/")[0] for code in ("ky", "en")] == [200, 200]


def test_under_another_language_too_it_leads_to_where_the_page_is_lent(client, rename):
    rename(written("old", "ru"), "new")
    assert [led(client, f"/{code}/news/old/") for code in ("ky", "en")] == [
        (301, "/ky/news/new/"),
        (301, "/en/news/new/"),
    ]
    assert "Бул бет азырынча которула элек." in client.get("/ky/news/new/").content.decode()


def test_under_another_language_it_leads_to_the_version_of_that_language(client, rename):
    russian = written("old", "ru")
    written("eski", "ky", russian)
    rename(russian, "new")
    assert led(client, "/ky/news/old/") == (301, "/ky/news/eski/")


def test_the_best_language_is_lent_from_where_it_stands_now(client, rename):
    russian = written("old", "ru")
    written("old", "en", russian)
    rename(russian, "new")
    assert led(client, "/ky/news/old/") == (301, "/ky/news/new/")


def test_the_address_of_another_language_leads_to_the_readers_own_version(client):
    written("x-y", "ky", written("kryshi", "ru"))
    assert led(client, "/ky/news/kryshi/") == (301, "/ky/news/x-y/")
    assert led(client, "/ru/news/x-y/") == (301, "/ru/news/kryshi/")
    assert led(client, "/en/news/x-y/") == (301, "/en/news/kryshi/")
    assert led(client, "/en/news/kryshi/") == (200, "")


@pytest.mark.parametrize("closed", [True, False])
def test_a_version_that_is_a_draft_or_closed_is_led_to_by_nothing(client, closed):
    page = written("x-y", "ky", written("kryshi", "ru"), live=closed)
    if closed:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert led(client, "/ky/news/kryshi/") == (200, "")


def test_what_moved_and_was_withdrawn_leads_nowhere(client, rename):
    rename(written("old", "ru"), "new").unpublish()
    assert [client.get(f"/{code}/news/old/", follow=True).status_code for code in ("ru", "en")] == [404, 404]


def test_an_address_used_anew_is_its_new_page(client, rename):
    rename(written("old", "ru"), "new")
    written("old", "ru", title="Новая")
    assert "Новая" in client.get("/ru/news/old/").content.decode()


def test_what_editors_send_on_by_hand_comes_before_what_is_lent(client):
    written("roof", "en")
    Redirect.add_redirect("/ru/news/roof/", "https://example.org/", is_permanent=False)
    assert led(client, "/ru/news/roof/") == (302, "https://example.org/")
    assert led(client, "/ky/news/roof/") == (200, "")


def test_a_page_that_is_lent_to_nobody_is_led_to_in_its_own_language_alone(client, school_page):
    Redirect.add_redirect("/ru/projects/old/", school_page)
    assert led(client, "/ky/projects/old/") == (301, "/ky/projects/school/")
    ProjectPage.objects.exclude(pk=school_page.pk).delete()
    assert led(client, "/ky/projects/old/")[0] == 404


@pytest.mark.parametrize("address", ["/ru/news/nothing/", "/ru/nothing/", "/ru/news/old/more/"])
def test_what_never_was_is_not_found(client, rename, address):
    rename(written("old", "ru"), "new")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_lent_page_costs_the_same_whatever_was_moved(client, rename, count):
    for number in range(count):
        rename(written(f"old-{number}", "ru"), f"new-{number}")
    written("roof", "ru")
    client.get("/ky/news/roof/")  # content types are asked for once
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as asked:
        client.get("/ky/news/roof/")
    assert len(asked) == 12


def switch(client, address: str) -> dict[str, str]:
    """Return language code → where the switch leads; the language that is read has no link."""
    html = client.get(address).content.decode()
    return dict(re.findall(r'<li><a href="([^"]*)" lang="(\w\w)"', html))


@pytest.mark.parametrize(("here", "there"), [("ru", ("ky", "en")), ("en", ("ky", "ru"))])
def test_the_switch_leads_to_where_the_page_is_lent(client, here, there):
    written("roof", "ru")
    assert switch(client, f"/{here}/news/roof/") == {f"/{code}/news/roof/": code for code in there}


def test_the_switch_leads_to_the_best_version_at_its_own_address(client):
    written("x-y", "ky", written("kryshi", "ru"))
    assert switch(client, "/ky/news/x-y/") == {"/ru/news/kryshi/": "ru", "/en/news/kryshi/": "en"}
    assert [led(client, address)[0] for address in switch(client, "/ky/news/x-y/")] == [200, 200]


def test_what_is_lent_is_not_announced_as_a_translation(client):
    written("roof", "ru")
    html = client.get("/ru/news/roof/").content.decode()
    assert re.findall(r'hreflang="(\w\w)" href="[^"]*/news/', html) == ["ru"]
