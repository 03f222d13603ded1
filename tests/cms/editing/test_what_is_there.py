"""What a language has already stays there as it is when something is handed on; what it lacks is made as a draft and told."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import TranslationCreator

from ashar.accounts import roles
from ashar.notices.models import Notice
from ashar.outbox import delivering
from cms.models import ArticlePage, Contact, Figure, NewsIndexPage, Partner
from cms.snippets.snippet import Snippet
from tests.cms.editing.test_handing_on import hand_on, told, translator
from tests.factories import articles
from tests.factories.snippets import WHOLE, snippet

pytestmark = pytest.mark.usefixtures("planted")
KINDS = tuple(WHOLE)
BLOCKS = {
    Contact: ("known_contacts", "contacts"),
    Partner: ("partners", "partners"),
    Figure: ("known_figures", "figures"),
}
OWN = {Contact: {"name": "«Ашар» кеңсеси"}, Partner: {"name": "Айыл фонду"}, Figure: {"measure": "Которулган акча"}}


def about(*rows: Snippet, slug: str = "roof", code: str = "ru") -> ArticlePage:
    """A live article that shows snippets."""
    page = articles.published(slug, code, at=None, title=slug)
    page.body = [(BLOCKS[type(row)][0], {"title": "", BLOCKS[type(row)][1]: [row]}) for row in rows]
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def kept(row: Snippet) -> dict:
    return type(row).objects.filter(pk=row.pk).values().get()


def in_kyrgyz(row: Snippet) -> Snippet:
    return type(row).objects.get(translation_key=row.translation_key, locale__language_code="ky")


def translated(row: Snippet, browser) -> Snippet:
    """Translate a handed-on contact, and publish it from the tool's form."""
    kyrgyz = in_kyrgyz(row)
    for each in Translation.objects.get(source__object_id=row.translation_key).source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=each.string, context=each.context, locale=kyrgyz.locale, data="Консулдук"
        )
    browser.post(reverse("wagtailsnippets_cms_contact:edit", args=[kyrgyz.pk]), {"action": "publish"})
    return in_kyrgyz(row)


class TestWhatIsThere:
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("live", [True, False])
    def test_stays_as_it_was_written_by_hand(self, office, kind, live):
        row = snippet(kind)
        by_hand = snippet(kind, "ky", of=row, live=live, **OWN[kind])
        before = kept(by_hand)
        hand_on(office, about(row), "ky")
        assert (kept(by_hand), Translation.objects.filter(source__object_id=row.translation_key).count()) == (before, 0)

    def test_that_was_handed_on_and_published_stays_when_another_page_with_it_is_handed_on(
        self, office, django_capture_on_commit_callbacks
    ):
        row = snippet(Contact)
        hand_on(office, about(row), "ky")
        with django_capture_on_commit_callbacks(execute=True):
            published = translated(row, office)
        before = kept(in_kyrgyz(row))
        assert (before["name"], before["live"]) == ("Консулдук", True)
        hand_on(office, about(row, slug="wall"), "ky")
        assert kept(published) == before

    def test_that_was_stopped_stays_stopped(self, office):
        row = snippet(Contact)
        hand_on(office, about(row), "ky")
        Translation.objects.filter(source__object_id=row.translation_key).update(enabled=False)
        hand_on(office, about(row, slug="wall"), "ky")
        assert Translation.objects.get(source__object_id=row.translation_key).enabled is False

    def test_is_shown_by_the_page_that_was_handed_on(self, office):
        row = snippet(Contact)
        by_hand = snippet(Contact, "ky", of=row, **OWN[Contact])
        hand_on(office, about(row), "ky")
        draft = ArticlePage.objects.get(locale__language_code="ky")
        assert [contact.pk for contact in draft.body[0].value["contacts"]] == [by_hand.pk]

    def test_on_a_page_below_stays_with_its_words_and_as_public_as_it_is(self, office):
        index = NewsIndexPage.objects.get(locale__language_code="ru")
        russian = about(snippet(Contact))
        kyrgyz = articles.translated(russian, "ky", title="Чатыр")
        facts = ("title", "lead", "live", "latest_revision", "body")
        before = ArticlePage.objects.filter(pk=kyrgyz.pk).values(*facts).get()
        creator = TranslationCreator(None, [kyrgyz.locale])
        for page in (index, russian):
            creator.create_translations(page)
        assert ArticlePage.objects.filter(pk=kyrgyz.pk).values(*facts).get() == before
        assert Translation.objects.count() == Contact.objects.filter(locale=kyrgyz.locale).count() == 0

    def test_in_one_language_is_made_in_the_other(self, office):
        row = snippet(Contact)
        by_hand = snippet(Contact, "ky", of=row, **OWN[Contact])
        before = kept(by_hand)
        hand_on(office, about(row), "ky", "en")
        english = Contact.objects.get(locale__language_code="en")
        assert (kept(by_hand), english.live, english.translation_key) == (before, False, row.translation_key)

    def test_seen_with_one_page_for_one_language_is_made_for_another_with_the_next(self):
        row = snippet(Contact)
        roof, wall = about(row), about(row, slug="wall")
        articles.translated(roof, "en", title="Roof")
        creator = TranslationCreator(None, list(Locale.objects.filter(language_code__in=["ky", "en"])))
        for page in (roof, wall):
            creator.create_translations(page)
        made = Contact.objects.exclude(pk=row.pk).values_list("locale__language_code", flat=True)
        assert sorted(made) == ["en", "ky"]


