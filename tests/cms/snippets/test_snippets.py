"""Snippets: written once, shown in the reader's language on many pages, and none of them taken from under a page."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import ReferenceIndex

from ashar.accounts import roles
from cms import page_cache
from cms.blocks.known_contacts import KnownContactsBlock
from cms.blocks.known_figures import KnownFiguresBlock
from cms.blocks.partners import PartnersBlock
from cms.models import Contact, ContactPage, Figure, Partner
from cms.snippets.snippet import with_translations
from tests.cms.conftest import LANGUAGES
from tests.factories.snippets import WHOLE, snippet

pytestmark = pytest.mark.usefixtures("planted")
KINDS = tuple(WHOLE)
BLOCKS = {
    Contact: (KnownContactsBlock, "contacts"),
    Partner: (PartnersBlock, "partners"),
    Figure: (KnownFiguresBlock, "figures"),
}


def shown(*rows, code: str = "ru") -> str:
    block, many = BLOCKS[type(rows[0])]
    with translation.override(code):
        return block().render(block().to_python({"title": "Список", many: [row.pk for row in rows]}))


def on_a_page(*rows: Contact, code: str = "ru") -> ContactPage:
    page = ContactPage.objects.get(locale__language_code=code)
    page.body = [("known_contacts", {"title": "", "contacts": list(rows)})]
    page.save_revision().publish()
    return page


class TestSpeaking:
    @pytest.mark.parametrize("kind", KINDS)
    def test_is_in_the_readers_language_whichever_was_chosen(self, kind):
        russian = snippet(kind)
        kyrgyz = snippet(kind, "ky", of=russian)
        for chosen in (russian, kyrgyz):
            assert {code: f'lang="{code}"' in shown(chosen, code=code) for code in ("ky", "ru")} == {
                "ky": True,
                "ru": True,
            }

    @pytest.mark.parametrize("kind", KINDS)
    def test_says_its_language_where_that_is_another(self, kind):
        assert 'lang="ru"' in shown(snippet(kind), code="en")

    @pytest.mark.parametrize("kind", KINDS)
    def test_shows_no_draft_and_no_heading_over_nothing(self, kind):
        assert shown(snippet(kind, live=False)).strip() == ""

    def test_a_draft_translation_waits(self):
        russian = snippet(Contact)
        snippet(Contact, "ky", of=russian, name="Консулдук", live=False)
        assert "Консулдук" not in shown(russian, code="ky")

    def test_two_translations_chosen_stand_once(self):
        russian = snippet(Contact)
        assert shown(russian, snippet(Contact, "ky", of=russian)).count("<address") == 1

    def test_one_that_was_deleted_takes_nothing_with_it(self):
        block = KnownContactsBlock()
        value = block.to_python({"title": "", "contacts": [snippet(Contact).pk, 999_999]})
        assert block.render(value).count("<address") == 1

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("count", [1, 3])
    def test_costs_one_query_for_all_of_a_block(self, kind, count):
        rows = [snippet(kind) for _ in range(count)]
        for row in rows:
            snippet(kind, "ky", of=row)
        with CaptureQueriesContext(connection) as told:
            shown(*rows)
        assert len(told) == 1

    def test_one_found_otherwise_asks_once(self):
        row = Contact.objects.get(pk=snippet(Contact).pk)
        with CaptureQueriesContext(connection) as told:
            assert row.spoken("ky") == row
        assert len(told) == 1

    def test_nothing_chosen_asks_nothing(self):
        with CaptureQueriesContext(connection) as told:
            assert list(BLOCKS[Contact][0]().to_python({"title": "", "contacts": []})["contacts"]) == []
        assert len(told) == 0
        assert with_translations(Contact, [None]) == []


class TestWhatIsShown:
    def test_a_contact_can_be_called_written_to_and_found(self):
        html = shown(
            snippet(
                Contact,
                purpose="Паспорта",
                hours="9:00 – 12:00 (Сеул)",
                phone="+82 2 000 0000",
                email="a@example.org",
                address="Сеул\n1",
                map_link="https://maps.example.org/1",
            )
        )
        assert 'href="tel:+82 2 000 0000"' in html
        assert 'href="mailto:a@example.org"' in html
        assert '<a href="https://maps.example.org/1" rel="noopener nofollow">На карте</a>' in html
        assert ("Паспорта" in html, "9:00 – 12:00 (Сеул)" in html, "Сеул<br>1" in html) == (True, True, True)

    def test_a_figure_is_told_as_on_the_page_of_figures(self):
        html = shown(snippet(Figure, up_to="2000000", source_link="https://example.org/a"))
        assert '<div class="statistics-value">1\u00a0063\u00a0000 – 2\u00a0000\u00a0000</div>' in html
        assert '<span class="statistics-unit">сом</span><p class="small soft">2024</p>' in html
        assert '<a href="https://example.org/a" rel="noopener">Банк</a>' in html

    def test_a_partner_leads_to_its_site(self):
        assert '<a href="https://www.example.org/" rel="noopener">example.org</a>' in shown(
            snippet(Partner, link="https://www.example.org/")
        )

    @pytest.mark.parametrize("kind", KINDS)
    def test_no_word_acts(self, kind):
        fields = [field.name for field in kind._meta.fields if field.name in WHOLE[kind] and field.name != "year"]
        html = shown(
            snippet(kind, **{name: "<img src=x onerror=y>"[: kind._meta.get_field(name).max_length] for name in fields})
        )
        assert "<img" not in html
        assert "&lt;img" in html


class TestRefused:
    @pytest.mark.parametrize(
        ("kind", "facts"),
        [
            (Contact, {"phone": "позвоните"}),
            (Contact, {"map_link": "javascript:alert(1)"}),
            (Partner, {"link": "javascript:alert(1)"}),
            (Partner, {"work": ""}),
            (Figure, {"value": "1 063 000"}),
            (Figure, {"up_to": "много"}),
            (Figure, {"year": 1917}),
            (Figure, {"source": ""}),
        ],
    )
    def test_what_is_no_phone_link_number_or_source(self, kind, facts):
        row = snippet(kind)
        for name, value in facts.items():
            setattr(row, name, value)
        with pytest.raises(ValidationError) as refusal:
            row.full_clean()
        assert list(refusal.value.message_dict) == list(facts)


class TestAFigureInItsForm:
    @pytest.mark.parametrize(
        ("typed", "kept"), [("1 234,50", "1234.5"), ("5,5", "5.5"), ("1063000", "1063000"), ("1,234.5", "1234.5")]
    )
    def test_is_typed_as_elsewhere_and_kept_plain(self, enter, typed, kept):
        row, desk = snippet(Figure), enter(roles.EDITOR)
        told = {name: getattr(row, name) for name in WHOLE[Figure]} | {"value": typed, "action-publish": "1"}
        address = reverse("wagtailsnippets_cms_figure:edit", args=[row.pk])
        assert desk.post(address, told).status_code == 302
        assert Figure.objects.get(pk=row.pk).value == kept

    def test_stands_there_as_it_is_printed(self, enter):
        row, desk = snippet(Figure, up_to="2000.5"), enter(roles.EDITOR)
        html = desk.get(
            reverse("wagtailsnippets_cms_figure:edit", args=[row.pk]), headers={"accept-language": "ru"}
        ).content.decode()
        assert ('value="1\u00a0063\u00a0000"' in html, 'value="2\u00a0000,5"' in html) == (True, True)

    @pytest.mark.parametrize("typed", ["1,234", "много"])
    def test_that_means_two_numbers_or_none_is_refused(self, enter, typed):
        row, desk = snippet(Figure), enter(roles.EDITOR)
        told = {name: getattr(row, name) for name in WHOLE[Figure]} | {"value": typed, "action-publish": "1"}
        desk.post(reverse("wagtailsnippets_cms_figure:edit", args=[row.pk]), told)
        assert Figure.objects.get(pk=row.pk).value == "1063000"


class TestChanging:
    @pytest.mark.parametrize("kind", KINDS)
    def test_makes_every_kept_page_stale(self, kind, django_capture_on_commit_callbacks):
        row = snippet(kind)
        for change in (row.save, row.delete):
            before = page_cache.version()
            with django_capture_on_commit_callbacks(execute=True):
                change()
            assert page_cache.version() != before

    def test_changes_every_page_that_shows_it(self, client, enter, django_capture_on_commit_callbacks):
        row = snippet(Contact)
        for code in LANGUAGES:
            on_a_page(row, code=code)
        assert [client.get(f"/{code}/contact/").content.decode().count("Консульство") for code in LANGUAGES] == [1] * 3
        told = {"name": "Новый дом", "action-publish": "1"}
        with django_capture_on_commit_callbacks(execute=True):
            response = enter(roles.EDITOR).post(reverse("wagtailsnippets_cms_contact:edit", args=[row.pk]), told)
        assert response.status_code == 302
        assert [client.get(f"/{code}/contact/").content.decode().count("Новый дом") for code in LANGUAGES] == [1] * 3

    def test_kept_as_a_draft_it_changes_nothing(self, client, enter):
        row = snippet(Contact)
        on_a_page(row)
        enter(roles.EDITOR).post(reverse("wagtailsnippets_cms_contact:edit", args=[row.pk]), {"name": "Новый дом"})
        assert "Новый дом" not in client.get("/ru/contact/").content.decode()
        assert Contact.objects.get(pk=row.pk).get_latest_revision_as_object().name == "Новый дом"

    @pytest.mark.parametrize("verb", ["get", "post"])
    def test_one_in_use_is_not_deleted_and_it_is_said_where_it_stands(self, enter, verb):
        row = snippet(Contact)
        on_a_page(row)
        browser = enter(roles.EDITOR)
        response = getattr(browser, verb)(reverse("wagtailsnippets_cms_contact:delete", args=[row.pk]))
        assert response.headers["Location"] == reverse("wagtailsnippets_cms_contact:usage", args=[row.pk])
        html = browser.get(response.headers["Location"]).content.decode()
        assert "стоит на страницах, удалить его нельзя" in html
        assert Contact.objects.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("kind", KINDS)
    def test_stands_in_its_list_with_its_language(self, kind, enter):
        for code in LANGUAGES:
            snippet(kind, code)
        html = enter(roles.EDITOR).get(reverse(f"wagtailsnippets_cms_{kind._meta.model_name}:list")).content.decode()
        table = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<tbody>")[2].partition("</tbody>")[0]))
        assert [table.count(f" {name} ") for name in ("Кыргызча", "Русский", "English")] == [1, 1, 1]

    def test_a_figure_writes_its_number_as_the_reader_does(self):
        row = snippet(Figure, value="1063.5", up_to="2000")
        told = {}
        for code in LANGUAGES:
            with translation.override(code):
                told[code] = str(row)
        assert told == {
            "ky": "Переводы: 1\u00a0063,5 – 2\u00a0000 (2024)",
            "ru": "Переводы: 1\u00a0063,5 – 2\u00a0000 (2024)",
            "en": "Переводы: 1,063.5 – 2,000 (2024)",
        }

    def test_one_that_nobody_shows_is_deleted(self, enter):
        row = snippet(Contact)
        on_a_page(snippet(Contact))
        enter(roles.EDITOR).post(reverse("wagtailsnippets_cms_contact:delete", args=[row.pk]))
        assert not Contact.objects.filter(pk=row.pk).exists()

    def test_many_at_once_are_refused_for_the_one_in_use(self, enter):
        used, free = snippet(Contact), snippet(Contact)
        on_a_page(used)
        address = reverse("wagtail_bulk_action", args=["cms", "contact", "delete"])
        enter(roles.EDITOR).post(f"{address}?id={used.pk}&id={free.pk}")
        assert Contact.objects.count() == 2
        assert ReferenceIndex.get_references_to(used).count() == 1

    @pytest.mark.parametrize("kind", KINDS)
    def test_is_looked_at_before_it_goes_out(self, kind, enter, rf):
        row = snippet(kind)
        request = rf.get("/")
        request.user = None
        answer = row.make_preview_request(request, row.default_preview_mode)
        assert answer.status_code == 200
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
