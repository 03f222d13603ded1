"""Guides: who finds which for which stage and country, what a reader is told of a check, and what is refused."""

import json
import re
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Locale, PageViewRestriction

from cms.pages import countries, guides
from cms.pages.guides import CHECK_HOLDS, GuideIndexPage, GuidePage, Stage

pytestmark = pytest.mark.usefixtures("planted")
DAY = timedelta(days=1)


def guide(slug: str, code: str = "ru", *, live: bool = True, **facts) -> GuidePage:
    """A guide in one language for the whole world, checked today."""
    facts = {
        "title": f"{slug} {code}",
        "lead": "Кыскача.",
        "stage": Stage.ABROAD,
        "body": [("text", "<p>Сөз</p>")],
        "checked_on": timezone.localdate(),
        "checked_by": "Айжан",
        **facts,
    }
    index = GuideIndexPage.objects.get(locale__language_code=code)
    return index.add_child(instance=GuidePage(slug=slug, live=live, **facts))


def translation_of(page: GuidePage, code: str) -> GuidePage:
    return guide(page.slug, code, translation_key=page.translation_key, locale=Locale.objects.get(language_code=code))


def titles(html: str) -> list[str]:
    return re.findall(r'guide-card-title"><a href="[^"]*">([^<]*)', html)


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestTheList:
    def test_goes_the_way_from_leaving_to_home(self, client):
        for stage in reversed(Stage.values):
            guide(stage, stage=stage)
        assert titles(read(client, "/ru/guides/")) == [f"{stage} ru" for stage in Stage.values]

    def test_within_a_stage_goes_by_the_alphabet(self, client):
        for title in ("Өзгөн", "Ош", "Нарын"):
            guide(title, "ky", title=title)
        assert titles(read(client, "/ky/guides/")) == ["Нарын", "Ош", "Өзгөн"]

    def test_shows_each_guide_once_in_the_readers_language_or_the_next_best(self, client):
        translation_of(guide("both", stage=Stage.PREPARE), "ky")
        guide("russian-only", stage=Stage.RETURN)
        html = read(client, "/ky/guides/")
        assert titles(html) == ["both ky", "russian-only ru"]
        assert re.findall(r'<div lang="(\w\w)"><h2', html) == ["ru"]
        assert 'href="/ky/guides/russian-only/"' in html

    def test_leaves_out_what_is_a_draft_or_private(self, client):
        guide("draft", live=False)
        PageViewRestriction.objects.create(page=guide("private"), restriction_type=PageViewRestriction.LOGIN)
        guide("open")
        assert titles(read(client, "/ru/guides/")) == ["open ru"]

    def test_says_when_there_is_none(self, client):
        html = read(client, "/ru/guides/")
        assert "Руководств пока нет." in html
        assert "<select" not in html

    def test_marks_what_nobody_has_checked_for_long(self, client):
        guide("fresh", stage=Stage.PREPARE)
        guide("old", checked_on=timezone.localdate() - CHECK_HOLDS - DAY)
        html = read(client, "/ru/guides/")
        assert html.count("Давно не проверялось") == 1
        assert html.index("Давно не проверялось") > html.index("old ru")


class TestFilters:
    @pytest.fixture(autouse=True)
    def _guides(self, planted):
        guide("to-russia", stage=Stage.PREPARE, country_from="KG", country_to="RU")
        guide("from-russia", stage=Stage.RETURN, country_from="RU", country_to="KG")
        guide("to-korea", stage=Stage.PREPARE, country_from="KG", country_to="KR")
        guide("anywhere", stage=Stage.PREPARE)
        guide("home", stage=Stage.REINTEGRATE, country_to="KG")

    @pytest.mark.parametrize(
        ("question", "found"),
        [
            ("", ["anywhere", "to-korea", "to-russia", "from-russia", "home"]),
            ("?stage=prepare", ["anywhere", "to-korea", "to-russia"]),
            ("?stage=abroad", []),
            ("?country=RU", ["anywhere", "to-russia", "from-russia", "home"]),
            ("?stage=prepare&country=RU", ["anywhere", "to-russia"]),
            ("?country=KG", ["anywhere", "to-korea", "to-russia", "from-russia", "home"]),
            ("?stage=hostile&country=%27--", ["anywhere", "to-korea", "to-russia", "from-russia", "home"]),
        ],
    )
    def test_find(self, client, question, found):
        assert titles(read(client, f"/ru/guides/{question}")) == [f"{slug} ru" for slug in found]

    def test_only_countries_that_a_guide_names_can_be_chosen(self, client):
        html = read(client, "/ru/guides/")
        assert re.findall(r'<option value="(\w*)"', html) == ["", "KR", "RU"]

    def test_a_stage_is_a_link_that_keeps_the_country(self, client):
        html = read(client, "/ru/guides/?country=RU&stage=return")
        assert re.findall(r'class="choices-choice" href="([^"]*)"', html) == [
            "?country=RU",
            *(f"?stage={stage}&amp;country=RU" for stage in Stage.values),
        ]
        assert re.findall(r'href="([^"]*)" aria-current="true"', html) == ["?stage=return&amp;country=RU"]

    def test_the_form_keeps_the_stage(self, client):
        html = read(client, "/ru/guides/?country=RU&stage=return")
        assert '<input type="hidden" name="stage" value="return">' in html
        assert '<option value="RU" selected>' in html

    def test_the_switch_of_languages_keeps_the_choice(self, client):
        assert 'href="/ky/guides/?stage=return"' in read(client, "/ru/guides/?stage=return")

    def test_an_empty_answer_leads_back(self, client):
        html = read(client, "/ru/guides/?stage=abroad")
        assert "Подходящих руководств нет." in html
        assert '<a href="/ru/guides/">Показать все руководства</a>' in html

    def test_a_filtered_list_is_canonical_as_the_whole(self, client):
        assert 'rel="canonical" href="http://localhost:8000/ru/guides/"' in read(client, "/ru/guides/?stage=return")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_one_query(count):
    for number in range(count):
        guide(f"guide-{number}", country_to="RU")
    with CaptureQueriesContext(connection) as told:
        guides.listing("ky", QueryDict("stage=abroad&country=RU"), on=date(2026, 11, 26))
    assert len(told) == 1


