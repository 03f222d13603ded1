"""Translations that were handed on lie on the desks of who translates into their language, and are nobody's drafts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation

from ashar.accounts import roles
from ashar.accounts.models import User
from cms.editing import handing_on, to_translate
from tests.cms.conftest import LANGUAGES
from tests.cms.editing.conftest import KYRGYZ, brought_back, filled, taken_away, written_by
from tests.cms.editing.test_desk import editor_of, of, titles
from tests.cms.editing.test_handing_on import hand_on
from tests.factories.people import PersonFactory


@pytest.fixture
def keeper(office) -> User:
    """Who hands on: an editor of all languages."""
    return User.objects.get(groups__name=roles.EDITOR)


def translated(office, translation: Translation) -> None:
    """Translate every text of it and publish nothing."""
    brought_back(office, translation, str(filled(taken_away(office, translation), KYRGYZ)))


class TestOnTheDesk:
    def test_it_waits_for_who_translates_into_that_language(self, office, keeper, russian):
        people = {code: editor_of(code) for code in LANGUAGES}
        hand_on(office, russian, "ky")
        assert {code: titles(of(person).tasks) for code, person in people.items()} == {
            "ky": ["Крыша"],
            "ru": [],
            "en": [],
        }
        assert (titles(of(keeper).tasks), titles(of(keeper).drafts)) == ([], [])

    def test_it_waits_for_editors_of_all_languages_where_there_is_no_other(self, keeper, kyrgyz):
        assert titles(of(keeper).tasks) == ["Крыша"]
        assert titles(of(keeper).drafts) == []

    def test_it_says_what_is_to_be_done_since_when_and_where(self, keeper, kyrgyz, russian):
        [line] = of(keeper).tasks
        twin = kyrgyz.get_target_instance()
        assert (line.what, line.language, line.href, line.at) == (
            "is to be translated",
            "Кыргызча",
            f"/cms/pages/{twin.pk}/edit/",
            russian.last_published_at,
        )

    def test_once_every_text_is_said_it_is_to_be_published(self, office, keeper, kyrgyz):
        translated(office, kyrgyz)
        assert [line.what for line in of(keeper).tasks] == ["is translated and waits to be published"]

    def test_once_it_is_out_it_waits_no_more(self, office, keeper, kyrgyz, published):
        translated(office, kyrgyz)
        published(office, kyrgyz)
        assert of(keeper).tasks == []

    def test_when_its_source_changes_it_waits_again(self, office, keeper, kyrgyz, published, russian):
        translated(office, kyrgyz)
        published(office, kyrgyz)
        russian.lead = "Иначе."
        russian.save_revision().publish()
        assert [line.what for line in of(keeper).tasks] == ["is to be translated"]

    def test_one_that_was_stopped_waits_for_nobody(self, keeper, kyrgyz):
        Translation.objects.update(enabled=False)
        assert of(keeper).tasks == []

    def test_who_translates_nothing_is_asked_for_nothing(self, author, proofreader, kyrgyz):
        assert [of(person).tasks for person in (author, proofreader)] == [[], []]

    def test_a_page_that_was_written_waits_for_nobody(self, keeper):
        written_by(keeper, "mine", "ky")
        assert (of(keeper).tasks, titles(of(keeper).drafts)) == ([], ["mine"])

    @pytest.mark.parametrize("count", [1, 3])
    def test_three_queries_for_one_and_for_three(self, office, keeper, russian, count):
        pages = [russian, *(written_by(None, f"page-{number}", live=True) for number in range(1, count))]
        for page in pages:
            hand_on(office, page, "ky")
        with CaptureQueriesContext(connection) as told:
            assert len(to_translate.lines(keeper, most=9)) == count
        assert len(told) == 3

    def test_a_text_with_a_mistake_is_to_be_translated_yet(self, office, keeper, kyrgyz):
        translated(office, kyrgyz)
        StringTranslation.objects.update(has_error=True)
        assert [line.what for line in of(keeper).tasks] == ["is to be translated"]


class TestWhoTranslates:
    @pytest.mark.parametrize("staffed", [(), ("ky",), ("ky", "en"), LANGUAGES])
    def test_is_who_gets_the_letter(self, planted, staffed):
        people = [PersonFactory(role=roles.EDITOR), PersonFactory(role=roles.AUTHOR), *map(editor_of, staffed)]
        left = editor_of("ru")
        left.is_active = False
        left.save()
        for person in people:
            written_to = [code for code in LANGUAGES if person in handing_on.translators(code, but=None)]
            assert to_translate.translates_into(person) == written_to


def test_what_follows_its_source_is_told_from_what_was_written(kyrgyz, russian):
    twin = Page.objects.get(translation_key=russian.translation_key, locale=Locale.objects.get(language_code="ky"))
    assert [page.pk for page in to_translate.handed_on()] == [twin.pk]
