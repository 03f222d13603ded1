"""Addresses of the pages that editors make: Latin letters, from the form and without it."""

import json
import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from ashar.accounts import roles
from ashar.web import slugs
from cms.address_field import AddressInput
from cms.pages.associations import AssociationPage
from cms.pages.home import HomePage
from cms.pages.news import ArticlePage, NewsIndexPage
from cms.pages.projects import ProjectIndexPage
from tests.factories import articles
from tests.factories.associations import AssociationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(planted):
    return HomePage.objects.get(locale__language_code="ky")


def page_titled(home, title):
    return home.add_child(instance=ProjectIndexPage(title=title, lead="…", locale=home.locale))


@pytest.mark.parametrize(
    ("title", "address"),
    [("Ысык-Көл", "ysyk-kol"), ("Жалал-Абад жаңылыктары", "jalal-abad-jangylyktary"), ("Объявления", "obyavleniya")],
)
def test_a_page_without_an_address_gets_one_from_its_title(home, title, address):
    assert page_titled(home, title).slug == slugs.slug(title) == address


def test_a_second_page_of_the_same_title_has_another_address(home):
    page_titled(home, "Ысык-Көл")

    assert page_titled(home, "Ысык-Көл").slug == "ysyk-kol-2"


def test_an_address_that_the_editor_wrote_stays(home):
    page = home.add_child(instance=ProjectIndexPage(title="Ысык-Көл", slug="issyk-kul", lead="…", locale=home.locale))

    assert page.slug == "issyk-kul"


def test_a_new_title_does_not_move_the_page(home):
    page = page_titled(home, "Ысык-Көл")
    page.title = "Нарын"
    page.save()

    assert Page.objects.get(pk=page.pk).slug == "ysyk-kol"


def test_an_editor_who_leaves_the_address_empty_gets_a_page(enter, planted):
    index = Page.objects.get(slug="associations", locale__language_code="ky")
    association = AssociationFactory(slug="kochkor-seoul")

    enter("administrator").post(
        reverse("wagtailadmin_pages:add", args=("cms", "associationpage", index.pk)),
        {"title": "Өзгөндүктөр", "slug": "", "association": association.pk, "comments-TOTAL_FORMS": 0,
         "comments-INITIAL_FORMS": 0, "comments-MIN_NUM_FORMS": 0, "comments-MAX_NUM_FORMS": ""},
    )  # fmt: skip

    assert AssociationPage.objects.get(association=association, locale=index.locale).slug == "ozgonduktor"


def test_the_form_writes_addresses_as_we_do(enter, home):
    page = enter("administrator").get(reverse("wagtailadmin_pages:edit", args=[home.pk])).content.decode()

    assert 'data-w-slug-formatters-value="[[[' in page


@pytest.mark.parametrize("title", ["Ысык-Көл", "Жети-Өгүз", "Жеңиш айылы", "Объезд, подъём", "ЩЁЧКА"])
def test_letter_by_letter_is_the_same_as_the_whole(title):
    """The browser replaces one letter after another; what is left is then made small and joined by hyphens."""
    text = title
    for (pattern, flags), latin in json.loads(AddressInput().attrs["data-w-slug-formatters-value"]):
        assert flags == "gu"
        text = re.sub(pattern, latin, text)

    assert re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") == slugs.slug(title)


class TestTwoOfOneTitle:
    """What stands in a form: the title that is used, and the address that the browser made of it."""

    @pytest.fixture
    def news(self, planted):
        articles.published("chatyr", "ky", title="Чатыр")
        return NewsIndexPage.objects.get(locale__language_code="ky")

    def made(self, desk, news, slug: str, title: str = "Чатыр") -> str:
        """Return the address that a new article got, or nothing where there is none."""
        before = set(ArticlePage.objects.values_list("pk", flat=True))
        told = {**articles.form(title, [("text", articles.rich("Сөз"))]), "slug": slug}
        desk.post(reverse("wagtailadmin_pages:add", args=("cms", "articlepage", news.pk)), told)
        return ArticlePage.objects.exclude(pk__in=before).values_list("slug", flat=True).first() or ""

    @pytest.mark.parametrize("written", ["chatyr", ""])
    def test_the_second_is_numbered_and_so_is_the_third(self, enter, news, written):
        desk = enter(roles.EDITOR)
        assert [self.made(desk, news, written) for _ in range(2)] == ["chatyr-2", "chatyr-3"]

    def test_one_that_an_editor_chose_is_refused(self, enter, news):
        assert self.made(enter(roles.EDITOR), news, "chatyr", title="Башка чатыр") == ""

    def test_a_long_one_is_numbered_too(self, enter, news):
        title = "Жаңы мектептин чатыры кышка чейин жабылды, айылдаштар менен ашар уюштурулду, баары келди"
        long = slugs.slug(title, longest=255)
        desk = enter(roles.EDITOR)
        assert len(long) > 80
        assert [self.made(desk, news, long, title) for _ in range(2)] == [long, f"{long}-2"]

    def test_saving_by_itself_goes_on_with_its_number(self, enter, news):
        desk = enter(roles.EDITOR)
        self.made(desk, news, "chatyr")
        page = ArticlePage.objects.get(slug="chatyr-2")
        told = {**articles.form("Чатыр", [("text", articles.rich("Сөз"))]), "slug": "chatyr"}
        for _ in range(2):
            answer = desk.post(f"/cms/pages/{page.pk}/edit/", told, HTTP_ACCEPT="application/json")
            assert answer.json()["success"] is True
            assert page.get_latest_revision_as_object().slug == "chatyr-2"
            page.refresh_from_db()
