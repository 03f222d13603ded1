"""Written pages handed on through the translators' own tool: words are translated, facts go along, names stay."""

import re

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.models import Contact, ContactPage
from cms.pages.faq import FaqPage
from cms.pages.guides import GuidePage, Stage
from cms.pages.statistics import StatisticsPage
from tests.cms.test_contact import contacts, main
from tests.cms.test_faq import NAMES, faq
from tests.cms.test_guides import guide
from tests.cms.test_statistics import CONTRADICTION, statistics
from tests.factories.snippets import snippet

pytestmark = pytest.mark.usefixtures("planted")


def translate(page, words: dict[str, str]) -> None:
    """Publish `page` in Kyrgyz with `words`, source → translation; what is not among them stays as it is."""
    kept = type(page).objects.get(pk=page.pk)  # as it lies in the database, where every block has its name
    source, _is_new = TranslationSource.update_or_create_from_instance(kept)
    kyrgyz = Locale.objects.get(language_code="ky")
    for segment in source.stringsegment_set.select_related("string", "context"):
        facts = {"translation_of": segment.string, "locale": kyrgyz, "context": segment.context}
        StringTranslation.objects.create(**facts, data=words.get(segment.string.data, segment.string.data))
    Translation.objects.create(source=source, target_locale=kyrgyz).save_target(publish=True)


def test_a_guide_keeps_its_stage_its_way_and_its_check_and_waits_to_be_published(client):
    page = guide("labour", stage=Stage.RETURN, country_from="RU", country_to="KG", lead="До зимы.")
    translate(page, {"До зимы.": "Кышка чейин.", "Сөз": "Башка сөз"})
    twin = GuidePage.objects.get(locale__language_code="ky")
    assert (twin.lead, twin.stage, twin.country_from, twin.country_to, twin.checked_on, twin.translation_key) == (
        "Кышка чейин.",
        Stage.RETURN,
        "RU",
        "KG",
        page.checked_on,
        page.translation_key,
    )
    assert not twin.live
    twin.get_latest_revision().publish()
    html = client.get("/ky/guides/labour/").content.decode()
    assert "<p>Башка сөз</p>" in html
    assert "которула элек" not in html


def test_a_question_keeps_its_name(client):
    faq("ru", NAMES)
    translate(FaqPage.objects.get(locale__language_code="ru"), {"Увидят ли имя?": "Атым көрүнөбү?"})
    html = client.get("/ky/faq/").content.decode()
    assert re.findall(r'id="(q-[^"]*)"><summary class="faq-asked">([^<]*)', html) == [
        ("q-bbbbbbbb", "Атым көрүнөбү?"),
        ("q-cccccccc", "А почту?"),
    ]


def test_a_figure_keeps_its_value_and_year(client):
    page = statistics("ru", CONTRADICTION)
    translate(page, {"человек": "адам"})
    [measure] = StatisticsPage.objects.get(locale__language_code="ky").measures
    assert [(each["value"], each["year"], each["unit"]) for each in measure.value["figures"]] == [
        ("1063000", 2022, "адам"),
        ("411226", 2024, "адам"),
    ]


def test_a_snippet_is_translated_by_itself_and_a_page_takes_its_translation_along(client):
    contact = snippet(Contact, purpose="Паспорта", phone="+996 312 000 000")
    contacts("ru", contact)
    translate(contact, {"Консульство": "Консулдук", "Паспорта": "Паспорт"})
    twin = Contact.objects.get(locale__language_code="ky")
    assert (twin.name, twin.purpose, twin.phone, twin.translation_key) == (
        "Консулдук",
        "Паспорт",
        "+996 312 000 000",
        contact.translation_key,
    )
    translate(ContactPage.objects.get(locale__language_code="ru"), {"Консульства": "Консулдуктар"})
    page = ContactPage.objects.get(locale__language_code="ky")
    assert [each.pk for each in page.body[0].value["contacts"]] == [twin.pk]
    assert "<strong>Консулдук</strong>" in main(client, "ky")