class TestWhatIsMade:
    @pytest.mark.parametrize("kind", KINDS)
    def test_is_a_draft_that_was_never_out(self, office, kind):
        row = snippet(kind, live=False)
        row.save_revision().publish()
        hand_on(office, about(row), "ky")
        draft = in_kyrgyz(row)
        assert (draft.live, draft.live_revision, draft.last_published_at) == (False, None, None)

    def test_is_in_the_letter_of_the_page_each_with_its_form(self, office):
        translator("ky", email="ky@example.org")
        row = snippet(Contact)
        hand_on(office, about(row), "ky")
        letter = Notice.objects.get(kind="translation_waits")
        page = ArticlePage.objects.get(locale__language_code="ky")
        places = [
            f"roof (Кыргызча): http://localhost:8000/cms/pages/{page.pk}/edit/",
            f"Консульство (Кыргызча): http://localhost:8000/cms/snippets/cms/contact/edit/{in_kyrgyz(row).pk}/",
        ]
        assert [line for line in letter.text.splitlines() if "/cms/" in line] == places

    def test_is_not_in_the_letter_where_it_was_there(self, office):
        translator("ky", email="ky@example.org")
        row = snippet(Contact)
        snippet(Contact, "ky", of=row, **OWN[Contact])
        hand_on(office, about(row), "ky")
        assert "snippets" not in Notice.objects.get(kind="translation_waits").text

    def test_a_snippet_handed_on_alone_is_told(self, office):
        translator("ky", email="ky@example.org", language="ru")
        row = snippet(Contact)
        address = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "contact", row.pk])
        office.post(address, {"locales": [Locale.objects.get(language_code="ky").pk]})
        delivering.drain(timezone.now())
        letter = Notice.objects.get(kind="translation_waits")
        place = reverse("wagtailsnippets_cms_contact:edit", args=[in_kyrgyz(row).pk])
        assert (letter.subject, place in letter.text) == ("Вам на перевод: Консульство", True)

    @pytest.mark.parametrize("role", [roles.EDITORS["ru"], roles.AUTHOR])
    def test_a_snippet_is_handed_on_by_who_hands_on_pages_alone(self, enter, role):
        row = snippet(Contact)
        address = reverse("wagtail_localize:submit_snippet_translation", args=["cms", "contact", row.pk])
        enter(role).post(address, {"locales": [Locale.objects.get(language_code="ky").pk]})
        assert (Contact.objects.count(), Translation.objects.count()) == (1, 0)

    def test_pages_below_stand_in_the_letter_too(self, office):
        translator("ky", email="ky@example.org")
        about(snippet(Contact))
        index = NewsIndexPage.objects.get(locale__language_code="ru")
        Page.objects.get(pk=index.get_translations().get(locale__language_code="ky").pk).specific.delete()
        hand_on(office, index, "ky", include_subtree="on")
        assert told() == ["ky@example.org"]
        lines = [line.partition(" (")[0] for line in Notice.objects.get().text.splitlines() if "/cms/" in line]
        assert lines == [index.title, "roof", "Консульство"]
