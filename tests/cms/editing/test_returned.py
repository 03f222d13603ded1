"""A page that was sent back for changes waits for its author, who reads on the desk and in the form who sent it back and why."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from ashar.accounts.models import User
from cms.editing import returned
from cms.models import ArticlePage
from tests.ashar.accounts import signing_in
from tests.cms.editing.conftest import submitted, written_by
from tests.cms.editing.test_desk import of, titles

COMMENT = "Где источник\n цифры?"
SENT_BACK = {
    "ky": "Кайтарган: Айжан. «Где источник цифры?»",
    "ru": "Страницу вернули на доработку: Айжан. «Где источник цифры?»",
    "en": "Sent back by Айжан: “Где источник цифры?”",
}


def sent_back(page: ArticlePage, by: User, comment: str = COMMENT) -> ArticlePage:
    page.current_workflow_task_state.specific.reject(user=by, comment=comment)
    return ArticlePage.objects.get(pk=page.pk)


def named(person: User) -> User:
    person.full_name = "Айжан"
    person.save()
    return person


@pytest.fixture
def back(author, proofreader, article) -> ArticlePage:
    return sent_back(submitted(article, author), named(proofreader))


class TestOnTheDesk:
    def test_it_waits_for_who_sent_it_and_is_no_plain_draft(self, author, proofreader, editor, back):
        assert [titles(of(person).tasks) for person in (author, proofreader, editor)] == [["roof"], [], []]
        assert titles(of(author).drafts) == []

    def test_it_says_who_sent_it_back_and_why(self, author, back):
        [line] = of(author).tasks
        assert (line.what, line.href) == (SENT_BACK["en"], f"/cms/pages/{back.pk}/edit/")

    def test_without_a_comment_it_says_who(self, author, proofreader, article):
        sent_back(submitted(article, author), named(proofreader), comment=" ")
        assert [line.what for line in of(author).tasks] == ["Sent back by Айжан: changes are asked for."]

    def test_a_long_comment_is_cut(self, author, proofreader, article):
        sent_back(submitted(article, author), proofreader, comment="щ" * 500)
        [line] = of(author).tasks
        assert line.what.count("щ") == returned.BRIEF - 1

    def test_it_stays_while_it_is_mended(self, author, back):
        back.save_revision(user=author)
        assert (titles(of(author).tasks), titles(of(author).drafts)) == (["roof"], [])

    def test_sent_again_it_waits_for_others(self, author, proofreader, back):
        back.current_workflow_state.resume(user=author)
        assert [titles(of(person).tasks) for person in (author, proofreader)] == [[], ["roof"]]

    def test_published_it_waits_for_nobody(self, client, author, editor, back):
        back.current_workflow_state.cancel(user=editor)
        assert titles(of(author).tasks) == []

    def test_what_one_may_change_no_more_is_gone(self, author, back):
        author.groups.clear()
        assert of(author).tasks == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_two_queries_for_one_and_for_three(self, author, proofreader, count):
        for number in range(count):
            sent_back(submitted(written_by(author, f"page-{number}"), author), proofreader)
        person = User.objects.get(pk=author.pk)
        returned.lines(person, most=9)
        with CaptureQueriesContext(connection) as told:
            assert len(returned.lines(person, most=9)) == count
        assert len(told) == 2


class TestInTheForm:
    def said(self, client, person: User, page: ArticlePage, code: str = "ru") -> list[str]:
        User.objects.filter(pk=person.pk).update(language=code)
        answer = signing_in.as_staff(client, person).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        return [unescape(str(message)) for message in answer.context["messages"]]

    @pytest.mark.parametrize("code", SENT_BACK)
    def test_it_is_said_at_the_top(self, client, author, back, code):
        assert self.said(client, author, back, code) == [SENT_BACK[code]]

    def test_it_is_said_until_the_page_is_sent_again(self, client, author, back):
        back.save_revision(user=author)
        assert len(self.said(client, author, back)) == 1
        ArticlePage.objects.get(pk=back.pk).current_workflow_state.resume(user=author)
        assert [words for words in self.said(client, author, back) if words in SENT_BACK.values()] == []

    def test_nothing_is_said_of_one_that_was_never_sent_back(self, client, author, article):
        assert self.said(client, author, article) == []

    def test_a_comment_is_no_markup(self, client, author, proofreader, article):
        page = sent_back(submitted(article, author), proofreader, comment="<b>Жок</b>")
        html = signing_in.as_staff(client, author).get(f"/cms/pages/{page.pk}/edit/").content.decode()
        assert ("&lt;b&gt;Жок" in html, "<b>Жок" in html) == (True, False)


def test_who_sent_it_back_may_be_gone(author, proofreader, back):
    proofreader.delete()
    with translation.override("en"):
        [answer] = returned.answers(author)
        assert returned.sentence(answer) == "Sent back by Вычитка: “Где источник цифры?”"
