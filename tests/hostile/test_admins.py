"""The two admins, address by address: closed to who does not work there, and open to the others exactly as far as listed.

Wagtail's releases bring new addresses; the ones that open to an editor or an officer must be looked at and listed in `opened`.
"""

import warnings

import pytest
from django.core.paginator import UnorderedObjectListWarning
from django.test import Client
from wagtail.models import Page

from ashar.accounts import roles
from tests.hostile import addresses, outcomes
from tests.hostile.opened import ALLOWED
from tests.hostile.village import ADMINISTRATOR, ANONYMOUS, GIVER, KYRGYZ_EDITOR, UNPROVED_ADMINISTRATOR, Village

DOOR = "ashar.accounts.web.entrances.view"  # to sign in, or to be refused
# Open to everybody, or without a page of its own: a picture of icons, words for scripts, switched-off password pages.
HARMLESS = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
SWITCHED_OFF = {
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
}
ENTRANCES = {"admin:login", "wagtailadmin_login"}
LEAVING = {"admin:logout", "wagtailadmin_logout"}
BROKEN_ON_PURPOSE = {"wagtailadmin_error_test"}  # Wagtail's own way to see its page of error 500


@pytest.fixture
def places(village: Village) -> dict[str, str]:
    """Every address of the admins by its name, but those that sign one out."""
    found = {pattern.name: addresses.in_admin(pattern, village) for pattern in addresses.of_admins()}
    return {name: place for name, place in found.items() if name not in LEAVING}


@pytest.fixture(autouse=True)
def _their_own_warnings():
    """Reports of others page through rows without an order; that is theirs to mend."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnorderedObjectListWarning)
        yield


def test_who_does_not_work_there_stays_outside(village: Village, places):
    for who, method in (
        (ANONYMOUS, "GET"),
        (GIVER, "POST"),
        (roles.ASSOCIATION_LEADER, "GET"),
        (roles.EVALUATOR, "POST"),
    ):
        browser = village.enter(who)
        found = {name: outcome(browser, place, method) for name, place in places.items()}

        assert {name for name, end in found.items() if end != DOOR} == HARMLESS | SWITCHED_OFF | ENTRANCES, who
        assert {found[name] for name in ENTRANCES} == {"account_login" if who == ANONYMOUS else "403"}, who
        assert {found[name] for name in SWITCHED_OFF} == {"wagtail_serve"}, who


def test_an_administrator_without_a_second_factor_stays_outside(village: Village, places):
    browser = village.enter(UNPROVED_ADMINISTRATOR)

    assert {outcome(browser, place) for place in places.values()} == {"mfa_index"}


def test_staff_open_what_is_listed_and_nothing_else(village: Village, places):
    for who, allowed in ALLOWED.items():
        browser = village.enter(who)
        found = {name: outcome(browser, place) for name, place in places.items()}

        assert {name for name, end in found.items() if end == "200"} == allowed | HARMLESS, who
        assert {name for name, end in found.items() if end.startswith("5")} == BROKEN_ON_PURPOSE, who


@pytest.mark.parametrize("who", [roles.FINANCE_OFFICER, roles.AUTHOR, roles.PROOFREADER, KYRGYZ_EDITOR])
def test_who_may_not_edit_a_page_changes_none(village: Village, places, who):
    browser, before = village.enter(who), _pages()

    of_pages = [place for name, place in places.items() if name.startswith(("wagtailadmin_pages:", "wagtail_bulk"))]
    answers = {outcome(browser, place, "POST") for place in of_pages}

    assert _pages() == before
    assert not {answer for answer in answers if answer.startswith("5")}


@pytest.mark.parametrize("who", [roles.AUTHOR, roles.PROOFREADER])
def test_writers_change_no_file_topic_snippet_or_redirect_of_another(village: Village, places, who):
    """A GET that ends elsewhere proves little; the same addresses are sent to, with answers that would pass."""
    kept = [village.picture, village.paper, village.topic, village.redirect, *village.snippets.values()]
    before = [row.__class__.objects.filter(pk=row.pk).values().get() for row in kept]
    browser = village.enter(who)

    of_files = ("wagtailimages:", "wagtaildocs:", "wagtailsnippets_cms_", "wagtailredirects:", "wagtail_bulk")
    for place in (place for name, place in places.items() if name.startswith(of_files)):
        browser.post(
            place,
            {
                "title": "Taken",
                "slug": "taken",
                "name": "Taken",
                "measure": "Taken",
                "old_path": "/taken",
                "redirect_link": "https://taken.example.org/",
                **dict.fromkeys(("title_ky", "title_ru", "title_en"), "x"),
            },
        )

    assert [row.__class__.objects.filter(pk=row.pk).values().get() for row in kept] == before


def test_no_list_breaks_for_an_administrator(village: Village, places):
    browser = village.enter(ADMINISTRATOR)
    lists = {name: place for name, place in places.items() if name.endswith(("index", "changelist", "home"))}

    assert {name: end for name in lists if (end := outcome(browser, lists[name])) != "200"} == {
        "wagtailadmin_pages:revisions_index": "wagtailadmin_pages:history",
    }


def outcome(browser: Client, place: str, method: str = "GET") -> str:
    """Say where one ends."""
    response = browser.generic(method, place, content_type="application/x-www-form-urlencoded")
    if response.streaming:
        list(response.streaming_content)  # a picture, perhaps
    return outcomes.of(response)


def _pages() -> list[tuple[object, ...]]:
    return list(
        Page.objects.order_by("pk").values_list("pk", "path", "slug", "title", "live", "locked", "latest_revision")
    )
