"""The way of a page: author, proof-reader, publisher; who is told, who may answer, and that no step is skipped."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from ashar.accounts import roles
from cms.editing import review
from cms.models import ArticlePage, HomePage
from tests.ashar.accounts import signing_in
from tests.cms.editing.conftest import approved, submitted
from tests.factories import articles


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
        workflow = Workflow.objects.get(name=review.NAME)
        tasks = [task.specific for task in workflow.tasks]
        assert [(task.name, [group.name for group in task.groups.all()]) for task in tasks] == [
            ("Текстти текшерүү · Вычитка · Proof-reading", [roles.PROOFREADER]),
            ("Жарыялоо · Публикация · Publishing", [roles.EDITOR]),
        ]

    def test_it_stands_for_every_tree(self, planted):
        ours = WorkflowPage.objects.filter(workflow__name=review.NAME)
        assert set(ours.values_list("page", flat=True)) == set(HomePage.objects.values_list("pk", flat=True))

    def test_planting_twice_adds_nothing(self, planted):
        before = [model.objects.count() for model in (Workflow, GroupApprovalTask, WorkflowTask, WorkflowPage)]
        review.plant(HomePage.objects.all())
        assert [model.objects.count() for model in (Workflow, GroupApprovalTask, WorkflowTask, WorkflowPage)] == before

    def test_a_step_that_an_administrator_took_out_stays_out(self, planted):
        workflow = Workflow.objects.get(name=review.NAME)
        workflow.workflow_tasks.last().delete()
        review.plant(HomePage.objects.all())
        assert [task.name for task in workflow.tasks] == [review.STEPS[0][0]]

    def test_another_workflow_that_an_administrator_chose_stays(self, planted):
        home = HomePage.objects.first()
        other = Workflow.objects.create(name="Short")
        WorkflowPage.objects.filter(page=home).update(workflow=other)
        review.plant(HomePage.objects.all())
        assert Page.objects.get(pk=home.pk).get_workflow() == other


class TestTheWay:
    def test_from_the_author_to_the_readers(self, client, act, author, proofreader, editor, article):
        submitted(article, author)
        assert standing(article) == ("Текстти текшерүү · Вычитка · Proof-reading", "in_progress")
        assert act(proofreader, article, "approve") == (302, ("Жарыялоо · Публикация · Publishing", "in_progress"))
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
