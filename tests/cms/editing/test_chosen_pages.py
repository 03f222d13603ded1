"""A page that a block has chosen is named to who translates the block: key and title, of what all may read or is their own."""

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from ashar.accounts import roles
from cms.models import ProjectPage
from tests.cms.editing.conftest import written_by
from tests.factories import articles

pytestmark = pytest.mark.usefixtures("planted")
KYRGYZ_EDITOR = roles.EDITORS["ky"]


@pytest.fixture
def asked(enter):
    """Return what the API answers of a page: the status, and the body where it is a JSON object."""

    def answer(role: str, page: Page, language: str = "ru") -> tuple[int, dict]:
        place = reverse("wagtailadmin_api:pages:detail", args=[page.pk])
        told = enter(role).get(place, headers={"accept-language": language})
        return told.status_code, told.json()

    return answer


def closed(page: Page) -> Page:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def not_published(page: Page) -> tuple[int, dict]:
    return 403, {"id": page.pk, "title": "Эта страница не опубликована."}


def test_an_editor_of_one_language_is_told_the_version_in_it(asked, school):
    pages = {page.locale.language_code: page for page in ProjectPage.objects.all()}
    Page.objects.filter(pk=pages["ky"].pk).update(title="Мектеп")
    assert asked(KYRGYZ_EDITOR, pages["ru"]) == (200, {"id": pages["ky"].pk, "title": "Мектеп"})


def test_also_where_it_is_a_draft_of_their_own_tree(asked):
    russian = articles.published("roof", title="Крыша")
    kyrgyz = articles.translated(russian, "ky", title="Чатыр", live=False)
    assert asked(KYRGYZ_EDITOR, russian) == (200, {"id": kyrgyz.pk, "title": "Чатыр"})


@pytest.mark.parametrize("role", [KYRGYZ_EDITOR, roles.PROOFREADER, roles.FINANCE_OFFICER])
def test_key_and_title_of_what_is_public_are_told_to_who_works_here_and_no_more(asked, role):
    page = articles.published("roof", title="Крыша")
    assert asked(role, page) == (200, {"id": page.pk, "title": "Крыша"})


@pytest.mark.parametrize("role", [KYRGYZ_EDITOR, roles.PROOFREADER])
def test_drafts_of_others_closed_pages_and_what_there_is_not_are_told_apart_by_nobody(asked, role):
    draft = written_by(None, "draft")
    nothing = Page(pk=999_999)
    for page in (draft, closed(articles.published("closed")), nothing):
        assert asked(role, page) == not_published(page)


@pytest.mark.parametrize("role", [roles.EDITOR, roles.EDITORS["ru"]])
def test_who_may_explore_a_page_is_answered_by_wagtail(asked, role):
    page = written_by(None, "draft")
    status, told = asked(role, page)
    assert (status, told["title"], "admin_display_title" in told, "meta" in told) == (200, "draft", True, True)


@pytest.mark.parametrize("who", [None, roles.ASSOCIATION_LEADER])
def test_who_does_not_work_here_is_told_nothing(client, enter, who):
    page = articles.published("roof", title="Крыша")
    browser = enter(who) if who else client
    answer = browser.get(reverse("wagtailadmin_api:pages:detail", args=[page.pk]))
    assert (answer.status_code in (302, 403), "Крыша" in answer.content.decode()) == (True, False)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ky", "Бул бет жарыялана элек."),
        ("ru", "Эта страница не опубликована."),
        ("en", "This page is not published."),
    ],
)
def test_it_speaks_the_language_of_who_asks(asked, language, words):
    assert asked(KYRGYZ_EDITOR, written_by(None, "draft"), language)[1]["title"] == words


@pytest.mark.parametrize("versions", [0, 2])
def test_it_takes_the_same_for_one_version_and_for_three(enter, versions, django_assert_max_num_queries):
    page = articles.published("roof")
    for code in ("en", "ky")[:versions]:
        articles.translated(page, code)
    browser = enter(KYRGYZ_EDITOR)
    place = reverse("wagtailadmin_api:pages:detail", args=[page.pk])
    browser.get(place)
    with django_assert_max_num_queries(14):
        browser.get(place)
