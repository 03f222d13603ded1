"""Questions: grouped, closed until asked, each with a name that stays, and told to machines in plain words."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.pages.faq import FaqPage

pytestmark = pytest.mark.usefixtures("planted")


def group(title: str, *asked: tuple[str, str, str]) -> dict[str, object]:
    """A group as a page keeps it; each question has a name, its words and an answer."""
    items = [
        {"type": "item", "id": name, "value": {"question": words, "answer": answer}} for name, words, answer in asked
    ]
    return {"type": "group", "value": {"title": title, "questions": items}}


def faq(code: str, *groups: dict[str, object]) -> FaqPage:
    page = FaqPage.objects.get(locale__language_code=code)
    page.groups = json.dumps(groups)
    page.save_revision().publish()
    return page


MONEY = group("Деньги", ("aaaaaaaa-1", "Можно ли вернуть?", "<p>Да, <b>напишите</b>.</p>"))
NAMES = group("Имена", ("bbbbbbbb-1", "Увидят ли имя?", "<p>Нет.</p>"), ("cccccccc-1", "А почту?", "<p>Никогда.</p>"))


def linked_data(html: str) -> list[dict[str, object]]:
    return [json.loads(block) for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]


def read(client, address: str) -> str:
    return client.get(address).content.decode()


class TestThePage:
    def test_asks_in_groups_and_answers_when_opened(self, client):
        faq("ru", MONEY, NAMES)
        html = read(client, "/ru/faq/")
        assert re.findall(r"<h2>([^<]*)</h2>\n<details", html) == ["Деньги", "Имена"]
        assert re.findall(r'<details class="faq-question" id="([^"]*)"><summary class="faq-asked">([^<]*)', html) == [
            ("q-aaaaaaaa", "Можно ли вернуть?"),
            ("q-bbbbbbbb", "Увидят ли имя?"),
            ("q-cccccccc", "А почту?"),
        ]
        assert "<p>Да, <b>напишите</b>.</p>" in html

    def test_each_question_links_to_itself(self, client):
        faq("ru", NAMES)
        assert re.findall(r'<a href="(#[^"]*)">Ссылка на этот вопрос', read(client, "/ru/faq/")) == [
            "#q-bbbbbbbb",
            "#q-cccccccc",
        ]

    def test_a_question_keeps_its_name_when_its_words_change(self, client):
        faq("ru", group("Имена", ("bbbbbbbb-1", "Иначе?", "<p>Нет.</p>")))
        assert 'id="q-bbbbbbbb"' in read(client, "/ru/faq/")

    def test_says_when_there_is_none(self, client):
        html = read(client, "/ru/faq/")
        assert "Вопросов пока нет." in html
        assert linked_data(html) == []

    def test_tells_machines_in_plain_words(self, client):
        faq("ru", MONEY)
        [told] = linked_data(read(client, "/ru/faq/"))
        assert told["@type"] == "FAQPage"
        assert told["mainEntity"] == [
            {
                "@type": "Question",
                "name": "Можно ли вернуть?",
                "url": "http://localhost:8000/ru/faq/#q-aaaaaaaa",
                "acceptedAnswer": {"@type": "Answer", "text": "Да, напишите."},
            }
        ]

    def test_may_be_kept_on_a_phone(self, client):
        assert client.get("/ru/faq/").headers["X-Offline"] == "keep"


class TestAnEmptyOne:
    """Planted in three languages and written in one."""

    def test_shows_what_another_language_says_and_names_it(self, client):
        faq("ru", MONEY)
        html = read(client, "/ky/faq/")
        assert "Бул бет азырынча которула элек." in html
        assert '<div class="faq stack-wide" lang="ru">' in html
        assert 'rel="canonical" href="http://localhost:8000/ru/faq/"' in html

    def test_takes_the_nearest_language(self, client):
        faq("ru", MONEY)
        faq("en", group("Money", ("aaaaaaaa-1", "Can I have it back?", "<p>Yes.</p>")))
        assert "Можно ли вернуть?" in read(client, "/ky/faq/")

    def test_a_written_one_borrows_nothing(self, client):
        faq("ru", MONEY)
        faq("ky", group("Акча", ("aaaaaaaa-1", "Кайтарса болобу?", "<p>Ооба.</p>")))
        html = read(client, "/ky/faq/")
        assert "Можно ли вернуть?" not in html
        assert "которула элек" not in html

    @pytest.mark.parametrize("closed", [True, False])
    def test_borrows_nothing_that_is_closed_or_withdrawn(self, client, closed):
        page = faq("ru", MONEY)
        if closed:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        else:
            page.unpublish()
        assert "Азырынча суроо жок." in read(client, "/ky/faq/")

    def test_asks_one_query_and_a_written_one_none(self):
        page = faq("ru", MONEY)
        empty = FaqPage.objects.select_related("locale").get(locale__language_code="ky")
        costs = []
        for each in (page, empty):
            with CaptureQueriesContext(connection) as told:
                assert each.spoken().pk == page.pk
            costs.append(len(told))
        assert costs == [0, 1]
