"""Who may do what with which page: every role at every kind of page, exactly."""

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, Locale, Page

from ashar.accounts import appointing, roles
from ashar.accounts.models import User
from cms import trees
from cms.editing import rights
from cms.models import ArticlePage, HomePage, NewsIndexPage, ProjectIndexPage
from tests.cms.conftest import LANGUAGES
from tests.cms.editing.conftest import approved, submitted, written_by
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory

DEEDS = (
    "add_subpage",
    "edit",
    "submit_for_moderation",
    "publish",
    "unpublish",
    "delete",
    "lock",
    "set_view_restrictions",
)
EDITING = ("edit", "submit_for_moderation", "publish", "delete", "lock", "set_view_restrictions")


def may(person: User, page: Page) -> set[str]:
    """What `person` may do with `page`, as Wagtail asks it; to submit means also to edit."""
    tester = page.permissions_for_user(User.objects.get(pk=person.pk))
    found = {deed for deed in DEEDS if getattr(tester, f"can_{deed}")()}
    return found if "edit" in found else found - {"submit_for_moderation"}


def in_admin(group: str) -> set[str]:
    return set(Permission.objects.filter(group__name=group).values_list("codename", flat=True))


def with_files(group: str) -> set[str]:
    given = GroupCollectionPermission.objects.filter(group__name=group)
    return set(given.values_list("permission__codename", flat=True))


@pytest.fixture
def administrator(db) -> User:
    return User.objects.create_superuser(email="administrator@example.org", password="x")


class TestAnAuthor:
    def test_writes_and_sends_what_is_theirs(self, author, article):
        assert may(author, article) == {"edit", "submit_for_moderation", "delete"}

    def test_may_correct_it_once_it_is_live_and_not_take_it_back(self, author):
        assert may(author, written_by(author, "old", live=True)) == {"edit", "submit_for_moderation"}

    def test_touches_nothing_of_another(self, author, editor):
        assert may(author, written_by(editor, "theirs")) == set()

    def test_waits_while_somebody_reads(self, author, article):
        assert may(author, submitted(article, author)) == {"edit", "delete"}
        assert ArticlePage.objects.get().permissions_for_user(author).page_locked()

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_adds_news_in_every_language(self, author, code):
        assert may(author, NewsIndexPage.objects.get(locale__language_code=code)) == {"add_subpage"}

    def test_touches_neither_the_home_page_nor_projects(self, author, school_page):
        places = (HomePage.objects.first(), ProjectIndexPage.objects.first(), school_page)
        assert [may(author, place) for place in places] == [set(), set(), set()]


class TestAProofreader:
    def test_opens_nothing_that_does_not_wait_for_her(self, proofreader, article, school_page):
        assert [may(proofreader, page) for page in (article, school_page, HomePage.objects.first())] == [set()] * 3

    def test_edits_in_her_step_and_not_in_the_next(self, proofreader, author, article):
        waiting = submitted(article, author)
        assert may(proofreader, waiting) == {"edit", "lock"}
        assert may(proofreader, approved(waiting, proofreader)) == set()

    def test_cannot_publish_by_approving(self, proofreader, author, article):
        assert not approved(submitted(article, author), proofreader).live


class TestAnEditor:
    def test_does_all_that_can_be_done_with_a_page(self, editor, article):
        assert may(editor, article) == set(EDITING)

    def test_publishes_by_approving_the_last_step(self, editor, proofreader, author, article):
        assert approved(approved(submitted(article, author), proofreader), editor).live

    @pytest.mark.parametrize("own", LANGUAGES)
    def test_of_one_language_stays_in_it(self, planted, own):
        person = PersonFactory(role=roles.EDITORS[own])
        pages = {code: written_by(None, "roof", code) for code in LANGUAGES}
        found = {code: may(person, page) for code, page in pages.items()}
        assert found == {code: set(EDITING) if code == own else set() for code in LANGUAGES}

    def test_of_two_languages_keeps_out_of_the_third(self, planted, administrator):
        person = PersonFactory()
        for code in ("ky", "en"):
            appointing.give_role(person, role=roles.EDITORS[code], by=administrator, at=NOON)
        pages = {code: written_by(None, "roof", code) for code in LANGUAGES}
        found = {code: may(person, page) for code, page in pages.items()}
        assert found == {"ky": set(EDITING), "ru": set(), "en": set(EDITING)}


@pytest.mark.parametrize("role", [roles.FINANCE_OFFICER, roles.AUDITOR, roles.EVALUATOR, roles.ASSOCIATION_LEADER])
def test_others_touch_no_page(role, article, school_page):
    person = PersonFactory(role=role)
    assert [may(person, page) for page in (article, school_page, NewsIndexPage.objects.first())] == [set()] * 3


class TestFilesAndWords:
    def test_what_each_may_do_with_pictures_and_documents(self, planted):
        both = {what: {f"{what}_image", f"{what}_document"} for what in ("choose", "add", "change")}
        assert {role: with_files(role) for role in roles.ALL} == {
            **{role: set() for role in roles.ALL},
            roles.AUTHOR: both["choose"] | both["add"],
            roles.PROOFREADER: both["choose"],
            **dict.fromkeys((roles.EDITOR, *roles.EDITORS.values()), both["choose"] | both["add"] | both["change"]),
        }

    def test_what_each_may_do_in_general(self, planted):
        of_editors = {"access_admin", "add_topic", "change_topic", *rights.SNIPPETS}
        assert {name: in_admin(name) for name in roles.ALL} == {
            **{role: set() for role in roles.ALL},
            **{
                role: {"access_admin"}
                for role in (roles.AUTHOR, roles.PROOFREADER, roles.FINANCE_OFFICER, roles.AUDITOR)
            },
            roles.EDITOR: of_editors | {"submit_translation", *rights.REDIRECTS},
            **{roles.EDITORS[code]: of_editors for code in LANGUAGES},
        }

    def test_redirects_that_editors_of_one_language_once_had_are_taken_back_and_nothing_else(self, planted):
        before = {name: in_admin(name) for name in roles.ALL}
        redirects = Permission.objects.filter(codename__in=rights.REDIRECTS)
        for group in Group.objects.filter(name__in=roles.EDITORS.values()):
            group.permissions.add(*redirects)
        trees.plant()
        assert {name: in_admin(name) for name in roles.ALL} == before

    def test_giving_twice_gives_nothing_more(self, planted):
        before = [with_files(role) for role in roles.ALL], GroupCollectionPermission.objects.count()
        trees.plant()
        assert ([with_files(role) for role in roles.ALL], GroupCollectionPermission.objects.count()) == before


def test_handing_on_for_translation_publishes_nothing(enter, planted):
    """Otherwise a Russian text would stand in the Kyrgyz tree as Kyrgyz, at once and unread."""
    page = written_by(None, "roof", live=True)
    kyrgyz = Locale.objects.get(language_code="ky")
    enter(roles.EDITOR).post(f"/cms/localize/submit/page/{page.pk}/", {"locales": [kyrgyz.pk]})
    assert [(twin.locale.language_code, twin.live) for twin in page.get_translations()] == [("ky", False)]
