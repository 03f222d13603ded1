"""An article of an author, and the people it passes on its way to readers."""

import pytest

from ashar.accounts import roles
from ashar.accounts.models import User
from cms.models import ArticlePage
from tests.factories import articles
from tests.factories.people import PersonFactory


def written_by(person: User | None, slug: str, code: str = "ru", *, live: bool = False) -> ArticlePage:
    """Add an article that `person` wrote, with a first version."""
    page = articles.published(slug, code, at=None, title=slug, owner=person, live=live)
    page.save_revision(user=person)
    return ArticlePage.objects.get(pk=page.pk)


def submitted(page: ArticlePage, by: User) -> ArticlePage:
    """Send an article on its way."""
    page.get_workflow().start(page, by)
    return ArticlePage.objects.get(pk=page.pk)


def approved(page: ArticlePage, by: User) -> ArticlePage:
    """Let the step in which the article waits be done."""
    page.current_workflow_task_state.specific.approve(user=by)
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def author(planted) -> User:
    return PersonFactory(role=roles.AUTHOR, email="author@example.org")


@pytest.fixture
def proofreader(planted) -> User:
    return PersonFactory(role=roles.PROOFREADER, email="proofreader@example.org")


@pytest.fixture
def editor(planted) -> User:
    return PersonFactory(role=roles.EDITOR, email="editor@example.org")


@pytest.fixture
def article(author) -> ArticlePage:
    """A draft in Russian."""
    return written_by(author, "roof")
