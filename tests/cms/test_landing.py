"""Landing pages: at one word of their own below the home page, with a picture when it is ready and ways to go on."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import StringSegment

from ashar.accounts import roles
from cms import renditions
from cms.models import HomePage, LandingPage, ProjectIndexPage
from tests.badinput import files

pytestmark = pytest.mark.usefixtures("planted")


def landing(slug: str = "about", code: str = "ru", **facts: object) -> LandingPage:
    home = HomePage.objects.get(locale__language_code=code)
    words = {"title": f"{slug} {code}", "lead": "Коротко.", **facts}
    return home.add_child(instance=LandingPage(slug=slug, locale=home.locale, **words))


def ways(*told: dict[str, object]) -> str:
    return json.dumps([{"type": "way", "value": {"page": None, "address": "", **each}} for each in told])


def read(client, address: str = "/ru/about/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestThePage:
    def test_says_its_lead_and_its_story(self, client):
        landing(body=[("text", "<p>Соседи строят дом.</p>")])
        html = read(client)
        assert '<p class="lead">Коротко.</p>' in html
        assert "<p>Соседи строят дом.</p>" in html

    def test_leads_on_and_the_first_way_stands_out(self, client):
        page = ProjectIndexPage.objects.get(locale__language_code="ru")
        landing(
            ways=ways({"label": "Выбрать", "page": page.pk}, {"label": "Читать", "address": "https://example.org/"})
        )
        assert re.findall(r'<a class="(button[^"]*)" href="([^"]*)">([^<]*)', read(client))[:2] == [
            ("button", "/ru/projects/", "Выбрать"),
            ("button button-quiet", "https://example.org/", "Читать"),
        ]

    def test_shows_no_button_that_leads_nowhere(self, client):
        page = ProjectIndexPage.objects.get(locale__language_code="ru")
        landing(ways=ways({"label": "Выбрать", "page": page.pk}, {"label": "Пропало", "page": 999_999}))
        page.unpublish()
        html = read(client)
        assert [word for word in ("Выбрать", "Пропало") if word in html] == []

    def test_shows_its_picture_once_that_is_ready(self, client, committed):
        picture = get_image_model().objects.create(
            title="x", file=ContentFile(files.picture(size=(40, 20)), name="x.png")
        )
        page = landing(image=picture, alt_text="Мост")
        assert "<picture" not in read(client)
        renditions.make(picture, wide=True)
        with committed():
            page.save_revision().publish()
        [shown] = re.findall(r'<div class="landing-picture">(<picture.*?)</div>', read(client), re.DOTALL)
        assert 'alt="Мост"' in shown

    def test_is_lent_to_a_language_that_has_none(self, client):
        landing()
        html = read(client, "/ky/about/")
        assert '<article class="landing stack-wide" lang="ru">' in html

    def test_has_an_own_page_where_there_is_one(self, client):
        page = landing()
        landing(code="ky", translation_key=page.translation_key)
        assert "<h1>about ky</h1>" in read(client, "/ky/about/")

    def test_is_found_by_machines(self, client, settings):
        landing()
        assert f"<loc>{settings.SITE_URL}/ru/about/</loc>" in client.get("/sitemap.xml").content.decode()
        [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', read(client))
        assert (json.loads(block)["@type"], json.loads(block)["inLanguage"]) == ("WebPage", "ru")

    @pytest.mark.parametrize("live", [True, False])
    def test_of_a_draft_or_private_one_there_is_none(self, client, live):
        page = landing(live=live)
        if live:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        assert client.get("/ru/about/").status_code in ({302} if live else {404})
        assert "/ru/about/" not in client.get("/sitemap.xml").content.decode()


class TestItsAddress:
    def test_is_not_one_that_the_site_uses(self):
        page = landing()
        page.full_clean()
        page.slug = "styleguide"
        with pytest.raises(ValidationError) as refusal:
            page.full_clean()
        with translation.override("ru"):
            assert refusal.value.message_dict == {"slug": ["Этот адрес использует сам сайт. Выберите другой."]}

    def test_is_not_that_of_a_branch(self):
        with pytest.raises(ValidationError):
            landing("projects")

    def test_an_unknown_one_leads_nowhere(self, client):
        landing()
        assert [client.get(f"/ru/{path}/").status_code for path in ("nowhere", "about/further")] == [404, 404]


class TestItsPicture:
    @pytest.mark.parametrize(("words", "is_out"), [("", False), ("Мост", True)])
    def test_is_told_in_words_before_it_goes_out(self, enter, words, is_out):
        picture = get_image_model().objects.create(title="x", file=ContentFile(files.picture(), name="x.png"))
        page = landing(live=False)
        told = {"title": page.title, "slug": page.slug, "lead": page.lead, "ways-count": "0", "body-count": "0"}
        told |= {"image": str(picture.pk), "alt_text": words, "action-publish": "1"}
        enter(roles.EDITOR).post(f"/cms/pages/{page.pk}/edit/", told)
        page.refresh_from_db()
        assert (page.live, page.image) == (is_out, picture if is_out else None)

    def test_has_words_that_are_translated(self, enter):
        page = landing(alt_text="Мост")
        enter(roles.EDITOR).post(
            f"/cms/localize/submit/page/{page.pk}/", {"locales": [Locale.objects.get(language_code="ky").pk]}
        )
        assert "Мост" in StringSegment.objects.values_list("string__data", flat=True)


class TestWhoWrites:
    @pytest.mark.parametrize(("role", "status"), [(roles.EDITOR, 200), (roles.EDITORS["ru"], 200), (roles.EDITORS["ky"], 302), (roles.AUTHOR, 302)])  # fmt: skip
    def test_editors_in_their_own_language(self, enter, role, status):
        home = HomePage.objects.get(locale__language_code="ru")
        assert enter(role).get(f"/cms/pages/add/cms/landingpage/{home.pk}/").status_code == status

    @pytest.mark.parametrize("told", [{"label": "Никуда"}, {"label": "Дурно", "address": "javascript:alert(1)"}])
    def test_a_way_leads_somewhere(self, told):
        page = landing()
        page.ways = ways(told)
        with pytest.raises(ValidationError):
            page.ways.stream_block.clean(page.ways)
