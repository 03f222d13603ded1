"""The desk on the front page of the admin: each sees what waits for them, what they began, what is scheduled and what is amiss."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.users.models import UserProfile

from ashar.accounts import roles
from ashar.accounts.models import User
from cms.editing import desk
from cms.models import ArticlePage
from tests.ashar.accounts import signing_in
from tests.cms.conftest import ADMINISTRATOR
from tests.cms.editing.conftest import approved, submitted, written_by
from tests.cms.editing.test_broken import dead
from tests.cms.test_guides import guide
from tests.factories import articles
from tests.factories.people import PersonFactory

DAY = timedelta(days=1)
FAR_NOON = datetime(2099, 1, 1, 6, tzinfo=UTC)  # Wagtail asks the clock whether to publish now; this is never now


def of(person: User) -> desk.Desk:
    with translation.override("en"):
        return desk.of(User.objects.get(pk=person.pk), at=FAR_NOON)


def titles(lines: list[desk.Line]) -> list[str]:
    return [line.title for line in lines]


def editor_of(code: str) -> User:
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=roles.EDITORS[code]))
    return person


def scheduled(person: User, slug: str, days: int, code: str = "ru") -> None:
    """Let an article of `person` be approved to go out in some days."""
    page = written_by(person, slug, code)
    page.go_live_at = FAR_NOON + days * DAY
    page.save_revision(user=person).publish()


class TestTasks:
    def test_wait_for_whom_the_step_names(self, author, proofreader, editor, article):
        submitted(article, author)
        assert [titles(of(person).tasks) for person in (author, proofreader, editor)] == [[], ["roof"], []]
        approved(article, proofreader)
        assert [titles(of(person).tasks) for person in (author, proofreader, editor)] == [[], [], ["roof"]]

    def test_of_another_language_wait_for_others(self, author, proofreader):
        page = submitted(written_by(author, "wall", "ky"), author)
        approved(page, proofreader)
        assert [titles(of(editor_of(code)).tasks) for code in ("ky", "ru")] == [["wall"], []]

    def test_say_the_step_and_where_it_is_done(self, author, proofreader, article):
        submitted(article, author)
        [line] = of(proofreader).tasks
        assert (line.what, line.href, line.language) == (
            "Вычитка",
            f"/cms/pages/{article.pk}/edit/",
            "Русский",
        )


class TestDrafts:
    def test_are_what_one_began_or_changed_last_and_readers_lack(self, author, editor):
        written_by(author, "mine")
        written_by(editor, "yours")
        written_by(author, "out").get_latest_revision().publish()
        changed = written_by(author, "taken-over")
        changed.save_revision(user=editor)
        assert sorted(titles(of(author).drafts)) == ["mine", "taken-over"]
        assert sorted(titles(of(editor).drafts)) == ["taken-over", "yours"]

    def test_what_one_may_change_no_more_is_gone(self, author):
        written_by(author, "mine")
        author.groups.clear()
        assert of(author).drafts == []

    def test_what_is_planned_is_none_until_it_is_changed_again(self, editor):
        scheduled(editor, "plan", 1)
        assert of(editor).drafts == []
        ArticlePage.objects.get(slug="plan").save_revision(user=editor)
        assert titles(of(editor).drafts) == ["plan"]

    def test_are_not_endless(self, author):
        for number in range(desk.MOST + 1):
            written_by(author, f"draft-{number}")
        assert len(of(author).drafts) == desk.MOST


class TestScheduled:
    def test_the_next_first_coming_and_going(self, editor):
        scheduled(editor, "later", 3)
        scheduled(editor, "sooner", 1)
        articles.published("going", expire_at=FAR_NOON + 2 * DAY, title="going")
        articles.published("gone", expire_at=FAR_NOON - DAY, title="gone")
        told = [(line.title, line.what, line.at) for line in of(editor).scheduled]
        assert told == [
            ("sooner", "goes out", FAR_NOON + DAY),
            ("going", "is withdrawn", FAR_NOON + 2 * DAY),
            ("later", "goes out", FAR_NOON + 3 * DAY),
        ]

    def test_each_sees_their_own(self, editor, author):
        scheduled(editor, "wall", 1, "ky")
        assert [titles(of(person).scheduled) for person in (editor_of("ky"), editor_of("ru"), author)] == [
            ["wall"],
            [],
            [],
        ]

    def test_a_plan_that_nobody_approved_is_none(self, author):
        page = written_by(author, "wish")
        page.go_live_at = FAR_NOON + DAY
        page.save_revision(user=author)
        assert of(author).scheduled == []

    def test_is_told_in_the_zone_of_the_editor(self, editor):
        soon = timezone.now() + DAY
        articles.published("going", expire_at=soon)
        UserProfile.objects.update_or_create(user=editor, defaults={"current_time_zone": "Europe/Moscow"})
        html = signing_in.as_staff(Client(), editor).get("/cms/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
        assert f"{soon.astimezone(ZoneInfo('Europe/Moscow')):%H:%M} (GMT+03:00)" in html


class TestCounts:
    @pytest.fixture
    def amiss(self, planted):
        """A guide past its check and a broken link in Russian, each missing in the other languages; one more of each in Kyrgyz."""
        for code in ("ru", "ky"):
            guide("late", code, checked_on=timezone.localdate() - timedelta(days=900))
            dead(articles.published("roof", code))

    def counted(self, person: User) -> dict[str, int]:
        return {count.href: count.number for count in of(person).counts}

    def test_an_editor_of_everything_counts_everything(self, amiss, editor):
        assert self.counted(editor) == {
            "/cms/reports/untranslated/?language=ky": 1,
            "/cms/reports/untranslated/?language=ru": 1,
            "/cms/reports/untranslated/?language=en": 2,
            "/cms/reports/guides-past-check/": 2,
            "/cms/reports/broken-links/": 2,
            "/cms/reports/figures-apart/": 0,
        }

    def test_an_editor_of_one_language_counts_that(self, amiss):
        assert self.counted(editor_of("en")) == {
            "/cms/reports/untranslated/?language=en": 2,
            "/cms/reports/guides-past-check/": 0,
            "/cms/reports/broken-links/": 0,
            "/cms/reports/figures-apart/": 0,
        }

    def test_an_author_counts_their_own_and_translates_nothing(self, amiss, author):
        guide("own", checked_on=timezone.localdate() - timedelta(days=900), owner=author)
        assert self.counted(author) == {"/cms/reports/guides-past-check/": 1, "/cms/reports/broken-links/": 0}

    def test_a_proofreader_counts_nothing(self, amiss, proofreader):
        assert self.counted(proofreader) == {}


class TestOnTheFrontPage:
    def test_it_is_ours(self, editor):
        html = signing_in.as_staff(Client(), editor).get("/cms/").content.decode()
        assert re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1].strip().endswith("- Ashar")
        assert "web/mark" in html.split("data-wagtail-sidebar-branding-logo")[1].split("</template>")[0]

    @pytest.mark.parametrize(
        ("role", "has"),
        [
            (roles.EDITOR, True),
            (roles.EDITORS["ky"], True),
            (roles.AUTHOR, True),
            (roles.PROOFREADER, True),
            (ADMINISTRATOR, True),
            (roles.FINANCE_OFFICER, True),
            (roles.AUDITOR, False),
        ],
    )
    def test_who_has_one(self, enter, role, has):
        html = enter(role).get("/cms/", follow=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
        has_reports = has and role not in {roles.PROOFREADER, roles.FINANCE_OFFICER}
        assert ("My desk" in html, "Broken links" in html) == (has, has_reports)

    @pytest.mark.parametrize(
        ("language", "title", "nothing"),
        [
            ("ky", "Менин иш тактам", "Сизде каралама жок."),
            ("ru", "Мой стол", "У вас нет черновиков."),
            ("en", "My desk", "You have no drafts."),
        ],
    )
    def test_it_speaks_the_language_of_the_account(self, enter, language, title, nothing):
        html = enter(roles.EDITOR).get("/cms/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
        assert (title in html, nothing in html) == (True, True)

    @pytest.mark.parametrize(
        ("role", "searches"),
        [
            (roles.EDITOR, True),
            (roles.AUTHOR, True),
            (ADMINISTRATOR, True),
            (roles.PROOFREADER, False),
            (roles.FINANCE_OFFICER, False),
        ],
    )
    def test_the_box_that_searches_pages_is_for_whom_their_list_is_open(self, enter, role, searches):
        desk_of_role = enter(role)
        html = desk_of_role.get("/cms/", follow=True).content.decode()
        assert (re.search(r'<form[^>]*role="search"', html) is not None) is searches
        assert ("w-panel--dashboard" in html, desk_of_role.get("/cms/pages/").status_code == 200) == (True, searches)

    def test_a_title_is_no_markup(self, client, author):
        written_by(author, "x", code="ru").save_revision(user=author)
        page = written_by(author, "y")
        page.title = "<b>крыша"
        page.save_revision(user=author)
        html = signing_in.as_staff(client, author).get("/cms/").content.decode()
        assert ("&lt;b&gt;крыша" in html, "<b>крыша" in html) == (True, False)

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_for_one_and_for_three(self, editor, author, proofreader, count):
        for number in range(count):
            approved(submitted(written_by(author, f"task-{number}"), author), proofreader)
            written_by(editor, f"draft-{number}")
            scheduled(editor, f"plan-{number}", 1)
            guide(f"late-{number}", checked_on=timezone.localdate() - timedelta(days=900))
            dead(articles.published(f"dead-{number}"))
        person = User.objects.get(pk=editor.pk)
        with CaptureQueriesContext(connection) as told:
            found = desk.of(person, at=FAR_NOON)
        assert (len(found.tasks), len(found.drafts), len(found.scheduled)) == (2 * count, count, count)
        assert len(told) == 33  # six for the six steps of the trees: Wagtail asks each who answers in it


@pytest.mark.parametrize("onward", ["", "/cms/reports/"])
def test_who_has_approved_comes_back_to_the_desk_where_the_list_is_closed_to_them(client, author, proofreader, onward):
    page = submitted(written_by(author, "roof"), author)
    form = articles.form("Чатыр", [("text", articles.rich("Сөз"))], slug="roof", next=onward)
    approving = {"action-workflow-action": "true", "workflow-action-name": "approve"}

    answer = signing_in.as_staff(client, proofreader).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form | approving
    )

    assert (answer.status_code, answer["Location"]) == (302, onward or "/cms/")
    assert Page.objects.get(pk=page.pk).current_workflow_task.specific.groups.filter(name=roles.EDITOR).exists()
    assert "нет доступа" not in client.get("/cms/", headers={"accept-language": "ru"}).content.decode()


def test_whoever_may_see_the_list_is_led_there_as_ever(client, author, proofreader, editor):
    page = approved(submitted(written_by(author, "roof"), author), proofreader)
    form = articles.form("Чатыр", [("text", articles.rich("Сөз"))], slug="roof")
    approving = {"action-workflow-action": "true", "workflow-action-name": "approve"}

    answer = signing_in.as_staff(client, editor).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form | approving
    )

    assert answer["Location"] == reverse("wagtailadmin_explore", args=[page.get_parent().pk])
