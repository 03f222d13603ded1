"""What an editor is told after a button: where an approved page is now, and what was not done because of a mistake."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse

from cms.models import ArticlePage
from tests.ashar.accounts import signing_in
from tests.cms.editing.conftest import approved, submitted
from tests.factories import articles

NOON = datetime(2099, 1, 1, 6, tzinfo=UTC)  # noon in Bishkek


def told(**facts: str) -> dict[str, str]:
    return {**articles.form("Крыша", [("text", articles.rich("Сөз"))], slug="roof"), **facts}


def said(answer) -> list[str]:
    """The messages that stand on the page an answer leads to."""
    return [unescape(" ".join(str(message).split())) for message in answer.context["messages"]]


@pytest.fixture
def waiting(author, article) -> ArticlePage:
    return submitted(article, author)


@pytest.fixture(params=["form", "button"])
def answer(client, request):
    """Return what a person is told after an answer in a step, given in the form or by the button beside it."""

    def given(person, page: ArticlePage, action: str) -> list[str]:
        desk, edit = signing_in.as_staff(client, person), reverse("wagtailadmin_pages:edit", args=[page.pk])
        if request.param == "form":
            facts = {"action-workflow-action": "true", "workflow-action-name": action, "next": "/cms/"}
            go_live = page.get_latest_revision_as_object().go_live_at
            hour = {"go_live_at": "2099-01-01 12:00"} if go_live else {}
            return said(desk.post(edit, told(**facts, **hour), follow=True))
        state = ArticlePage.objects.get(pk=page.pk).current_workflow_task_state
        place = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
        return said(desk.post(place, {"comment": "Булагы кана?", "next": "/cms/"}, follow=True))

    return given


class TestAnAnswerInAStep:
    def test_names_the_step_that_comes_next(self, answer, proofreader, waiting):
        [words] = answer(proofreader, waiting, "approve")
        assert words in {f"Одобрено: «{title}». Следующий шаг: Публикация." for title in ("roof", "Крыша")}

    def test_says_that_the_page_is_out_and_leads_there(self, answer, proofreader, editor, waiting):
        [words] = answer(editor, approved(waiting, proofreader), "approve")
        assert words.startswith("Одобрено и опубликовано: «")
        assert "/ru/news/roof/" in words

    def test_names_the_hour_and_its_zone(self, answer, proofreader, editor, author, article):
        article.go_live_at = NOON
        article.save_revision(user=author)
        read = approved(submitted(ArticlePage.objects.get(pk=article.pk), author), proofreader)
        [words] = answer(editor, read, "approve")
        assert "Выйдет само: 1 января 2099 г., 12:00 (время Бишкека)." in words

    def test_says_that_the_page_was_sent_back(self, answer, proofreader, waiting):
        [words] = answer(proofreader, waiting, "reject")
        assert words.startswith("Возвращено на доработку: «")


class TestAFormWithMistakes:
    @pytest.mark.parametrize(
        ("action", "words"), [("action-publish", "Не опубликовано"), ("action-submit", "Не отправлено на проверку")]
    )
    def test_says_what_was_not_done_of_a_draft_that_is_kept(self, client, editor, article, action, words):
        edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
        lacking = told(**{action: "1", "lead": ""})
        [message] = said(signing_in.as_staff(client, editor).post(edit, lacking))
        assert message == f"{words}: в форме есть ошибки, они отмечены."

    def test_says_that_a_draft_was_not_saved_where_that_is_what_was_asked(self, client, editor, article):
        edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
        [message] = said(signing_in.as_staff(client, editor).post(edit, told(title="")))
        assert message == "Страница не сохранена: в форме есть ошибки."
