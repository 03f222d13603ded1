"""Trees: one per language, equal slugs, shared translation keys; planting twice changes nothing."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowTask,
)

from ashar.accounts import roles
from cms import trees
from cms.editing import rights
from cms.models import (
    AssociationIndexPage,
    AssociationPage,
    CallIndexPage,
    ContactPage,
    EventIndexPage,
    FaqPage,
    GuideIndexPage,
    HomePage,
    NewsIndexPage,
    PersonIndexPage,
    PracticeIndexPage,
    ProjectIndexPage,
    ProjectPage,
    StatisticsPage,
)
from tests.cms.conftest import FAR_AWAY, LANGUAGES
from tests.factories.associations import AssociationFactory, UnverifiedAssociationFactory
from tests.factories.projects import DraftProjectFactory, OpenProjectFactory

OF_WAGTAIL = "Moderators approval"  # a workflow and its one task, which its migrations bring
KINDS = (HomePage, ProjectIndexPage, AssociationIndexPage, CallIndexPage, NewsIndexPage, PersonIndexPage, GuideIndexPage, PracticeIndexPage,
         EventIndexPage, FaqPage, StatisticsPage, ContactPage)  # fmt: skip
WRITTEN = ("events", "guides", "news", "people", "practices")
INSIDE = {"Author", "Proof-reader", "Editor", *roles.EDITORS.values(), "Finance officer", "Auditor"}


@pytest.fixture
def bare(db) -> None:
    """A database in which nothing was ever planted: Wagtail's root page and first language alone."""
    for home in HomePage.objects.all():
        home.delete()
    Locale.objects.exclude(language_code="ky").delete()
    Workflow.objects.exclude(name=OF_WAGTAIL).delete()
    Task.objects.exclude(name=OF_WAGTAIL).delete()
    Page.objects.filter(depth=1).update(title="Root", draft_title="Root")


def snapshot() -> dict[str, list[object]]:
    """Everything that planting may write."""
    return {
        "pages": list(
            Page.objects.order_by("path").values_list("path", "slug", "title", "translation_key", "numchild")
        ),
        "locales": list(Locale.objects.order_by("pk").values_list("pk", "language_code")),
        "sites": list(Site.objects.values_list("pk", "root_page", "site_name", "is_default_site")),
        "rights": list(GroupPagePermission.objects.order_by("pk").values_list("group__name", "page", "permission")),
        "groups": list(Group.objects.order_by("pk").values_list("name", "permissions")),
    }


def described() -> dict[str, list[object]]:
    """The same in words: without the numbers of rows, which differ from planting to planting."""
    return {
        "pages": list(Page.objects.order_by("path").values_list("path", "slug", "title", "numchild", "live")),
        "locales": sorted(Locale.objects.values_list("language_code", flat=True)),
        "sites": list(Site.objects.values_list("root_page__url_path", "site_name", "is_default_site")),
        "rights": sorted(
            GroupPagePermission.objects.values_list("group__name", "page__url_path", "permission__codename")
        ),
        "files": sorted(
            GroupCollectionPermission.objects.values_list("group__name", "collection__name", "permission__codename")
        ),
        "groups": sorted(Group.objects.values_list("name", "permissions__codename")),
        "steps": sorted(WorkflowTask.objects.values_list("workflow__name", "sort_order", "task__name")),
    }


def languages_of(kind: type[Page]) -> list[str]:
    return sorted(kind.objects.values_list("locale__language_code", flat=True))


