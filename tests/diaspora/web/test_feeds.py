"""News of projects: what the public may know, where it belongs, with dates that do not move."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ashar.money import Money, rates
from ashar.places.models import Region
from diaspora import projects, states
from diaspora.models import Association, Project
from diaspora.web import feeds as project_feeds
from tests.factories.associations import AssociationFactory
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import A_MONTH_AGO, NOON
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory

ATOM = "{http://www.w3.org/2005/Atom}"
NARYN, CHUY = "41704000000000", "41708000000000"


@pytest.fixture
def people(db) -> Association:
    return AssociationFactory(slug="kochkor-seoul")


@pytest.fixture
def school(people) -> Project:
    return OpenProjectFactory(slug="school", association=people, summary_ru="До зимы.")


@pytest.fixture
def read(client):
    """Return (title, moment) of each piece of news at an address."""

    def told(address="/ru/projects/feed.atom"):
        response = client.get(address)
        assert response.status_code == 200
        entries = ElementTree.fromstring(response.content).iter(f"{ATOM}entry")
        return [(entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}published")) for entry in entries]

    return told


class TestWhatIsTold:
    def test_a_new_project(self, read, school):
        assert read() == [("Новый проект: Крыша школы", A_MONTH_AGO.isoformat())]

    def test_every_move_newest_first(self, read, school):
        rates.import_demo(at=NOON)
        ReceivedGiftFactory(project=school)
        projects.change_goal(school, goal=Money(1_00, "KGS"), by=None, at=NOON)
        projects.close(school, by=None, at=NOON + timedelta(hours=1))
        assert [title for title, _ in read()] == [
            "Сбор завершён: Крыша школы",
            "Цель достигнута: Крыша школы",
            "Новый проект: Крыша школы",
        ]

    def test_dates_of_old_news_stay(self, read, school):
        before = read()
        projects.close(school, by=None, at=NOON)
        assert read()[1:] == before

    def test_in_every_language(self, read, school):
        assert [read(f"/{code}/projects/feed.atom")[0][0] for code in ("ky", "ru", "en")] == [
            "Жаңы долбоор: Мектептин чатыры",
            "Новый проект: Крыша школы",
            "New project: A school roof",
        ]

    def test_every_lawful_move_has_a_headline(self):
        assert set(project_feeds.HEADLINES) == set(states.PROJECT.transitions)

    def test_what_stands_below_the_headline(self, client, school):
        feed = client.get("/ru/projects/feed.rss").content.decode().replace("\xa0", " ")
        assert "До зимы." in feed
        assert "Цель: 1 000 000 сом" in feed
        assert "<link>http://localhost:8000/ru/projects/school/</link>" in feed


class TestWhatIsNot:
    def test_a_draft(self, read, people):
        DraftProjectFactory(slug="secret", association=people)
        assert read() == []

    def test_a_draft_closed_before_anybody_heard_of_it(self, read, people):
        projects.close(DraftProjectFactory(slug="secret", association=people), by=None, at=NOON)
        assert read() == []

    def test_a_giver(self, client, school):
        rates.import_demo(at=NOON)
        gift = ReceivedGiftFactory(project=school, name="Нурбек Асанов")
        feed = client.get("/ru/projects/feed.rss").content.decode()
        assert [secret for secret in (gift.name, gift.email) if secret in feed] == []

    def test_why_staff_closed_it(self, client, people):
        ClosedProjectFactory(association=people)
        assert "Built by the state" not in client.get("/en/projects/feed.atom").content.decode()


class TestWhereItBelongs:
    @pytest.fixture
    def bridge(self, db) -> Project:
        """In another oblast, of other people."""
        project = OpenProjectFactory(slug="bridge", title_ru="Мост", association=AssociationFactory(slug="others"))
        project.home = Region.objects.filter(code__startswith=CHUY[:5]).exclude(code=CHUY).first()
        project.save(update_fields=["home"])
        return project

    @pytest.mark.parametrize(
        ("feed", "titles"),
        [
            ("projects/feed", {"Новый проект: Крыша школы", "Новый проект: Мост"}),
            (f"projects/feed-{NARYN}", {"Новый проект: Крыша школы"}),
            (f"projects/feed-{CHUY}", {"Новый проект: Мост"}),
            ("projects/feed-41703000000000", set()),
            ("associations/kochkor-seoul/feed", {"Новый проект: Крыша школы"}),
            ("associations/others/feed", {"Новый проект: Мост"}),
        ],
    )
    def test_each_feed_tells_its_own(self, read, school, bridge, feed, titles):
        assert {title for title, _ in read(f"/ru/{feed}.atom")} == titles

    @pytest.mark.parametrize(
        "feed", ["projects/feed-41704235000000", "projects/feed-x", "projects/feed-", "associations/nobody/feed"]
    )
    def test_nothing_is_told_of_what_is_not_there(self, client, school, feed):
        assert [client.get(f"/ru/{feed}.{kind}").status_code for kind in ("atom", "rss")] == [404, 404]

    @pytest.mark.parametrize("kind", ["atom", "rss"])
    def test_nothing_can_be_sent(self, client, school, kind):
        assert client.post(f"/ru/projects/feed.{kind}").status_code == 405

    def test_feeds_say_what_they_are_of(self, client, school):
        def title(feed):
            return ElementTree.fromstring(client.get(f"/ru/{feed}.atom").content).findtext(f"{ATOM}title")

        assert title("projects/feed") == "Проекты"
        assert title(f"projects/feed-{NARYN}").startswith("Проекты. Место: Нарын")
        assert title("associations/kochkor-seoul/feed") == "Проекты. Объединение: Земляки из Кочкора"


class TestCost:
    def test_is_the_same_for_many_projects(self, client, school):
        costs = []
        for number in range(3):
            with CaptureQueriesContext(connection) as asked:
                client.get("/ru/projects/feed.atom")
            costs.append(len(asked))
            OpenProjectFactory(slug=f"p{number}", association=school.association)
        assert costs == [3, 3, 3]

    def test_old_news_leaves(self, read, school, monkeypatch):
        monkeypatch.setattr(project_feeds.feeds, "ITEMS", 1)
        projects.close(school, by=None, at=NOON)
        assert [title for title, _ in read()] == ["Сбор завершён: Крыша школы"]
