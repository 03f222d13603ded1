"""A page is handed on once it is out or has its hour, and those who translate get one letter each, in their language."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.notices.models import Notice
from ashar.outbox import delivering
from cms.editing import translated
from cms.models import ArticlePage, NewsIndexPage
from tests.cms.editing.conftest import approved, submitted, written_by
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory

SUBJECTS = {
    "ky": "Котормоңузду күтүүдө: Крыша",
    "ru": "Вам на перевод: Крыша",
    "en": "For you to translate: Крыша",
}


def translator(*codes: str, **facts) -> User:
    person = PersonFactory(role=roles.EDITORS[codes[0]], **facts)
    person.groups.add(*Group.objects.filter(name__in=[roles.EDITORS[code] for code in codes]))
    return person


def hand_on(browser, page: Page, *codes: str, **more: str):
    keys = list(Locale.objects.filter(language_code__in=codes).values_list("pk", flat=True))
    answer = browser.post(f"/cms/localize/submit/page/{page.pk}/", {"locales": keys, **more}, follow=True)
    delivering.drain(timezone.now())
    return answer


def told() -> list[str]:
    return sorted(notice.person.email for notice in Notice.objects.filter(kind="translation_waits"))


class TestTheLetter:
    def test_goes_to_translators_of_that_language_at_work_and_to_nobody_else(self, office, russian):
        translator("ky", email="ky@example.org")
        translator("en", email="en@example.org")
        translator("ky", email="left@example.org", is_active=False)
        PersonFactory(role=roles.EDITOR, email="all@example.org")
        PersonFactory(role=roles.AUTHOR)
        hand_on(office, russian, "ky")
        assert told() == ["ky@example.org"]

    def test_goes_to_editors_of_all_languages_where_nobody_else_translates_but_not_to_who_handed_on(
        self, office, russian
    ):
        PersonFactory(role=roles.EDITOR, email="all@example.org")
        hand_on(office, russian, "ky")
        assert told() == ["all@example.org"]

    def test_is_one_for_a_translator_of_two_languages_and_leads_to_both(self, office, russian):
        translator("ky", "en", email="both@example.org")
        hand_on(office, russian, "ky", "en")
        letter = Notice.objects.get(kind="translation_waits")
        drafts = ArticlePage.objects.exclude(pk=russian.pk)
        places = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in drafts]
        assert [letter.text.count(f"{place}\n") for place in places] == [1, 1]
        assert [letter.html.count(f'{place}"') for place in places] == [1, 1]

    @pytest.mark.parametrize("code", SUBJECTS)
    def test_speaks_the_language_of_the_translator(self, office, russian, code):
        translator("ky", email="ky@example.org", language=code)
        hand_on(office, russian, "ky")
        assert Notice.objects.get(kind="translation_waits").subject == SUBJECTS[code]

    def test_of_a_page_that_is_gone_nobody_hears(self, office, russian):
        translator("ky")
        office.post(
            f"/cms/localize/submit/page/{russian.pk}/", {"locales": [Locale.objects.get(language_code="ky").pk]}
        )
        Page.objects.get(pk=russian.pk).delete()
        delivering.drain(timezone.now())
        assert told() == []


class TestBeforeItsApproval:
    def test_a_page_is_not_handed_on_and_it_is_said_why(self, office, author, article):
        submitted(article, author)
        answer = hand_on(office, article, "ky")
        assert "Передайте её на перевод потом" in answer.content.decode()
        assert (answer.redirect_chain[0][0], Translation.objects.count()) == (f"/cms/pages/{article.pk}/edit/", 0)

    def test_after_its_approval_it_is(self, office, author, proofreader, editor, article):
        approved(approved(submitted(article, author), proofreader), editor)
        hand_on(office, article, "ky")
        assert Translation.objects.get().source.object_repr == "roof"

    def test_with_an_hour_it_is_so_that_all_languages_may_go_out_together(
        self, office, author, proofreader, editor, article
    ):
        article.go_live_at = datetime(2099, 1, 1, tzinfo=UTC)
        article.save_revision(user=author)
        waiting = submitted(ArticlePage.objects.get(pk=article.pk), author)
        assert approved(approved(waiting, proofreader), editor).live is False
        hand_on(office, article, "ky")
        assert Translation.objects.get().source.object_repr == "roof"

    def test_a_draft_is_passed_over_where_what_stands_above_it_is_handed_on(self, office, author, russian):
        draft = written_by(author, "wall")
        index = NewsIndexPage.objects.get(locale__language_code="ru")
        Page.objects.get(pk=index.get_translations().get(locale__language_code="ky").pk).specific.delete()
        hand_on(office, index, "ky", include_subtree="on")
        handed_on = set(Translation.objects.values_list("source__object_id", flat=True))
        assert (russian.translation_key in handed_on, draft.translation_key in handed_on) == (True, False)

    def test_who_may_not_hand_on_learns_nothing_of_it(self, enter, article):
        answer = hand_on(enter(roles.EDITORS["ru"]), article, "ky")
        assert "Передайте её" not in answer.content.decode()


class TestTheReport:
    def test_calls_that_the_original_which_was_translated_though_the_translation_went_out_before(self, kyrgyz, russian):
        twin = kyrgyz.get_target_instance()
        Page.objects.filter(pk=twin.pk).update(
            live=True, first_published_at=NOON, last_published_at=NOON, title="Чатыр"
        )
        rows = [(page.title, translated.gaps(page)) for page in translated.behind()]
        assert rows == [("Крыша", translated.Gaps(missing=("en",), outdated=("ky",)))]

    def test_of_the_tool_shows_what_was_handed_on_last_first(self, office, russian):
        first = hand_on(office, russian, "ky") and Translation.objects.get()
        hand_on(office, russian, "en")
        html = office.get("/cms/localize/reports/translations/").context["object_list"]
        assert [row == first for row in html] == [False, True]
