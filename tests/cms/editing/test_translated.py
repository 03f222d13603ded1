"""The report of what is written in one language and not, or not since it changed, in another."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import text as slugs
from wagtail.models import Page, PageViewRestriction

from ashar.accounts import roles
from cms.editing import translated
from cms.editing.translated import Gaps
from cms.models import ArticlePage, NewsIndexPage, PersonIndexPage, PersonPage
from tests.cms.conftest import ANONYMOUS, LANGUAGES

pytestmark = pytest.mark.usefixtures("planted")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
REPORT = "/cms/reports/untranslated/"


def article(title: str, code: str, *, first: datetime, last: datetime | None = None, of: Page | None = None, **facts):
    """An article that went out `first` on one day and `last` on another."""
    page = ArticlePage(title=title, slug=slugs.slugify(f"{title} {code}", allow_unicode=True), lead="Кыскача.", **facts)
    page.first_published_at, page.last_published_at = first, last or first
    index = NewsIndexPage.objects.get(locale__language_code=code)
    page.locale = index.locale
    if of:
        page.translation_key = of.translation_key
    return index.add_child(instance=page)


def told(code: str = "") -> dict[str, Gaps]:
    return {page.title: translated.gaps(page) for page in translated.behind(code)}


@pytest.fixture
def lonely():
    """In Russian alone."""
    return article("Lonely", "ru", first=MONDAY)


@pytest.fixture
def stale():
    """In three languages; the Russian original changed after the Kyrgyz one went out, and before the English one did."""
    page = article("Stale", "ru", first=MONDAY, last=TUESDAY)
    article("Эски", "ky", first=MONDAY + timedelta(hours=1), of=page)
    article("Fresh", "en", first=MONDAY + timedelta(hours=1), last=WEDNESDAY, of=page)
    return page


@pytest.fixture
def whole():
    page = article("Whole", "ky", first=MONDAY)
    for code in ("ru", "en"):
        article("Whole", code, first=TUESDAY, of=page)
    return page


def test_it_names_each_language_that_lacks_and_nothing_that_is_whole(lonely, stale, whole):
    assert told() == {"Stale": Gaps((), ("ky",)), "Lonely": Gaps(("ky", "en"), ())}


@pytest.mark.parametrize(("code", "titles"), [("ky", {"Stale", "Lonely"}), ("ru", set()), ("en", {"Lonely"})])
def test_by_language_it_names_what_lacks_there(lonely, stale, whole, code, titles):
    assert set(told(code)) == titles


def test_a_translation_that_is_still_a_draft_is_missing(lonely):
    article("Чыга элек", "ky", first=TUESDAY, of=lonely, live=False)
    assert told() == {"Lonely": Gaps(("ky", "en"), ())}


def test_what_is_a_draft_or_closed_to_readers_is_not_asked_for(lonely):
    article("Draft", "ru", first=MONDAY, live=False)
    PageViewRestriction.objects.create(page=article("Closed", "ru", first=MONDAY), restriction_type="login")
    assert set(told()) == {"Lonely"}


def test_people_are_asked_for_too_and_faces_of_projects_are_not(school_page):
    index = PersonIndexPage.objects.get(locale__language_code="ky")
    index.add_child(instance=PersonPage(title="Айжан", slug="a", role="Мугалим", last_published_at=MONDAY))
    assert told() == {"Айжан": Gaps(("ru", "en"), ())}


def test_every_written_kind_is_known():
    assert {ArticlePage, PersonPage} <= set(translated.kinds())


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_one_query(count):
    for number in range(count):
        article(f"Lonely-{number}", "ru", first=MONDAY)
    assert len(told()) == count  # content types are asked for once
    with CaptureQueriesContext(connection) as asked:
        told()
    assert len(asked) == 1


class TestThePage:
    def test_shows_titles_and_languages(self, enter, lonely, stale, whole):
        html = enter(roles.EDITOR).get(REPORT).content.decode()
        rows = [row for row in html.split("<tr>") if "Stale" in row or "Lonely" in row]
        assert [("Кыргызча" in row, "English" in row) for row in rows] == [(True, False), (True, True)]
        assert "Whole" not in html

    def test_is_filtered_by_language(self, enter, lonely, stale):
        html = enter(roles.EDITOR).get(f"{REPORT}?language=en").content.decode()
        assert ("Lonely" in html, "Stale" in html) == (True, False)

    @pytest.mark.parametrize("answer", ["de", "' OR 1=1", ""])
    def test_of_no_language_it_shows_all_or_says_so(self, enter, lonely, answer):
        assert enter(roles.EDITOR).get(REPORT, {"language": answer}).status_code == 200

    def test_leads_to_the_form_only_whom_may_edit(self, enter, lonely):
        form = reverse("wagtailadmin_pages:edit", args=[lonely.pk])
        found = {code: form in enter(role).get(REPORT).content.decode() for code, role in roles.EDITORS.items()}
        assert found == {"ky": False, "ru": True, "en": False}

    def test_says_when_nothing_lacks(self, enter, whole):
        client = enter(roles.EDITOR)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        assert "Every page stands in every language" in client.get(REPORT).content.decode()

    def test_is_exported_without_a_formula(self, enter):
        article("=1+1", "ru", first=MONDAY)
        answer = enter(roles.EDITOR).get(f"{REPORT}?export=csv")
        lines = b"".join(answer.streaming_content).decode().splitlines()
        assert lines[1].startswith('\'=1+1,Русский,"Кыргызча, English",,')

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            (roles.AUTHOR, 200),
            (roles.PROOFREADER, 302),
            (roles.EDITOR, 200),
            *((role, 200) for role in roles.EDITORS.values()),
            (roles.FINANCE_OFFICER, 302),
            (roles.AUDITOR, 302),
            (roles.EVALUATOR, 302),
            (ANONYMOUS, 302),
        ],
    )
    def test_opens_to_whom_works_on_pages_and_so_does_the_menu(self, enter, lonely, role, status):
        client = enter(role)
        assert (client.get(REPORT).status_code, client.get(f"{REPORT}results/").status_code) == (status, status)
        assert (REPORT in client.get("/cms/", follow=True).content.decode()) is (status == 200)


def test_the_languages_of_the_columns_are_those_of_the_site(lonely):
    page = translated.behind().get()
    assert {code for code in LANGUAGES if hasattr(page, translated.PUBLISHED.format(code))} == set(LANGUAGES)