class TestAGuide:
    def test_says_for_whom_it_is_and_who_checked_it(self, client):
        guide("labour", country_from="KG", country_to="RU", checked_on=timezone.localdate(), checked_by="Айжан, консул")
        html = read(client, "/ru/guides/labour/")
        assert "За рубежом · Кыргызстан → Россия" in html
        assert re.search(
            r'Последняя проверка: <time class="date" datetime="[\d-]+">[^<]+</time>\s*· Айжан, консул', html
        )

    def test_names_its_sources(self, client):
        guide("labour", sources=[("source", {"title": "Договор", "address": "https://example.org/a"})])
        assert '<a href="https://example.org/a" rel="noopener">Договор</a>' in read(client, "/ru/guides/labour/")

    @pytest.mark.parametrize(("days", "told"), [(0, 0), (CHECK_HOLDS.days, 0), (CHECK_HOLDS.days + 1, 1), (900, 1)])
    def test_warns_when_its_check_holds_no_more(self, client, days, told):
        guide("labour", checked_on=timezone.localdate() - days * DAY)
        assert read(client, "/ru/guides/labour/").count("Это руководство проверяли больше 180 дней назад.") == told

    def test_warns_in_the_language_of_the_reader(self, client):
        guide("labour", checked_on=timezone.localdate() - 200 * DAY)
        assert "акыркы жолу 180 күндөн ашык убакыт мурда текшерилген" in read(client, "/ky/guides/labour/")

    def test_is_lent_to_a_language_that_has_none(self, client):
        guide("labour")
        html = read(client, "/ky/guides/labour/")
        assert '<article class="guide stack-wide" lang="ru">' in html
        assert "Бул бет азырынча которула элек." in html

    def test_may_be_kept_on_a_phone(self, client):
        guide("labour")
        assert client.get("/ru/guides/labour/").headers["X-Offline"] == "keep"

    def test_tells_machines_when_it_was_checked_and_by_whom(self, client):
        guide("labour", checked_on=date(2026, 11, 2))
        [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(client, "/ru/guides/labour/"))
        told = json.loads(block)
        assert {name: told[name] for name in ("@type", "name", "inLanguage", "lastReviewed", "reviewedBy")} == {
            "@type": "WebPage",
            "name": "labour ru",
            "inLanguage": "ru",
            "lastReviewed": "2026-11-02",
            "reviewedBy": {"@type": "Person", "name": "Айжан"},
        }

    def test_has_a_card_where_it_is_shared(self, client):
        guide("labour")
        assert "/ru/guides/labour/card.png" in read(client, "/ru/guides/labour/")
        assert client.get("/ru/guides/labour/card.png").headers["Content-Type"] == "image/png"

    @pytest.mark.parametrize("live", [True, False])
    def test_of_a_draft_or_private_one_there_is_no_card(self, client, live):
        page = guide("secret", live=live)
        if live:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert client.get("/ru/guides/secret/card.png").status_code == 404


class TestWhatIsRefused:
    def test_a_check_on_a_day_that_has_not_come(self):
        page = guide("labour")
        page.checked_on = timezone.localdate() + DAY
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert list(refusal.value.message_dict) == ["checked_on"]

    def test_a_way_that_leads_nowhere(self):
        page = guide("labour")
        page.country_from = page.country_to = "RU"
        with translation.override("ru"), pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert refusal.value.messages == ["Две страны руководства должны быть разными."]

    def test_a_country_that_is_none(self):
        page = guide("labour")
        page.country_to = "XX"
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        assert list(refusal.value.message_dict) == ["country_to"]

    @pytest.mark.parametrize("facts", [{"stage": "retire"}, {"country_from": "RU", "country_to": "RU"}])
    def test_by_the_database_too(self, facts):
        kept = GuidePage.objects.filter(pk=guide("labour").pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.update(**facts)

    def test_a_whole_one_passes(self):
        guide("labour", country_from="KG", country_to="RU").full_clean()


class TestWays:
    @pytest.mark.parametrize(
        ("start", "end", "words"),
        [("", "", ""), ("KG", "RU", "Кыргызстан → Россия"), ("", "KR", "любая страна → Республика Корея")],
    )
    def test_are_told_in_words(self, start, end, words):
        with translation.override("ru"):
            assert guides.way(start, end) == words

    def test_countries_are_those_of_the_world_in_the_readers_alphabet(self):
        with translation.override("ky"):
            names = [name for _code, name in countries.choices()]
            codes = {code for code, _name in countries.choices()}
        assert {"KG", "RU", "KZ", "TR", "KR", "US"} <= codes
        assert codes & {"EU", "UN", "ZZ", "XA"} == set()
        assert names.index("Казакстан") < names.index("Кыргызстан") < names.index("Россия")


def test_translations_share_stage_countries_and_check():
    page = guide("labour", country_to="RU", checked_on=date(2026, 11, 2))
    copy = page.copy_for_translation(Locale.objects.get(language_code="ky"))
    assert (copy.stage, copy.country_to, copy.checked_on) == (Stage.ABROAD, "RU", date(2026, 11, 2))
    assert copy.translation_key == page.translation_key != uuid.UUID(int=0)
