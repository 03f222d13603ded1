"""A picture or a document that a page shows is deleted by no door; one that nobody shows is."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from ashar.accounts import roles
from cms.editing import in_use
from cms.models import ArticlePage, LandingPage
from tests.badinput import files
from tests.cms.editing.conftest import written_by
from tests.cms.test_landing import landing
from tests.cms.test_people import person
from tests.factories import articles

pytestmark = pytest.mark.usefixtures("planted")
DOORS = {
    "delete": {Image: "wagtailimages:delete", Document: "wagtaildocs:delete"},
    "right after it came": {Image: "wagtailimages:delete_multiple", Document: "wagtaildocs:delete_multiple"},
}
USAGE = {Image: "wagtailimages:image_usage", Document: "wagtaildocs:document_usage"}


def picture(title: str = "Мост") -> Image:
    return Image.objects.create(title=title, file=ContentFile(files.picture(), name="x.png"))


def document(title: str = "Акт") -> Document:
    return Document.objects.create(title=title, file=ContentFile(b"a", name="act.txt"))


FILES = {Image: picture, Document: document}


def showing(row, slug: str = "roof", **facts) -> ArticlePage:
    """Return an article with `row` in its body."""
    block = ("document", {"document": row, "title": ""})
    if isinstance(row, Image):
        shown = {"image": row.pk, "alt_text": "Мост", "decorative": False}
        raw = [{"type": "picture", "value": {"picture": shown, "caption": "", "credit": ""}}]
        return articles.published(slug, body=json.dumps(raw), **facts)
    return articles.published(slug, body=[block], **facts)


def at_once(kind: type, *rows) -> str:
    opts = kind._meta
    asked = "&".join(f"id={row.pk}" for row in rows)
    return f"{reverse('wagtail_bulk_action', args=[opts.app_label, opts.model_name, 'delete'])}?{asked}"


@pytest.fixture
def office(enter):
    return enter(roles.EDITOR)


@pytest.mark.parametrize("kind", FILES)
class TestOneThatAPageShows:
    @pytest.mark.parametrize("verb", ["get", "post"])
    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("ky", "беттерде турат, аны өчүрүүгө болбойт"),
            ("ru", "стоит на страницах, удалить нельзя"),
            ("en", "stands on pages and cannot be deleted"),
        ],
    )
    def test_is_refused_and_it_is_said_where_it_stands(self, office, kind, verb, code, words):
        row = FILES[kind]()
        showing(row, title="Жаңы көпүрө")
        answer = getattr(office, verb)(
            reverse(DOORS["delete"][kind], args=[row.pk]), follow=True, headers={"accept-language": code}
        )
        assert answer.redirect_chain[0][0] == reverse(USAGE[kind], args=[row.pk])
        html = answer.content.decode()
        assert (words in html, "Жаңы көпүрө" in html) == (True, True)
        assert kind.objects.filter(pk=row.pk).exists()

    def test_is_refused_right_after_it_came(self, office, kind):
        row = FILES[kind]()
        showing(row)
        answer = office.post(reverse(DOORS["right after it came"][kind], args=[row.pk]))
        assert answer.json()["success"] is False
        assert kind.objects.filter(pk=row.pk).exists()

    def test_takes_none_of_many_with_it(self, office, kind):
        used, free = FILES[kind](), FILES[kind]("Другой")
        showing(used)
        answer = office.post(at_once(kind, used, free))
        assert answer["Location"] == reverse(USAGE[kind], args=[used.pk])
        assert kind.objects.count() == 2

    def test_goes_once_no_page_shows_it(self, office, kind):
        row = FILES[kind]()
        showing(row).delete()
        office.post(reverse(DOORS["delete"][kind], args=[row.pk]))
        assert not kind.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("kind", FILES)
class TestOneThatNobodyShows:
    @pytest.mark.parametrize("door", DOORS)
    def test_is_deleted(self, office, kind, door):
        row = FILES[kind]()
        showing(FILES[kind]("Другой"))
        office.post(reverse(DOORS[door][kind], args=[row.pk]))
        assert list(kind.objects.values_list("title", flat=True)) == ["Другой"]

    def test_is_deleted_among_many(self, office, kind):
        office.post(at_once(kind, FILES[kind](), FILES[kind]()))
        assert kind.objects.count() == 0

    def test_stays_where_one_may_not_delete_it(self, enter, kind):
        row = FILES[kind]()
        showing(row, title="Чужая")
        answer = enter(roles.PROOFREADER).post(reverse(DOORS["delete"][kind], args=[row.pk]), follow=True)
        assert ("Чужая" in answer.content.decode(), kind.objects.count()) == (False, 1)


@pytest.mark.parametrize("page", [lambda image: person("ru", image=image), lambda image: landing(image=image)])
def test_the_picture_at_the_head_of_a_page_stays(office, page):
    image = picture()
    page(image)
    office.post(reverse(DOORS["delete"][Image], args=[image.pk]))
    assert Image.objects.filter(pk=image.pk).exists()


class TestInADraft:
    def draft(self, row, owner, slug: str = "draft") -> ArticlePage:
        """Return an article whose published version lacks `row`, which the draft shows."""
        page = written_by(owner, slug, live=True)
        page.body = [("document", {"document": row, "title": ""})]
        page.save_revision(user=owner)
        return page

    def test_it_is_kept_and_the_draft_is_named(self, author):
        row = document()
        self.draft(row, author)
        with translation.override("en"):
            told = in_use.sentence(row, author, in_use.drafts_by_thing())
        assert told == "“Акт” stands in drafts and cannot be deleted. Take it from them first. In drafts: “draft”."

    def test_one_that_is_not_theirs_is_not_named(self, author, editor):
        row = document()
        self.draft(row, editor)
        with translation.override("en"):
            told = in_use.sentence(row, author, in_use.drafts_by_thing())
        assert told == "“Акт” stands in drafts and cannot be deleted. Take it from them first."

    def test_a_picture_at_the_head_of_a_first_draft(self, author):
        image = picture()
        page = landing(live=False)
        page.image = image
        page.save_revision()
        assert [draft.pk for draft in in_use.drafts_by_thing()[in_use._thing(image)]] == [page.pk]
        assert LandingPage.objects.get().image is None

    def test_a_draft_that_went_out_counts_once(self, editor):
        row = document()
        self.draft(row, editor).get_latest_revision().publish()
        assert in_use._thing(row) not in in_use.drafts_by_thing()
        with translation.override("en"):
            told = in_use.sentence(row, editor, in_use.drafts_by_thing())
        assert told == "“Акт” stands on pages and cannot be deleted. Take it from them first."


def test_pages_are_not_asked():
    assert in_use.sentence(Page.objects.first(), None, {}) == ""
