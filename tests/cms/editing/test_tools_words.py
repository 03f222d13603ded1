"""What the translators' tool says of a translation: in the language of who reads, days and counts too, and no blind alley."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation
from wagtail_localize.operations import translate_object

from ashar.accounts import roles
from cms.models import Contact, Figure
from cms.templatetags.editing import versions_to_edit
from tests.cms.conftest import LANGUAGES
from tests.cms.editing.conftest import KYRGYZ, brought_back, filled, taken_away
from tests.cms.editing.test_side_by_side import form_of
from tests.cms.editing.test_strings import segment, typed
from tests.factories.moments import NOON
from tests.factories.snippets import snippet

pytestmark = pytest.mark.usefixtures("planted")


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Return how something is published, and what is said last."""

    def done(browser, address: str, language: str) -> str:
        browser.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(address, {"action": "publish"}, follow=True)
        return [str(message).strip() for message in answer.context["messages"]][-1]

    return done


@pytest.mark.parametrize(
    ("language", "day"), [("ky", "2026-ж., 1-март"), ("ru", "1 марта 2026\xa0г."), ("en", "1 March 2026")]
)
def test_the_day_of_a_text_is_of_the_readers_language(office, kyrgyz, language, day):
    typed(office, kyrgyz, "lead", "Кыскача.")
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), {"Крыша": "Чатыр"})))
    StringTranslation.objects.update(updated_at=NOON.replace(month=3, day=1))
    props = json.loads(unescape(re.search(r'data-props="(.*?)"', form_of(office, kyrgyz, language))[1]))
    said = [text["comment"] for text in props["initialStringTranslations"]]
    assert [(day in one, "March" in one) for one in said] == [(True, language == "en")] * 2


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ky", "Жарыяланды: «Чатыр» (Кыргызча)."),
        ("ru", "Опубликовано: «Чатыр» (Кыргызча)."),
        ("en", "Published 'Чатыр' in Кыргызча."),
    ],
)
def test_what_is_whole_is_said_to_be_published_though_its_address_is_the_same(office, kyrgyz, told, language, words):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    assert not StringTranslation.objects.filter(context=segment(kyrgyz, "slug").context).exists()
    page = kyrgyz.get_target_instance()
    message = told(office, reverse("wagtailadmin_pages:edit", args=[page.pk]), language)
    page.refresh_from_db()
    assert (message, page.live) == (words, True)


@pytest.mark.parametrize(("role", "live"), [(roles.EDITORS["ky"], True), (roles.EDITORS["ru"], False)])
def test_who_publishes_in_the_language_publishes_it_and_nobody_else(enter, office, kyrgyz, published, role, live):
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    assert published(enter(role), kyrgyz).live is live


def test_a_snippet_goes_out_the_same_way(office, told):
    source = snippet(Contact, live=True)
    translate_object(source, [Locale.objects.get(language_code="ky")])
    row = Contact.objects.get(locale__language_code="ky")
    translation = row.locale.translations.get()
    for each in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=each.string, context=each.context, locale=row.locale, data="Консулдук"
        )
    address = reverse(Contact.snippet_viewset.get_url_name("edit"), args=[row.pk])
    assert told(office, address, "ru") == "Опубликовано: «Консулдук» (Кыргызча)."
    row.refresh_from_db()
    assert (row.live, row.name) == (True, "Консулдук")


@pytest.mark.parametrize(
    ("language", "count"), [("ky", "Котормолор: 1"), ("ru", "Переводы: 1"), ("en", "1 translation")]
)
def test_the_list_of_translations_counts_in_the_readers_language(office, kyrgyz, language, count):
    html = office.get("/cms/localize/reports/translations/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    assert count in html


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ky", "Бул дарек мындай иштебейт"),
        ("ru", "Этот адрес так не работает"),
        ("en", "This address does not work that way"),
    ],
)
def test_the_address_of_a_text_opened_by_a_link_answers_with_a_page_of_ours(office, kyrgyz, language, title):
    address = reverse("wagtail_localize:edit_string_translation", args=[kyrgyz.pk, segment(kyrgyz, "title").pk])
    office.cookies["language"] = language
    answer = office.get(address, headers={"accept": "text/html"})
    assert (answer.status_code, title in answer.content.decode()) == (405, True)
    override = reverse("wagtail_localize:edit_override", args=[kyrgyz.pk, 1])
    assert b"Django REST" not in office.get(override, headers={"accept": "text/html"}).content


class TestHandingOnWhatEveryLanguageHas:
    @pytest.fixture
    def figures(self) -> dict[str, Figure]:
        first = snippet(Figure)
        return {"ru": first} | {code: snippet(Figure, code, of=first) for code in LANGUAGES if code != "ru"}

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            ("ky", "Ар бир тилде мунун өз варианты бар."),
            ("ru", "Версии уже есть на всех языках."),
            ("en", "There is a version in every language already."),
        ],
    )
    def test_says_so_and_leads_to_each(self, office, figures, language, words):
        html = self.page(office, figures["ru"], language)
        forms = [f'<a href="/cms/snippets/cms/figure/edit/{figure.pk}/">' for figure in figures.values()]
        assert (words in html, [form for form in forms if form not in html]) == (True, [])
        assert ('type="submit" value=' in html, "selectAll.addEventListener" in html) == (False, False)

    def test_leads_nobody_to_what_they_may_not_edit(self, person_of, figures):
        led = versions_to_edit(figures["en"], person_of(roles.EDITORS["ru"]))
        assert led == [{"language": "Русский", "href": f"/cms/snippets/cms/figure/edit/{figures['ru'].pk}/"}]

    def test_of_a_language_that_lacks_it_asks_as_before(self, office, figures):
        figures["en"].delete()
        html = self.page(office, figures["ru"], "en")
        assert ("There is a version in every language already." in html, 'name="locales"' in html) == (False, True)

    def page(self, browser, figure: Figure, language: str) -> str:
        address = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "figure", figure.pk])
        browser.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        return browser.get(address).content.decode()
