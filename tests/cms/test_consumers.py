"""What pages do when a project or a gift moves."""

import uuid

import pytest

from ashar.money import Money
from ashar.outbox import consuming, delivering
from cms import consumers, page_cache, trees
from cms.models import ProjectPage
from diaspora import projects
from tests.cms.conftest import LANGUAGES
from tests.factories.associations import UnverifiedAssociationFactory
from tests.factories.moments import NOON
from tests.factories.projects import DraftProjectFactory

OURS = {
    "project.opened": ["cms.project_gets_pages"],
    "project.funded": ["cms.pages_forget_funded"],
    "project.closed": ["cms.pages_forget_closed"],
    "project.changed": ["cms.pages_forget_changed"],
    "association.registered": ["cms.association_gets_pages"],
    "association.verified": ["cms.pages_forget_verified"],
    "privacy.erasure_carried_out": ["cms.pages_forget_erased"],
    "picture.kept": ["cms.picture_gets_renditions"],
    "gift.moved": ["cms.pages_forget_gift"],
    "gift.words_changed": ["cms.pages_forget_words"],
}


@pytest.mark.parametrize("topic", OURS)
def test_we_listen_to(topic):
    names = [known.name for known in consuming.of_topic(topic)]
    assert [name for name in names if name.startswith("cms.")] == OURS[topic]


def test_a_project_that_opens_gets_its_pages(kochkor_people):
    projects.open(DraftProjectFactory(slug="school", association=kochkor_people), by=None, at=NOON)
    assert ProjectPage.objects.count() == 0
    delivering.drain(NOON)
    assert ProjectPage.objects.count() == len(LANGUAGES)


def test_an_association_that_is_registered_gets_its_pages(planted):
    association = UnverifiedAssociationFactory()
    assert association.pages.count() == 0
    delivering.drain(NOON)
    assert association.pages.count() == len(LANGUAGES)


def test_a_changed_goal_is_on_the_page_at_once(client, school, committed):
    client.get("/ru/projects/school/")
    projects.change_goal(school, goal=Money(777_777_00, "KGS"), by=None, at=NOON)
    with committed():
        delivering.drain(NOON)
    assert "777 777" in client.get("/ru/projects/school/").content.decode().replace("\xa0", " ")


def test_the_news_may_come_twice(school):
    for _ in range(2):
        consumers.project_gets_pages(message_id=uuid.uuid4(), at=NOON, project=school.pk, said_by_a_newer_sender=1)
    assert ProjectPage.objects.count() == len(LANGUAGES)


@pytest.mark.parametrize("facts", [{"project": 1}, {"project": 1, "gift": "x", "more": 1}])
def test_kept_pages_are_forgotten(db, facts, committed):
    before = page_cache.version()
    with committed():
        consumers.pages_forget(message_id=uuid.uuid4(), at=NOON, **facts)
    assert page_cache.version() != before


def test_pages_are_made_before_they_are_forgotten(school, monkeypatch):
    """Forgotten first, a page could be kept that does not know the new one."""
    done = []
    monkeypatch.setattr(trees, "show_project", lambda _project: done.append("shown"))
    monkeypatch.setattr(page_cache, "forget", lambda: done.append("forgotten"))
    consumers.project_gets_pages(message_id=uuid.uuid4(), at=NOON, project=school.pk)
    assert done == ["shown", "forgotten"]
