"""The two admins, address by address: closed to who does not work there, and open to the others exactly as far as listed.

Wagtail's releases bring new addresses; the ones that open to an editor or an officer must be looked at and listed here.
"""

import warnings

import pytest
from django.core.paginator import UnorderedObjectListWarning
from django.test import Client
from wagtail.models import Page

from ashar.accounts import roles
from tests.hostile import addresses, outcomes
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
SNIPPETS = ("contact", "partner", "figure")
ENTRANCES = {"admin:login", "wagtailadmin_login"}
LEAVING = {"admin:logout", "wagtailadmin_logout"}
BROKEN_ON_PURPOSE = {"wagtailadmin_error_test"}  # Wagtail's own way to see its page of error 500

ANYBODY_IN_WAGTAIL = {
    "wagtailadmin_account",
    "wagtailadmin_api:documents:listing",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_dismissibles",
    "wagtailadmin_home",
    "wagtailadmin_pages:choose_parent",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:move_confirm",  # a question; the answer is refused, see below
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_workflows:task_chooser",
    "wagtailadmin_workflows:task_chooser_create",
    "wagtailadmin_workflows:task_chooser_results",
    "wagtail_localize:javascript_catalog",
    "wagtaildocs_chooser:choose",
    "wagtaildocs_chooser:choose_results",
    "wagtaildocs_chooser:chosen_multiple",
    "wagtailembeds:chooser",
    "wagtailembeds:chooser_upload",
    "wagtailimages_chooser:choose",
    "wagtailimages_chooser:choose_results",
    "wagtailimages_chooser:chosen_multiple",
    "words_for_scripts",
    *(  # topics and snippets are public words
        f"wagtailsnippetchoosers_cms_{kind}:{what}"
        for kind in ("topic", *SNIPPETS)
        for what in ("choose", "choose_results", "chosen_multiple")
    ),
}
CHOOSING_PICTURES = {"wagtailimages_chooser:select_format"}
ADDING_FILES = CHOOSING_PICTURES | {
    "wagtaildocs:add",
    "wagtaildocs:add_multiple",
    "wagtaildocs:index",
    "wagtaildocs:index_results",
    "wagtaildocs_chooser:create",
    "wagtailimages:add",
    "wagtailimages:add_multiple",
    "wagtailimages:index",
    "wagtailimages:index_results",
    "wagtailimages_chooser:create",
}
KEEPING_FILES = ADDING_FILES | {  # those that another uploaded
    "wagtaildocs:delete",
    "wagtaildocs:document_usage",
    "wagtaildocs:edit",
    "wagtailimages:delete",
    "wagtailimages:edit",
    "wagtailimages:image_usage",
    "wagtailimages:preview",
}
TOPICS = {
    "wagtailsnippetchoosers_cms_topic:create",
    "wagtailsnippets:index",
    "wagtailsnippets_cms_topic:add",
    "wagtailsnippets_cms_topic:copy",
    "wagtailsnippets_cms_topic:edit",
    "wagtailsnippets_cms_topic:history",
    "wagtailsnippets_cms_topic:history_results",
    "wagtailsnippets_cms_topic:list",
    "wagtailsnippets_cms_topic:list_results",
    "wagtailsnippets_cms_topic:usage",
}
A_RUSSIAN_SNIPPET = {
    f"wagtailsnippets_cms_{kind}:{page}"
    for kind in SNIPPETS
    for page in ("edit", "delete", "usage", "history", "history_results", "preview_on_edit", "unpublish")
}
LISTED_SNIPPETS = {f"wagtailsnippets_cms_{kind}:list_results" for kind in SNIPPETS}
KYRGYZ_SNIPPETS = {  # the first language, in which the menu begins; editors of others are led to theirs
    f"wagtailsnippets_cms_{kind}:{page}" for kind in SNIPPETS for page in ("list", "add", "preview_on_add")
}
REDIRECTS = {
    "wagtailredirects:add",
    "wagtailredirects:delete",
    "wagtailredirects:edit",
    "wagtailredirects:index",
    "wagtailredirects:index_results",
    "wagtailredirects:start_import",
}
EXPLORING = {"wagtailadmin_explore", "wagtailadmin_explore_results", "wagtailadmin_explore_root"}  # of all trees
LOOKING_ROUND = {  # lists of pages below what is theirs, and how far each is on its way
    "broken-links",
    "broken-links-results",
    "guides-past-check",
    "guides-past-check-results",
    "untranslated",
    "untranslated_results",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_pages:search",
    "wagtailadmin_pages:search_results",
    "wagtailadmin_pages:type_use",
    "wagtailadmin_pages:type_use_results",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:aging_pages_results",
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_results",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:workflow_tasks_results",
}
TRANSLATED = {"wagtail_localize:translations_report", "wagtail_localize:translations_report_results"}
FIGURES_APART = {"figures-apart", "figures-apart-results"}
LOCKED_PAGES = {"wagtailadmin_reports:locked_pages", "wagtailadmin_reports:locked_pages_results"}
TRANSLATING = {"hand_on", "wagtail_localize:submit_page_translation"}
ON_A_PAGE = {  # of a project, in Russian
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:history_results",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:preview_on_add",
    "wagtailadmin_pages:preview_on_edit",
    "wagtailadmin_pages:set_privacy",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:usage",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:workflow_history",
}
MONEY_ROOMS = {
    f"{room}:{page}" for room in ("gifts", "refunds", "events", "journals") for page in ("index", "index_results", "inspect")
}  # fmt: skip
READING_CALLS = {"calls:index", "calls:index_results", "calls:inspect"}
RUNNING_CALLS = READING_CALLS | {"calls:draft", "calls:revise", "calls:extend"}
OF_EDITORS = (
    TRANSLATED
    | FIGURES_APART
    | KEEPING_FILES
    | TOPICS
    | REDIRECTS
    | LISTED_SNIPPETS
    | LOOKING_ROUND
    | LOCKED_PAGES
    | TRANSLATING
)
A_KYRGYZ_PAGE = {"wagtailadmin_api:pages:detail"}
OF_ONE_LANGUAGE = ANYBODY_IN_WAGTAIL | OF_EDITORS - TRANSLATING - A_KYRGYZ_PAGE
ALLOWED = {
    roles.AUTHOR: ANYBODY_IN_WAGTAIL | ADDING_FILES | LOOKING_ROUND | EXPLORING,
    roles.PROOFREADER: ANYBODY_IN_WAGTAIL | CHOOSING_PICTURES,
    KYRGYZ_EDITOR: OF_ONE_LANGUAGE | A_KYRGYZ_PAGE | KYRGYZ_SNIPPETS,
    roles.EDITORS["ru"]: OF_ONE_LANGUAGE | A_RUSSIAN_SNIPPET | ON_A_PAGE | EXPLORING - {"wagtailadmin_explore_root"},
    roles.EDITORS["en"]: OF_ONE_LANGUAGE,
    roles.EDITOR: ANYBODY_IN_WAGTAIL
    | OF_EDITORS
    | KYRGYZ_SNIPPETS
    | A_RUSSIAN_SNIPPET
    | EXPLORING
    | ON_A_PAGE
    | RUNNING_CALLS,
    roles.FINANCE_OFFICER: ANYBODY_IN_WAGTAIL
    | MONEY_ROOMS
    | READING_CALLS
    | {"refunds:ask", "journals:close", "calls:fund"},
    roles.AUDITOR: ANYBODY_IN_WAGTAIL | MONEY_ROOMS | READING_CALLS,
}


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
