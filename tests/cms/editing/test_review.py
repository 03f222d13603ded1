"""The way of a page: author, proof-reader, publisher; who is told, who may answer, and that no step is skipped."""

from operator import itemgetter

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Task, Workflow, WorkflowPage, WorkflowTask

from ashar.accounts import roles
from ashar.accounts.models import User
from cms.editing import review
from cms.models import ArticlePage, HomePage
from tests.ashar.accounts import signing_in
from tests.cms.conftest import LANGUAGES
from tests.cms.editing.conftest import approved, submitted, written_by
from tests.factories import articles
from tests.factories.people import PersonFactory

PUBLISHING = {"ky": "Жарыялоо", "ru": "Публикация", "en": "Publishing"}
PROOFREADING = {"ky": "Текстти текшерүү", "ru": "Вычитка", "en": "Proof-reading"}


def standing(page: ArticlePage) -> tuple[str, str]:
    """Where a page stands: the step it waits in, and how its way went."""
    page = ArticlePage.objects.get(pk=page.pk)
    task = page.current_workflow_task
    return (task.name if task else ""), page.workflow_states.order_by("-pk").values_list("status", flat=True).first()


@pytest.fixture
def act(client):
    """Return how a person does one thing with a page in the admin, and where the page stands then."""

    def done(person, page, action: str, **answers):
        state = ArticlePage.objects.get(pk=page.pk).current_workflow_task_state
        address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
        response = signing_in.as_staff(client, person).post(address, answers)
        return response.status_code, standing(page)

    return done


class TestPlanting:
    def test_two_steps_in_order_with_their_groups(self, planted):
        found = {
            home.locale.language_code: [
                (task.name, {group.name for group in task.specific.groups.all()}) for task in home.get_workflow().tasks
            ]
            for home in HomePage.objects.all()
        }
        assert found == {
            code: [
                (PROOFREADING[code], {roles.PROOFREADER}),
                (PUBLISHING[code], {roles.EDITOR, roles.EDITORS[code]}),
            ]
            for code in LANGUAGES
        }

    def test_each_workflow_is_called_in_the_language_of_its_tree(self, planted):
        found = {home.locale.language_code: home.get_workflow().name for home in HomePage.objects.all()}
        assert found == {
            "ky": "Текшерүү жана жарыялоо",
            "ru": "Вычитка и публикация",
            "en": "Proof-reading and publishing",
        }

    def test_no_other_way_nor_step_is_open(self, planted):
        steps = {step for names in review.NAMES.values() for step in names[1:]}
        assert set(Workflow.objects.active().values_list("name", flat=True)) == {
            each.way for each in review.NAMES.values()
        }
        assert set(Task.objects.filter(active=True).values_list("name", flat=True)) == steps

    def test_no_two_rows_share_a_name(self):
        names = [name for names in review.NAMES.values() for name in names]
        assert len(set(names)) == len(names)

    def test_a_site_where_one_workflow_stood_for_all_gets_one_for_each_tree(self, planted):
        ours = WorkflowPage.objects.filter(page__in=HomePage.objects.all())
        before = dict(ours.values_list("page", "workflow"))
        ours.update(workflow=Workflow.objects.create(name=review.FORMER.way))
        review.plant(HomePage.objects.all())
        assert dict(ours.values_list("page", "workflow")) == before

    def test_planting_twice_adds_nothing(self, planted):
        before = [model.objects.count() for model in (Workflow, GroupApprovalTask, WorkflowTask, WorkflowPage)]
        review.plant(HomePage.objects.all())
        assert [model.objects.count() for model in (Workflow, GroupApprovalTask, WorkflowTask, WorkflowPage)] == before

    def test_a_step_that_an_administrator_took_out_stays_out(self, planted):
        workflow = HomePage.objects.get(locale__language_code="ru").get_workflow()
        workflow.workflow_tasks.last().delete()
        review.plant(HomePage.objects.all())
        assert [task.name for task in workflow.tasks] == ["Вычитка"]

    def test_a_workflow_that_an_administrator_called_otherwise_stays_alone(self, planted):
        workflow = HomePage.objects.get(locale__language_code="ru").get_workflow()
        Workflow.objects.filter(pk=workflow.pk).update(name="Путь статьи")
        review.plant(HomePage.objects.all())
        assert Workflow.objects.filter(name__in=("Путь статьи", "Вычитка и публикация")).get() == workflow

    def test_another_workflow_that_an_administrator_chose_stays(self, planted):
        home = HomePage.objects.first()
        other = Workflow.objects.create(name="Short")
        WorkflowPage.objects.filter(page=home).update(workflow=other)
        review.plant(HomePage.objects.all())
        assert Page.objects.get(pk=home.pk).get_workflow() == other


