"""Faces of calls: what readers of each language are told, when a page appears, and that no draft is heard of."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from ashar.accounts import roles
from ashar.outbox import consuming, delivering
from cms import trees
from cms.blocks.cards import CallCardsBlock
from cms.models import CallIndexPage, CallPage
from grants import calls
from tests.cms.conftest import LANGUAGES
from tests.factories.calls import WORDS, DraftCallFactory, OpenCallFactory, PublishedCallFactory
from tests.factories.moments import NOON

NEVER = datetime(2099, 1, 1, tzinfo=UTC)  # pages ask for the moment of now; this one does not come
STATES = {"ky": "Өтүнмөлөр кабыл алынууда", "ru": "Заявки принимаются", "en": "Takes applications"}


@pytest.fixture
def business(planted):
    """An open call with its pages."""
    call = OpenCallFactory(slug="business", closes_at=NEVER)
    trees.show_call(call)
    return call


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().replace("\xa0", " ")


def shown(pages, code: str = "ru") -> str:
    with translation.override(code):
        block = CallCardsBlock()
        return block.render(block.to_python({"title": "Гранты", "pages": [page.pk for page in pages]}))


@pytest.mark.parametrize("code", LANGUAGES)
class TestInEveryLanguage:
    def test_the_page_says_what_was_announced(self, client, business, code):
        html = html_of(client, f"/{code}/calls/business/")
        told = [WORDS[f"{word}_{code}"] for word in ("title", "summary", "terms", "applying")]
        assert [text for text in (*told, STATES[code]) if text not in html] == []
        assert {"ky": "5 000 000 сом", "ru": "5 000 000 сом", "en": "KGS 5,000,000"}[code] in html

    def test_the_list_and_the_home_page_show_its_card(self, client, business, code):
        for page in ("calls/", ""):
            assert html_of(client, f"/{code}/{page}").count(f'<a href="/{code}/calls/business/">') == 1

    def test_the_card_of_a_link_is_a_picture(self, client, business, code):
        assert client.get(f"/{code}/calls/business/card.png")["Content-Type"] == "image/png"


class TestWhereItStands:
    def test_before_its_hour_it_tells_when(self, client, planted):
        call = PublishedCallFactory(opens_at=NEVER - timedelta(days=1), closes_at=NEVER)
        trees.show_call(call)
        html = html_of(client, f"/ru/calls/{call.slug}/")
        assert "Скоро откроется" in html
        assert "31 декабря 2098 г." in html
        assert f"/ru/calls/{call.slug}/" not in html_of(client, "/ru/")

    def test_past_its_deadline_nobody_is_told_how_to_apply(self, client, planted):
        call = OpenCallFactory(closes_at=NOON)
        trees.show_call(call)
        html = html_of(client, f"/ru/calls/{call.slug}/")
        assert "Приём заявок окончен" in html
        assert WORDS["applying_ru"] not in html

    def test_a_cancelled_one_says_so_and_keeps_the_reason_inside(self, client, business):
        calls.cancel(business, reason="Money went elsewhere", by=None, at=NOON)
        html = html_of(client, "/ru/calls/business/")
        assert "Конкурс отменён" in html
        assert "Money went elsewhere" not in html
        assert WORDS["applying_ru"] not in html
        assert "подать заявку уже нельзя" in html

    def test_what_travels_says_so_too(self, client, business):
        def summary():
            return html_of(client, "/ru/calls/feed.atom")

        before = client.get("/ru/calls/business/card.png").content
        assert "Крайний срок: 1 января 2099" in summary()
        calls.cancel(business, reason="Money went elsewhere", by=None, at=NOON)
        delivering.drain(NOON)
        assert "Крайний срок" not in summary()
        assert "Конкурс отменён" in summary()
        assert client.get("/ru/calls/business/card.png").content != before

    def test_a_draft_is_heard_of_nowhere(self, client, planted):
        call = DraftCallFactory(slug="secret")
        trees.show_call(call)
        assert client.get("/ru/calls/secret/").status_code == client.get("/ru/calls/secret/card.png").status_code == 404
        listed = [html_of(client, place) for place in ("/ru/", "/ru/calls/", "/ru/calls/feed.atom", "/sitemap.xml")]
        assert [text for text in listed if "secret" in text] == []
        assert shown(CallPage.objects.filter(call=call)).strip() == ""

    def test_without_any_the_home_page_has_no_such_part_and_the_list_says_so(self, client, planted):
        assert "Открытые конкурсы" not in html_of(client, "/ru/")
        assert "Сейчас открытых конкурсов нет." in html_of(client, "/ru/calls/")


class TestPages:
    def test_come_with_the_announcement(self, planted):
        call = PublishedCallFactory()
        assert call.pages.count() == 0
        delivering.drain(NOON)
        assert sorted(call.pages.values_list("locale__language_code", flat=True)) == sorted(LANGUAGES)
        assert call.pages.values("translation_key").distinct().count() == 1

    def test_stand_in_the_feed_from_the_announcement_on(self, client, planted):
        PublishedCallFactory(slug="business", closes_at=NEVER)
        delivering.drain(NOON)
        for code in LANGUAGES:
            assert html_of(client, f"/{code}/calls/feed.rss").count(f"/{code}/calls/business/</link>") == 1

    def test_are_made_by_nobody_and_keep_the_title_that_was_announced(self, business):
        assert CallPage not in CallIndexPage.creatable_subpage_models()
        form = CallPage.get_edit_handler().get_form_class()
        assert sorted(set(form.base_fields) & {"title", "call", "body"}) == ["body"]

    def test_are_planted_for_calls_that_came_before_the_trees(self, planted):
        call = PublishedCallFactory()
        draft = DraftCallFactory()
        trees.plant()
        assert (call.pages.count(), draft.pages.count()) == (3, 0)

    def test_are_made_anew_when_what_they_show_moves(self, client, business, committed):
        client.get("/ru/calls/business/")
        calls.cancel(business, reason="Money went elsewhere", by=None, at=NOON)
        with committed():
            delivering.drain(NOON)
        assert "Конкурс отменён" in html_of(client, "/ru/calls/business/")

    def test_there_is_one_for_each_language(self, business):
        index = CallIndexPage.objects.get(locale__language_code="ru")
        twin = CallPage(title="x", slug="twin", call=business, locale=index.locale)
        with pytest.raises(ValidationError) as refusal:
            twin.clean()
        assert len(refusal.value.messages) == 1

    def test_a_copy_is_no_second_face(self, business, enter):
        page = CallPage.objects.get(call=business, locale__language_code="ru")
        copy = page.copy(update_attrs={"slug": "twin"}, keep_live=False)
        form = {"body-count": 0, "slug": "twin", "seo_title": "", "search_description": "", "action-publish": "1"}
        answer = enter(roles.EDITOR).post(
            reverse("wagtailadmin_pages:edit", args=[copy.pk]), form, HTTP_ACCEPT_LANGUAGE="en"
        )
        assert "This call has a page in this language already." in answer.content.decode()
        assert not CallPage.objects.get(pk=copy.pk).live

    def test_stand_only_below_the_list(self):
        assert CallPage.allowed_parent_page_models() == [CallIndexPage]
        assert CallPage.allowed_subpage_models() == []

    def test_one_that_an_editor_withdrew_is_lent_to_its_readers(self, client, business):
        page = CallPage.objects.get(call=business, locale__language_code="ru")
        page.body = [("text", "<p>Бланк лежит здесь.</p>")]
        page.save_revision().publish()
        CallPage.objects.get(call=business, locale__language_code="ky").unpublish()
        html = html_of(client, "/ky/calls/business/")
        assert WORDS["terms_ky"] in html
        assert re.search(r'lang="ru">\s*.*Бланк лежит здесь', html, re.DOTALL)

    def test_tell_machines_of_the_grant(self, client, business, settings):
        html = html_of(client, "/en/calls/business/")
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        told = json.loads(block)
        assert (told["@type"], told["url"]) == ("MonetaryGrant", f"{settings.SITE_URL}/en/calls/business/")
        assert told["amount"] == {"@type": "MonetaryAmount", "currency": "KGS", "value": "250000.00"}

    def test_the_sitemap_knows_when_a_call_moved(self, business):
        pages = list(CallPage.findable())
        assert set(CallPage.changes(pages).values()) == {business.opens_at}


@pytest.mark.parametrize(
    ("topic", "name"), [("call.published", "cms.call_gets_pages"), ("call.changed", "cms.pages_forget_call")]
)
def test_we_listen_to(topic, name):
    assert [known.name for known in consuming.of_topic(topic)] == [name]


class TestCards:
    @pytest.mark.parametrize("code", LANGUAGES)
    def test_speak_the_readers_language(self, business, code):
        assert WORDS[f"title_{code}"] in shown(CallPage.objects.filter(locale__language_code="ru"), code)

    def test_a_call_chosen_in_two_languages_stands_once(self, business):
        assert shown(CallPage.objects.filter(call=business)).count("<article") == 1

    def test_the_nearest_deadline_stands_first(self, business):
        sooner = OpenCallFactory(slug="sooner", closes_at=timezone.now() + timedelta(days=2), title_ru="Скоро")
        trees.show_call(sooner)
        html = shown(CallPage.objects.filter(locale__language_code="ru"))
        assert html.index("Скоро") < html.index(WORDS["title_ru"])
        assert html.count("<article") == 2

    def test_a_page_that_was_deleted_takes_nothing_with_it(self, business):
        block = CallCardsBlock()
        page = CallPage.objects.get(locale__language_code="ru")
        assert block.render(block.to_python({"title": "", "pages": [page.pk, 999_999]})).count("<article") == 1