class TestPlanting:
    def test_bare_ground_becomes_what_every_test_stands_on(self, db, request):
        stood = described()
        request.getfixturevalue("bare")
        assert described() != stood
        trees.plant()
        assert described() == stood

    def test_there_is_one_tree_for_each_language(self, planted):
        assert {kind.__name__: languages_of(kind) for kind in KINDS} == {
            "HomePage": ["en", "ky", "ru"],
            "ProjectIndexPage": ["en", "ky", "ru"],
            "AssociationIndexPage": ["en", "ky", "ru"],
            "CallIndexPage": ["en", "ky", "ru"],
            "NewsIndexPage": ["en", "ky", "ru"],
            "PersonIndexPage": ["en", "ky", "ru"],
            "GuideIndexPage": ["en", "ky", "ru"],
            "PracticeIndexPage": ["en", "ky", "ru"],
            "EventIndexPage": ["en", "ky", "ru"],
            "FaqPage": ["en", "ky", "ru"],
            "StatisticsPage": ["en", "ky", "ru"],
            "ContactPage": ["en", "ky", "ru"],
        }

    def test_no_other_page_stands_beside_them(self, planted):
        root = Page.get_first_root_node()
        assert sorted(root.get_children().values_list("slug", flat=True)) == ["home", "home-en", "home-ru"]

    def test_the_page_above_them_is_called_by_their_languages(self, planted):
        root = Page.get_first_root_node()
        assert (root.title, root.draft_title) == ("Кыргызча · Русский · English",) * 2

    def test_what_an_administrator_called_it_stays(self, planted):
        Page.objects.filter(depth=1).update(title="Баары", draft_title="Баары")
        trees.plant()
        assert Page.get_first_root_node().title == "Баары"

    @pytest.mark.parametrize("kind", KINDS)
    def test_pages_of_one_thing_share_their_translation_key(self, planted, kind):
        assert kind.objects.values("translation_key").distinct().count() == 1

    def test_translation_keys_of_different_things_differ(self, planted):
        assert Page.objects.filter(depth__gt=1).values("translation_key").distinct().count() == len(KINDS)

    @pytest.mark.parametrize("kind", KINDS[1:])
    def test_slugs_are_equal_in_every_language(self, planted, kind):
        assert kind.objects.values("slug").distinct().count() == 1

    @pytest.mark.parametrize(("code", "title"), [("ky", "Долбоорлор"), ("ru", "Проекты"), ("en", "Projects")])
    def test_titles_are_in_the_language_of_their_tree(self, planted, code, title):
        assert ProjectIndexPage.objects.get(locale__language_code=code).title == title

    def test_leads_are_in_the_language_of_their_tree(self, planted):
        leads = list(HomePage.objects.values_list("lead", flat=True))
        assert len(set(leads)) == len(LANGUAGES)

    def test_the_site_begins_at_the_kyrgyz_home_page(self, planted):
        [site] = Site.objects.all()
        assert (site.root_page.specific.locale.language_code, site.is_default_site) == ("ky", True)

    def test_what_staff_set_of_the_site_stays(self, planted):
        russian = HomePage.objects.get(locale__language_code="ru")
        Site.objects.update(root_page=russian, site_name="Ашар")

        trees.plant()

        assert list(Site.objects.values_list("root_page", "site_name")) == [(russian.pk, "Ашар")]

    @pytest.mark.parametrize("address", ["http://localhost:9400", "http://localhost", "https://ashar.example"])
    def test_the_site_stands_where_letters_lead_to(self, planted, settings, address):
        settings.SITE_URL = address
        trees.plant()
        assert HomePage.objects.get(locale__language_code="ru").full_url == f"{address}/ru/"

    def test_an_address_that_another_site_has_stays_with_that(self, planted, settings):
        [site], home = Site.objects.all(), HomePage.objects.get(locale__language_code="en")
        Site.objects.create(hostname="other.example", port=80, root_page=home)
        settings.SITE_URL = "http://other.example"
        trees.plant()
        assert Site.objects.get(is_default_site=True).hostname == site.hostname

    def test_planting_twice_changes_nothing(self, planted):
        before = snapshot()
        trees.plant()
        assert snapshot() == before

    def test_planting_heals_a_lost_branch_and_keeps_its_key(self, planted):
        lost = ProjectIndexPage.objects.get(locale__language_code="ru")
        key = lost.translation_key
        lost.delete()
        trees.plant()
        assert ProjectIndexPage.objects.get(locale__language_code="ru").translation_key == key

    def test_the_command_plants(self, bare, capsys):
        call_command("plant")
        call_command("plant")
        assert HomePage.objects.count() == len(LANGUAGES)
        assert capsys.readouterr().out == "The page trees stand.\n" * 2


