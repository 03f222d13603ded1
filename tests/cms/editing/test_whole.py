"""No translation goes out half: by the form, after a catalogue, at an hour, with many others or from outside."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import String, StringTranslation, Translation

from ashar.accounts import roles
from cms.editing import translated, whole
from cms.models import ArticlePage, Contact
from cms.tasks import publish_scheduled
from tests.cms.editing.conftest import KYRGYZ, brought_back, filled, taken_away
from tests.factories.snippets import snippet

pytestmark = pytest.mark.usefixtures("planted")
HALF = {"Крыша": "Чатыр", "Коротко.": "Кыскача."}


def told(browser, page, language: str = "en") -> str:
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    answer = browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


def strike(page) -> None:
    """Let the hour come at which a page was to go out."""
    due = page.revisions.get(approved_go_live_at__isnull=False)
    due.approved_go_live_at = timezone.now() - timedelta(hours=1)
    due.content = {**due.content, "go_live_at": due.approved_go_live_at.isoformat()}
    due.save()
    publish_scheduled()


@pytest.fixture
def half(office, kyrgyz) -> Page:
    """The article in Kyrgyz with two texts out of four."""
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), HALF)))
    return kyrgyz.get_target_instance()


@pytest.fixture
def done(office, kyrgyz) -> Page:
    brought_back(office, kyrgyz, str(filled(taken_away(office, kyrgyz), KYRGYZ)))
    return kyrgyz.get_target_instance()


def test_an_empty_one_is_read_nowhere(office, kyrgyz, published, client):
    assert not published(office, kyrgyz).live
    html = client.get("/ky/news/roof/").content.decode()
    assert ("Бул бет азырынча которула элек." in html, 'lang="ru"' in html) == (True, True)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Not published: 2 texts have no translation yet"),
        ("ru", "Не опубликовано: у 2 текстов ещё нет перевода"),
        ("ky", "Жарыяланган жок: 2 тексттин котормосу азырынча жок"),
    ],
)
def test_who_publishes_half_of_it_is_told_how_much_is_missing(office, half, language, words):
    assert words in told(office, half, language)
    assert not ArticlePage.objects.get(pk=half.pk).live


def test_what_was_done_is_kept(office, kyrgyz, half):
    told(office, half)
    again = {entry.msgid: entry.msgstr for entry in taken_away(office, kyrgyz)}
    assert {word: again[word] for word in HALF} == HALF


def test_whole_it_goes_out(office, kyrgyz, done, published):
    assert whole.lacking(done) == 0
    assert published(office, kyrgyz).live


def test_one_that_is_out_stays_as_it_is(office, kyrgyz, done, published):
    published(office, kyrgyz)
    StringTranslation.objects.filter(data="Чатыр").delete()
    assert published(office, kyrgyz).title == "Чатыр"


@pytest.mark.parametrize(("data", "facts"), [("Чатыр", {"has_error": True}), ("  ", {}), ("", {})])
def test_a_mistake_or_nothing_is_no_translation(done, data, facts):
    StringTranslation.objects.filter(data="Чатыр").update(data=data, **facts)
    assert whole.lacking(done) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1 063 000", 0),
        ("5 &lt; 6 – 10 %", 0),
        ("https://example.org/a-b?c=d", 0),
        ('<a id="a1">https://example.org/</a>', 0),
        ("office@example.org", 0),
        ("+996 312 000 000", 0),
        ("2024<br/>2025", 0),
        ("2024 год", 1),
        ("Өмүр", 1),
        ('<a id="a1">here</a>', 1),
        ("See https://example.org/", 1),
        ("Слово.", 1),
    ],
)
def test_what_has_no_words_needs_no_translation(kyrgyz, done, text, count):
    String.objects.filter(data="Крыша").update(data=text)
    StringTranslation.objects.filter(data="Чатыр").delete()
    assert whole.lacking(done) == count


def test_a_page_that_was_handed_on_by_nobody_lacks_nothing(russian):
    assert whole.lacking(russian) == 0


def test_a_draft_is_saved_whatever_it_lacks(kyrgyz, half):
    kyrgyz.save_target(publish=False)
    page = ArticlePage.objects.get(pk=half.pk)
    assert (page.live, page.title, page.get_latest_revision_as_object().lead) == (False, "Чатыр", "Кыскача.")


def test_another_program_that_publishes_is_refused(kyrgyz, half):
    with pytest.raises(ValidationError, match=r"2 "):
        kyrgyz.save_target(publish=True)


def test_synchronising_and_publishing_at_once_leaves_half_of_it_a_draft(
    office, kyrgyz, half, django_capture_on_commit_callbacks
):
    address = reverse("wagtail_localize:update_translations", args=[kyrgyz.source.pk])
    office.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post(address, {"publish_translations": "on"}, follow=True)
    assert "Not published: 2 texts" in " ".join(str(message) for message in answer.context["messages"])
    assert not ArticlePage.objects.get(pk=half.pk).live


@pytest.mark.parametrize(("role", "status"), [(roles.EDITORS["ky"], 302), (roles.AUTHOR, 302), (roles.EDITOR, 200)])
def test_only_who_hands_on_synchronises_there(enter, kyrgyz, role, status):
    assert (
        enter(role).get(reverse("wagtail_localize:update_translations", args=[kyrgyz.source.pk])).status_code == status
    )


class TestAtAnHour:
    @pytest.fixture
    def planned(self, half) -> ArticlePage:
        half.go_live_at = timezone.now() + timedelta(hours=1)
        half.save_revision()
        return half

    def test_half_of_it_is_not_planned(self, planned):
        with pytest.raises(whole.Unfinished):
            planned.get_latest_revision().publish()
        assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()

    def test_planned_whole_it_goes_out_whatever_its_source_became(self, done, russian):
        done.go_live_at = timezone.now() + timedelta(hours=1)
        done.save_revision().publish()
        StringTranslation.objects.all().delete()
        strike(done)
        assert ArticlePage.objects.get(pk=done.pk).live


class TestOtherDoors:
    @pytest.mark.parametrize("below", [{}, {"include_descendants": "on"}])
    def test_with_many_others(self, office, half, below):
        page = half.get_parent() if below else half
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        answer = office.post(f"{address}?id={page.pk}&next=/cms/", below)
        assert (answer.status_code, answer.url) == (302, "/cms/")
        assert not ArticlePage.objects.get(pk=half.pk).live

    def test_from_outside(self, office, half):
        answer = office.post(reverse("wagtailadmin_api:pages:action", args=[half.pk, "publish"]))
        assert answer.status_code == 403
        assert not ArticlePage.objects.get(pk=half.pk).live

    def test_of_a_snippet(self, office, django_capture_on_commit_callbacks):
        contact = snippet(Contact, purpose="Паспорта", phone="+996 312 000 000")
        address = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "contact", contact.pk])
        office.post(address, {"locales": [Locale.objects.get(language_code="ky").pk]})
        twin = Translation.objects.get().get_target_instance()
        with django_capture_on_commit_callbacks(execute=True):
            office.post(reverse("wagtailsnippets_cms_contact:edit", args=[twin.pk]), {"action": "publish"})
        assert (whole.lacking(twin), Contact.objects.get(pk=twin.pk).live) == (2, False)


def test_taken_from_the_translators_tool_it_is_a_page_like_any_other(kyrgyz, half):
    Translation.objects.update(enabled=False)
    half.save_revision().publish()
    assert ArticlePage.objects.get(pk=half.pk).live


def test_one_that_once_went_out_half_stands_in_the_report(half, russian):
    """As pages did before anybody looked: published after their source, and whole by the clock."""
    ArticlePage.objects.filter(pk=half.pk).update(live=True, last_published_at=timezone.now())
    ArticlePage.objects.filter(pk=half.pk).update(first_published_at=timezone.now())
    assert {page.pk: translated.gaps(page).outdated for page in translated.behind("ky")} == {russian.pk: ("ky",)}


def test_whole_and_out_it_stands_there_no_more(office, kyrgyz, done, published):
    published(office, kyrgyz)
    assert list(translated.behind("ky")) == []
