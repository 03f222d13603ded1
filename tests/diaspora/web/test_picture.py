"""The picture of a project tells its sums in the language of its address, and nothing of a draft or of a giver."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from ashar.money import Money, rates
from ashar.web import cards
from diaspora import queries
from diaspora.models import Project
from diaspora.web import picture
from tests.factories.gifts import ReceivedGiftFactory
from tests.factories.moments import NOON
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory


@pytest.fixture(autouse=True)
def _nothing_kept(db):
    caches["cards"].clear()
    rates.import_demo(at=NOON)


@pytest.fixture
def school() -> Project:
    return OpenProjectFactory(slug="school")


def card(project: Project, language: str = "ru") -> cards.Card:
    with translation.override(language):
        (told,) = queries.project_cards(Project.objects.filter(pk=project.pk), at=timezone.now())
        return picture.card_of(told)


def told(project: Project, language: str) -> list[tuple[str, str]]:
    return [(figure.label, figure.sum.replace("\xa0", " ")) for figure in card(project, language).figures]


class TestCard:
    def test_speaks_three_languages(self, school):
        assert [card(school, code).title for code in ("ky", "ru", "en")] == [
            "Мектептин чатыры",
            "Крыша школы",
            "A school roof",
        ]
        assert told(school, "ky") == [
            ("Чогулду", "0 сом"),
            ("Биргелешип каржылоо", "0 сом"),
            ("Максат", "1 000 000 сом"),
        ]
        assert told(school, "ru") == [("Собрано", "0 сом"), ("Софинансирование", "0 сом"), ("Цель", "1 000 000 сом")]
        assert told(school, "en") == [("Raised", "KGS 0"), ("Matched", "KGS 0"), ("Goal", "KGS 1,000,000")]

    def test_has_the_sums_of_the_books(self, school):
        gift = ReceivedGiftFactory(project=school)
        assert gift.som.minor > 0
        assert told(school, "ru")[0] == (
            "Собрано",
            f"{gift.som.minor // 100} сом" if gift.som.minor % 100 == 0 else told(school, "ru")[0][1],
        )
        assert card(school).bar.missing == Money(1_000_000_00, "KGS") - gift.som

    def test_names_no_giver(self, school):
        before = card(school)
        ReceivedGiftFactory(project=school, name="Нурбек Асанов", message="Балдарга")
        assert "Нурбек" not in repr(card(school))
        assert "Балдарга" not in repr(card(school))
        assert before != card(school)

    def test_says_when_the_collection_is_over(self):
        assert card(ClosedProjectFactory()).tag == "Сбор завершён"


class TestAnswer:
    @pytest.mark.parametrize("code", ["ky", "ru", "en"])
    def test_is_a_picture_in_every_language(self, client, school, code):
        response = client.get(f"/{code}/projects/school/card.png")
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        assert response["ETag"] == f'"{card(school, code).digest}"'
        assert not response.cookies

    def test_a_gift_makes_another_picture(self, client, school):
        before = client.get("/ru/projects/school/card.png")
        ReceivedGiftFactory(project=school)
        after = client.get("/ru/projects/school/card.png")
        assert before["ETag"] != after["ETag"]
        assert before.content != after.content

    def test_who_has_it_is_told_so(self, client, school):
        tag = client.get("/ru/projects/school/card.png")["ETag"]
        assert client.get("/ru/projects/school/card.png", headers={"If-None-Match": tag}).status_code == 304

    def test_a_head_is_answered_and_nothing_can_be_sent(self, client, school):
        assert client.head("/ru/projects/school/card.png").status_code == 200
        assert client.post("/ru/projects/school/card.png").status_code == 405

    def test_nobody_has_heard_of_a_draft(self, client):
        DraftProjectFactory(slug="secret")
        assert client.get("/ru/projects/secret/card.png").status_code == 404
        assert client.get("/ru/projects/nowhere/card.png").status_code == 404

    def test_costs_the_same_for_one_gift_and_for_many(self, client, school):
        costs = []
        for _ in range(2):
            ReceivedGiftFactory(project=school)
            ReceivedGiftFactory(project=school)
            with CaptureQueriesContext(connection) as asked:
                client.get("/ru/projects/school/card.png")
            costs.append(len(asked))
        assert costs == [4, 4]