class TestEarlierInstallations:
    """Each name said it in all languages, and the trees shared their step of proof-reading."""

    @pytest.fixture
    def shared(self, planted) -> GroupApprovalTask:
        shared = GroupApprovalTask.objects.create(name="Текстти текшерүү · Вычитка · Proof-reading")
        shared.groups.set(Group.objects.filter(name__in=(roles.PROOFREADER, roles.AUDITOR)))
        for home in HomePage.objects.all():
            code, workflow = home.locale.language_code, home.get_workflow()
            own = workflow.workflow_tasks.get(task__name=PROOFREADING[code])
            Workflow.objects.filter(pk=workflow.pk).update(
                name=f"Автор, корректор, редактор · Author, proof-reader, editor ({code})"
            )
            Task.objects.filter(name=PUBLISHING[code]).update(name=f"Жарыялоо · Публикация · Publishing ({code})")
            WorkflowTask.objects.filter(pk=own.pk).update(task=shared)
            own.task.delete()
        return shared

    def named(self):
        """By the workflow's name as Python sorts it, and the order of its steps."""
        rows = WorkflowTask.objects.exclude(
            workflow__name="Moderators approval"
        )  # Wagtail's own, which stands for no tree
        return sorted(rows.order_by("sort_order").values_list("workflow__name", "task__name"), key=itemgetter(0))

    def test_get_the_names_and_steps_of_new_ones(self, planted, shared):
        review.plant(HomePage.objects.all())
        assert self.named() == [
            ("Proof-reading and publishing", "Proof-reading"),
            ("Proof-reading and publishing", "Publishing"),
            ("Вычитка и публикация", "Вычитка"),
            ("Вычитка и публикация", "Публикация"),
            ("Текшерүү жана жарыялоо", "Текстти текшерүү"),
            ("Текшерүү жана жарыялоо", "Жарыялоо"),
        ]
        assert not Task.objects.filter(name__contains="·").exists()
        assert (Workflow.objects.count(), Task.objects.count()) == (3 + 1, 6 + 1)

    def test_get_them_once(self, planted, shared):
        review.plant(HomePage.objects.all())
        before = list(WorkflowTask.objects.order_by("pk").values_list("pk", "workflow", "task"))
        review.plant(HomePage.objects.all())
        assert list(WorkflowTask.objects.order_by("pk").values_list("pk", "workflow", "task")) == before

    def test_keep_whom_an_administrator_let_proof_read(self, planted, shared):
        review.plant(HomePage.objects.all())
        for name in PROOFREADING.values():
            groups = GroupApprovalTask.objects.get(name=name).groups.values_list("name", flat=True)
            assert set(groups) == {roles.PROOFREADER, roles.AUDITOR}

    def test_keep_a_name_that_an_administrator_gave(self, planted, shared):
        Task.objects.filter(pk=shared.pk).update(name="Первое чтение")
        Task.objects.filter(name="Жарыялоо · Публикация · Publishing (ru)").update(name="Выпуск")
        review.plant(HomePage.objects.all())
        assert self.named()[2:4] == [("Вычитка и публикация", "Первое чтение"), ("Вычитка и публикация", "Выпуск")]

    def test_leave_the_step_to_a_workflow_of_an_administrator(self, planted, shared):
        other = Workflow.objects.create(name="Short")
        WorkflowTask.objects.create(workflow=other, task=shared)
        review.plant(HomePage.objects.all())
        assert list(other.tasks) == [shared.task_ptr]
        assert [name for _, name in self.named() if name in PROOFREADING.values()] == [
            "Proof-reading",
            "Вычитка",
            "Текстти текшерүү",
        ]

    def test_let_what_is_on_its_way_go_on(self, planted, shared, act, author, proofreader, editor):
        waiting = {code: submitted(written_by(author, "wall", code), author) for code in LANGUAGES}
        read = {code: approved(submitted(written_by(author, "roof", code), author), proofreader) for code in LANGUAGES}
        review.plant(HomePage.objects.all())
        for code in LANGUAGES:
            assert act(proofreader, waiting[code], "approve") == (302, (PUBLISHING[code], "in_progress"))
            assert act(editor, read[code], "approve") == (302, ("", "approved"))


