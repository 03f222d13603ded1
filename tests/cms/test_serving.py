"""How an address leads to a page: the short way and the long one, what is not there, and what is closed to readers."""

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.models import HomePage, ProjectIndexPage, ProjectPage
from tests.cms.test_pages import PAGES


@pytest.mark.parametrize(
    "address", ["/ky/nowhere/", "/ru/projects/nowhere/", "/en/projects/school/deeper/", "/ky/home/"]
)
def test_what_is_not_there_is_not_found(client, school, address):
    assert client.get(address).status_code == 404


class TestShortWays:
    """The usual addresses are found in one query; everything else as Wagtail does."""

    def test_a_page_under_a_slug_of_its_own_is_found_the_long_way(self, client, school):
        index = ProjectIndexPage.objects.get(locale__language_code="ru")
        index.slug = "proekty"
        index.save_revision().publish()
        assert client.get("/ru/proekty/").status_code == 200
        assert client.get("/ru/proekty/school/").status_code == 200
        assert client.get("/ru/projects/").status_code == 404

    def test_the_page_of_another_tree_is_not_taken_for_this_one(self, client, school):
        ProjectPage.objects.get(project=school, locale__language_code="ru").delete()
        assert client.get("/ru/projects/school/").status_code == 404
        assert client.get("/ky/projects/school/").status_code == 200

    def test_a_withdrawn_page_is_not_found(self, client, school_page):
        school_page.unpublish()
        assert client.get("/ru/projects/school/").status_code == 404

    def test_a_withdrawn_index_hides_itself_and_not_what_stands_below(self, client, school):
        ProjectIndexPage.objects.get(locale__language_code="ru").unpublish()
        assert client.get("/ru/projects/").status_code == 404
        assert client.get("/ru/projects/school/").status_code == 200


class TestRestrictions:
    """Wagtail's way to close a page to readers holds here too."""

    def test_a_closed_page_sends_strangers_to_sign_in(self, client, school_page):
        PageViewRestriction.objects.create(page=school_page, restriction_type="login")
        assert client.get("/ru/projects/school/").status_code == 302
        assert client.get("/ky/projects/school/").status_code == 200

    def test_what_is_closed_above_is_closed_below(self, client, school):
        home = HomePage.objects.get(locale__language_code="ru")
        PageViewRestriction.objects.create(page=home, restriction_type="login")
        assert [client.get(f"/ru/{page}").status_code for page in PAGES] == [302] * len(PAGES)

    def test_a_page_seen_before_it_was_closed_is_not_seen_from_the_cache(self, client, school_page, committed):
        client.get("/ru/projects/school/")
        with committed():
            PageViewRestriction.objects.create(page=school_page, restriction_type="login")
        assert client.get("/ru/projects/school/").status_code == 302

    def test_an_alias_is_closed_with_its_source(self, client, school_page):
        ProjectPage.objects.get(project=school_page.project, locale__language_code="en").delete()
        english = ProjectIndexPage.objects.get(locale__language_code="en")
        alias = school_page.create_alias(parent=english, update_slug="alias", update_locale=english.locale)
        PageViewRestriction.objects.create(page=school_page, restriction_type="login")
        assert [one.pk for one in alias.specific.get_view_restrictions()] == [
            one.pk for one in Page.get_view_restrictions(alias.specific)
        ]
        assert client.get("/en/projects/alias/").status_code == 302

    def test_an_open_page_has_none(self, school_page):
        assert list(school_page.get_view_restrictions()) == []