class TestRights:
    def test_editors_may_edit_and_publish_in_every_tree(self, planted):
        given = GroupPagePermission.objects.filter(group__name=roles.EDITOR)
        assert sorted(set(given.values_list("permission__codename", flat=True))) == sorted(rights.PUBLISHING)
        assert given.count() == len(rights.PUBLISHING) * len(LANGUAGES)

    def test_authors_add_what_is_written_and_nothing_else(self, planted):
        given = GroupPagePermission.objects.filter(group__name=roles.AUTHOR)
        assert sorted(given.values_list("page__url_path", "permission__codename")) == [
            (f"/{home}/{place}/", "add_page") for home in ("home-en", "home-ru", "home") for place in WRITTEN
        ]

    def test_proofreaders_have_no_page_of_their_own(self, planted):
        assert GroupPagePermission.objects.filter(group__name=roles.PROOFREADER).count() == 0

    @pytest.mark.parametrize("code", LANGUAGES)
    def test_the_editors_of_one_language_may_edit_it_and_no_other(self, planted, code):
        given = GroupPagePermission.objects.filter(group__name=roles.EDITORS[code])
        assert set(given.values_list("page__locale__language_code", flat=True)) == {code}
        assert given.count() == len(rights.PUBLISHING)

    def test_nobody_else_may_edit_pages(self, planted):
        ours = GroupPagePermission.objects.filter(page__in=HomePage.objects.all())
        assert set(ours.values_list("group__name", flat=True)) == {roles.EDITOR, *roles.EDITORS.values()}

    def test_these_roles_come_into_the_admin(self, planted):
        access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        assert set(access.group_set.filter(name__in=roles.ALL).values_list("name", flat=True)) == INSIDE

    def test_planting_works_before_the_roles_exist(self, bare):
        Group.objects.filter(name__in=roles.ALL).delete()
        trees.plant()
        assert HomePage.objects.count() == len(LANGUAGES)


class TestFaces:
    def test_a_project_gets_one_page_in_each_language(self, planted):
        project = OpenProjectFactory(slug="bridge")
        trees.show_project(project)
        languages = project.pages.values_list("locale__language_code", flat=True)
        assert sorted(languages) == ["en", "ky", "ru"]
        assert set(project.pages.values_list("slug", flat=True)) == {"bridge"}

    def test_its_pages_are_translations_of_each_other(self, school):
        assert ProjectPage.objects.filter(project=school).values("translation_key").distinct().count() == 1

    def test_two_projects_are_no_translations_of_each_other(self, school):
        trees.show_project(OpenProjectFactory(slug="bridge", association=school.association))
        assert ProjectPage.objects.values("translation_key").distinct().count() == 2

    @pytest.mark.parametrize(
        ("code", "title"), [("ky", "Мектептин чатыры"), ("ru", "Крыша школы"), ("en", "A school roof")]
    )
    def test_titles_are_the_projects_own(self, school, code, title):
        assert ProjectPage.objects.get(project=school, locale__language_code=code).title == title

    def test_a_language_the_project_lacks_takes_another(self, planted):
        project = OpenProjectFactory(slug="half", title_ky="", title_en="", closes_on=FAR_AWAY)
        trees.show_project(project)
        assert set(project.pages.values_list("title", flat=True)) == {"Крыша школы"}

    def test_showing_a_project_twice_changes_nothing(self, school):
        before = snapshot()
        trees.show_project(school)
        assert snapshot() == before

    def test_a_missing_page_is_made_again_with_the_same_key(self, school):
        page = ProjectPage.objects.get(project=school, locale__language_code="en")
        key = page.translation_key
        page.delete()
        trees.show_project(school)
        assert ProjectPage.objects.get(project=school, locale__language_code="en").translation_key == key

    def test_a_draft_has_pages_too_which_nobody_sees(self, planted):
        draft = DraftProjectFactory(slug="draft")
        trees.show_project(draft)
        assert draft.pages.count() == len(LANGUAGES)

    def test_without_trees_there_is_nowhere_to_show_a_project(self, bare):
        trees.show_project(OpenProjectFactory())
        assert ProjectPage.objects.count() == 0

    def test_an_association_gets_one_page_in_each_language(self, kochkor_people):
        assert languages_of(AssociationPage) == ["en", "ky", "ru"]
        assert AssociationPage.objects.values("translation_key").distinct().count() == 1

    def test_an_unverified_association_has_its_pages(self, planted):
        association = UnverifiedAssociationFactory()
        trees.show_association(association)
        assert association.pages.count() == len(LANGUAGES)

    def test_showing_an_association_twice_changes_nothing(self, kochkor_people):
        before = snapshot()
        trees.show_association(kochkor_people)
        assert snapshot() == before

    def test_two_associations_keep_apart(self, kochkor_people):
        trees.show_association(AssociationFactory(slug="kochkor-moscow", city="Moscow"))
        assert AssociationPage.objects.values("translation_key").distinct().count() == 2