class TestTheWay:
    def test_from_the_author_to_the_readers(self, client, act, author, proofreader, editor, article):
        submitted(article, author)
        assert standing(article) == ("Вычитка", "in_progress")
        assert act(proofreader, article, "approve") == (302, (PUBLISHING["ru"], "in_progress"))
        assert client.get("/ru/news/roof/").status_code == 404
        assert act(editor, article, "approve") == (302, ("", "approved"))
        client.logout()
        assert client.get("/ru/news/roof/").status_code == 200

    def test_a_proofreader_sends_it_back_with_a_word(self, act, author, proofreader, article):
        submitted(article, author)
        assert act(proofreader, article, "reject", comment="Булагы кана?") == (302, ("", "needs_changes"))
        [state] = article.workflow_states.first().task_states.all()
        assert (state.comment, state.finished_by) == ("Булагы кана?", proofreader)

    @pytest.mark.parametrize("action", ["approve", "reject"])
    def test_nobody_answers_in_the_step_of_another(self, act, author, proofreader, editor, article, action):
        submitted(article, author)
        before = standing(article)
        assert {act(person, article, action)[1] for person in (author, editor)} == {before}
        approved(ArticlePage.objects.get(pk=article.pk), proofreader)
        before = standing(article)
        assert {act(person, article, action)[1] for person in (author, proofreader)} == {before}

    def test_an_author_who_asks_the_server_to_publish_makes_a_draft(self, client, author, article):
        told = articles.form(
            "Крыша", [("text", articles.rich("Сөз"))], slug="roof", **{"action-publish": "action-publish"}
        )
        page = reverse("wagtailadmin_pages:edit", args=[article.pk])
        assert signing_in.as_staff(client, author).post(page, told).status_code == 302
        kept = ArticlePage.objects.get(pk=article.pk)
        assert (kept.live, kept.get_latest_revision_as_object().title) == (False, "Крыша")

    def test_whoever_must_read_is_told(self, author, proofreader, editor, article, django_capture_on_commit_callbacks):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            submitted(article, author)
        assert [letter.to for letter in mail.outbox] == [[proofreader.email]]

    def test_an_administrator_is_told_once(self, author, proofreader, article, django_capture_on_commit_callbacks):
        User.objects.create_superuser(email="chief@example.org", password="x")
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            submitted(article, author)
        assert sorted(letter.to for letter in mail.outbox) == [["chief@example.org"], [proofreader.email]]

    @pytest.mark.parametrize("who", ["proofreader", "editor"])
    def test_each_finds_what_waits_at_the_door(self, client, who, author, proofreader, editor, article):
        submitted(article, author)
        if who == "editor":
            approved(ArticlePage.objects.get(pk=article.pk), proofreader)
        page = signing_in.as_staff(client, {"proofreader": proofreader, "editor": editor}[who]).get("/cms/")
        assert reverse("wagtailadmin_pages:edit", args=[article.pk]) in page.content.decode()

    def test_a_proofreader_opens_the_page_that_waits(self, client, author, proofreader, article):
        submitted(article, author)
        browser = signing_in.as_staff(client, proofreader)
        places = ("wagtailadmin_pages:edit", "wagtailadmin_pages:view_draft")
        assert [browser.get(reverse(place, args=[article.pk])).status_code for place in places] == [200, 200]


@pytest.fixture
def editors(planted) -> dict[str, User]:
    """An editor of each language."""
    return {code: PersonFactory(role=role, email=f"{code}@example.org") for code, role in roles.EDITORS.items()}


@pytest.fixture
def proofread(author, proofreader, editors) -> dict[str, ArticlePage]:
    """An article in each language that waits to be published."""
    pages = {code: submitted(written_by(author, "roof", code), author) for code in LANGUAGES}
    return {code: approved(page, proofreader) for code, page in pages.items()}


@pytest.mark.parametrize("code", LANGUAGES)
class TestAnEditorOfOneLanguage:
    def test_publishes_in_their_language_and_in_no_other(self, act, editors, proofread, code):
        for page in proofread.values():
            act(editors[code], page, "approve")
        assert set(ArticlePage.objects.live().values_list("locale__language_code", flat=True)) == {code}

    def test_sends_back_in_their_language_and_in_no_other(self, act, editors, proofread, code):
        for page in proofread.values():
            act(editors[code], page, "reject", comment="Булагы кана?")
        assert {key: standing(page) for key, page in proofread.items()} == {
            key: (("", "needs_changes") if key == code else (PUBLISHING[key], "in_progress")) for key in LANGUAGES
        }

    def test_opens_what_waits_in_their_language(self, client, editors, proofread, code):
        browser = signing_in.as_staff(client, editors[code])
        ends = {
            key: browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code
            for key, page in proofread.items()
        }
        assert ends == {**dict.fromkeys(LANGUAGES, 302), code: 200}

    def test_finds_at_the_door_what_waits_in_their_language(self, client, editors, proofread, code):
        html = signing_in.as_staff(client, editors[code]).get("/cms/").content.decode()
        found = {key for key, page in proofread.items() if reverse("wagtailadmin_pages:edit", args=[page.pk]) in html}
        assert found == {code}

    def test_is_told_of_their_language_and_so_are_editors_of_all(
        self, author, proofreader, editor, editors, code, django_capture_on_commit_callbacks
    ):
        waiting = submitted(written_by(author, "roof", code), author)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            approved(waiting, proofreader)
        assert sorted(letter.to for letter in mail.outbox) == sorted([[editors[code].email], [editor.email]])
