"""A source that is published again: its new words come to whoever translates it, and readers see the old page until then."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from ashar.accounts import roles
from cms import trees
from cms.editing import follow, whole
from cms.models import ArticlePage, Contact
from tests.ashar.accounts import signing_in
from tests.cms.conftest import ADMINISTRATOR
from tests.cms.editing.conftest import KYRGYZ, brought_back, filled, taken_away
from tests.factories import articles
from tests.factories.snippets import snippet

pytestmark = pytest.mark.usefixtures("planted")
REPORT = "/cms/reports/untranslated/"


def strings(translation: Translation) -> set[str]:
    source = TranslationSource.objects.get(pk=translation.source_id)
    return set(source.stringsegment_set.values_list("string__data", flat=True))


def changed(page: ArticlePage, lead: str) -> None:
    page.lead = lead
    page.save_revision().publish()


@pytest.fixture
def twin(office, kyrgyz, published) -> ArticlePage:
    """The article in Kyrgyz, out and whole."""
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    return published(office, kyrgyz)


def test_a_translation_is_no_page_of_the_author_of_its_source(office, author, russian, enter):
    """It came with its owner, and an author may change what is hers: the editor's words, and the translation itself."""
    ArticlePage.objects.filter(pk=russian.pk).update(owner=author)
    office.post(f"/cms/localize/submit/page/{russian.pk}/", {"locales": [Locale.objects.get(language_code="ky").pk]})
    [translation] = Translation.objects.all()
    page = translation.get_target_instance()
    desk = signing_in.as_staff(Client(), author)
    [segment] = translation.source.stringsegment_set.filter(context__path="lead")
    place = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])

    assert (page.owner, page.permissions_for_user(author).can_edit()) == (None, False)
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code in {302, 403}
    desk.put(place, "value=Меники", content_type="application/x-www-form-urlencoded")
    assert not translation.source.stringsegment_set.filter(string__translations__data="Меники").exists()


def test_translations_made_before_are_let_go_and_no_other_page(office, author, kyrgyz, russian):
    Page.objects.filter(pk__in=[kyrgyz.get_target_instance().pk, russian.pk]).update(owner=author)
    trees.plant()
    assert (kyrgyz.get_target_instance().owner, ArticlePage.objects.get(pk=russian.pk).owner) == (None, author)


@pytest.mark.parametrize(
    ("language", "words"), [("ky", "басылбайт"), ("ru", "не заменяют"), ("en", "is not replaced by its source")]
)
def test_no_translation_gives_way_to_an_alias_of_its_source(enter, kyrgyz, twin, language, words):
    for role in (ADMINISTRATOR, roles.EDITOR, roles.EDITORS["ky"]):
        address = reverse("wagtail_localize:convert_to_alias", args=[twin.pk])
        answer = enter(role).post(address, follow=True, headers={"accept-language": language})
        assert (words in answer.content.decode(), ArticlePage.objects.get(pk=twin.pk).alias_of) == (True, None)
    assert ArticlePage.objects.get(pk=twin.pk).lead == "Кыскача."


def test_new_words_wait_in_the_translation_and_old_ones_keep_theirs(kyrgyz, twin, russian):
    changed(russian, "Коротко и ясно.")
    assert ("Коротко и ясно." in strings(kyrgyz), "Коротко." in strings(kyrgyz)) == (True, False)
    assert whole.lacking(twin) == 1


def test_readers_see_the_translation_as_it_was(twin, russian):
    changed(russian, "Коротко и ясно.")
    page = ArticlePage.objects.get(pk=twin.pk)
    assert (page.live, page.lead, page.last_published_at) == (True, "Кыскача.", twin.last_published_at)


def test_a_draft_of_the_source_brings_nothing(kyrgyz, twin, russian):
    russian.lead = "Коротко и ясно."
    russian.save_revision()
    assert "Коротко и ясно." not in strings(kyrgyz)


def test_where_somebody_writes_by_hand_nothing_comes(kyrgyz, twin, russian):
    Translation.objects.update(enabled=False)
    changed(russian, "Коротко и ясно.")
    assert "Коротко и ясно." not in strings(kyrgyz)


def test_a_translation_that_is_published_changes_no_source(kyrgyz, twin):
    before = strings(kyrgyz)
    changed(twin, "Башкача.")
    assert strings(kyrgyz) == before


def test_a_snippet_is_followed_too(office):
    contact = snippet(Contact, purpose="Паспорта")
    address = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "contact", contact.pk])
    office.post(address, {"locales": [Locale.objects.get(language_code="ky").pk]})
    contact.purpose = "Визы"
    contact.save_revision().publish()
    assert "Визы" in strings(Translation.objects.get())


def test_what_was_never_handed_on_costs_one_query():
    page = articles.published("wall")
    with CaptureQueriesContext(connection) as asked:
        follow.was_published(instance=page)
    assert len(asked) == 1


class TestAnEditorOfTheOtherLanguage:
    @pytest.fixture
    def kyrgyz_editor(self, enter, twin, russian):
        changed(russian, "Коротко и ясно.")
        return enter(roles.EDITORS["ky"])

    @pytest.mark.parametrize("asked", ["", "?language=ky"])
    def test_is_led_by_the_report_to_her_own_form(self, kyrgyz_editor, twin, asked):
        html = kyrgyz_editor.get(f"{REPORT}{asked}").content.decode()
        assert f'<a href="{reverse("wagtailadmin_pages:edit", args=[twin.pk])}">Крыша</a>' in html

    def test_finds_the_new_words_there_and_publishes_them(self, kyrgyz_editor, kyrgyz, twin, published):
        form = kyrgyz_editor.get(reverse("wagtailadmin_pages:edit", args=[twin.pk])).content.decode()
        assert json.dumps("Коротко и ясно.").strip('"') in form
        po = filled(taken_away(kyrgyz_editor, kyrgyz), {"Коротко и ясно.": "Кыска жана так."})
        brought_back(kyrgyz_editor, kyrgyz, str(po))
        assert published(kyrgyz_editor, kyrgyz).lead == "Кыска жана так."
        assert "Крыша" not in kyrgyz_editor.get(f"{REPORT}?language=ky").content.decode()

    def test_of_a_third_one_is_led_to_what_readers_see(self, enter, kyrgyz_editor, twin, russian):
        html = enter(roles.EDITORS["en"]).get(f"{REPORT}?language=ky").content.decode()
        assert (f'<a href="{russian.url}">Крыша</a>' in html, f"/pages/{twin.pk}/edit/" in html) == (True, False)


def test_the_report_leads_to_a_draft_that_was_begun(office, kyrgyz, russian):
    form = reverse("wagtailadmin_pages:edit", args=[kyrgyz.get_target_instance().pk])
    assert f'<a href="{form}">' in office.get(f"{REPORT}?language=ky").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_costs_the_same_for_one_and_for_three(enter, count):
    for number in range(count):
        articles.translated(articles.published(f"roof-{number}"), "ky")
    ArticlePage.objects.filter(locale__language_code="ky").update(live=False)
    browser = enter(roles.EDITOR)
    browser.get(REPORT)  # content types are asked for once
    with CaptureQueriesContext(connection) as asked:
        browser.get(REPORT)
    assert len(asked) == 24
