"""A page that waits with the proof-reader: who may publish it takes it over, nobody else does."""

import pytest
from django.urls import reverse

from ashar.accounts import roles
from cms.models import ArticlePage
from tests.ashar.accounts import signing_in
from tests.cms.editing.conftest import submitted
from tests.cms.editing.test_review import standing
from tests.factories import articles
from tests.factories.people import PersonFactory

WAITING = ("Вычитка", "in_progress")


@pytest.fixture
def waiting(author, proofreader, article) -> ArticlePage:
    return submitted(article, author)


@pytest.fixture(params=[roles.EDITOR, roles.EDITORS["ru"]])
def publisher(client, planted, request):
    """The browser of one who may publish the article."""
    return signing_in.as_staff(client, PersonFactory(role=request.param))


@pytest.fixture(params=[roles.EDITORS["ky"], roles.EDITORS["en"], roles.AUTHOR])
def bystander(client, planted, request):
    """The browser of one who may not."""
    return signing_in.as_staff(client, PersonFactory(role=request.param))


def edit(page: ArticlePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def told(action: str) -> dict[str, str]:
    return articles.form("Чатыр", [("text", articles.rich("Сөз"))], slug="roof", **{action: action})


def test_a_publisher_finds_the_buttons_and_no_lock(publisher, waiting):
    html = publisher.get(edit(waiting)).content.decode()
    names = ("action-publish", "action-cancel-workflow", "action-page-locked")
    assert [f'name="{name}"' in html or name in html for name in names] == [True, True, False]


def test_a_publisher_publishes_and_the_way_ends(publisher, waiting):
    assert publisher.post(edit(waiting), told("action-publish")).status_code == 302
    page = ArticlePage.objects.get(pk=waiting.pk)
    assert (page.live, page.title, standing(page)) == (True, "Чатыр", ("", "cancelled"))


def test_a_publisher_ends_the_way_and_the_page_stays_a_draft(publisher, waiting):
    publisher.post(edit(waiting), told("action-cancel-workflow"))
    assert (ArticlePage.objects.get(pk=waiting.pk).live, standing(waiting)) == (False, ("", "cancelled"))


def test_a_publisher_writes_while_it_waits(publisher, waiting):
    publisher.post(edit(waiting), told("action-save"))
    page = ArticlePage.objects.get(pk=waiting.pk)
    assert (page.get_latest_revision_as_object().title, standing(page)) == ("Чатыр", WAITING)


@pytest.mark.parametrize("action", ["action-publish", "action-cancel-workflow", "action-save"])
def test_nobody_else_does(bystander, waiting, action):
    before = waiting.latest_revision_id
    bystander.post(edit(waiting), told(action))
    page = ArticlePage.objects.get(pk=waiting.pk)
    assert (page.live, page.latest_revision_id, standing(page)) == (False, before, WAITING)


def test_one_that_somebody_locked_stays_locked(publisher, waiting, proofreader):
    ArticlePage.objects.filter(pk=waiting.pk).update(locked=True, locked_by=proofreader)
    publisher.post(edit(waiting), told("action-cancel-workflow"))
    assert standing(waiting) == WAITING
