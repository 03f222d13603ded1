"""What an editor relies on while writing: previews, the clock, comments, locks, and old addresses."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Page, PageSubscription
from wagtail.test.utils.form_data import inline_formset

from cms import tasks
from cms.models import ArticlePage, GuidePage
from tests.ashar.accounts import signing_in
from tests.cms.conftest import LANGUAGES
from tests.cms.editing.conftest import written_by
from tests.cms.test_guides import guide
from tests.factories import articles

JSON = {"HTTP_ACCEPT": "application/json"}
HOUR = timedelta(hours=1)


def at_desk(person) -> Client:
    return signing_in.as_staff(Client(), person)


def told(title: str, slug: str = "roof", **more: Any) -> dict[str, str]:
    return {**articles.form(title, [("text", articles.rich("Сөз"))], **more), "slug": slug}


def edit(page: ArticlePage) -> str:
    return f"/cms/pages/{page.pk}/edit/"


def moved(page: Page, slug: str, committed) -> None:
    """Let an editor give a page another address."""
    page.slug = slug
    with committed(execute=True):
        page.save()


def read(address: str) -> int:
    return Client().get(address).status_code


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What happens after a commit happens in tests where one asks for it."""
    return django_capture_on_commit_callbacks


class TestPreviews:
    @pytest.mark.parametrize("code", LANGUAGES)
    def test_speak_the_language_of_the_page_and_may_be_framed_by_the_form_alone(self, editor, code):
        page, desk = articles.published("roof", code), at_desk(editor)
        address = f"{edit(page)}preview/"
        assert desk.post(address, told("Жаңы чатыр")).json()["is_valid"] is True
        answer = desk.get(f"{address}?in_preview_panel=true")
        html = answer.content.decode()
        assert (f'<html lang="{code}">' in html, "Жаңы чатыр" in html, "wagtail-userbar" in html) == (True, True, True)
        policy = dict(rule.split(" ", 1) for rule in answer["Content-Security-Policy"].split("; ") if " " in rule)
        assert (policy["frame-ancestors"], policy["script-src"], answer["X-Frame-Options"]) == (
            "'self'",
            "'self'",
            "SAMEORIGIN",
        )

    def test_show_what_readers_of_each_language_meet(self, editor):
        page, desk = articles.published("roof", title="Крыша"), at_desk(editor)
        articles.translated(page, "ky")
        address = f"{edit(page)}preview/"
        form = desk.get(edit(page)).content.decode()
        assert re.findall(r'<option value="(\w*)"[^>]*>(Русский|Кыргызча|English)</option>', form) == [
            ("", "Русский"), ("ky", "Кыргызча"), ("en", "English"),
        ]  # fmt: skip
        desk.post(address, told("Новая крыша"))
        shown = {code: desk.get(f"{address}?mode={code}").content.decode() for code in ("", "ky", "en")}
        assert {code: re.search('<html lang="(..)"', html)[1] for code, html in shown.items()} == {
            "": "ru", "ky": "ky", "en": "en",
        }  # fmt: skip
        assert {code: "Новая крыша" in html for code, html in shown.items()} == {"": True, "ky": False, "en": True}
        assert "roof ky" in shown["ky"]
        assert "This page has not been translated yet." in shown["en"]
        assert '<article class="article stack-wide" lang="ru">' in shown["en"]

    def test_of_a_draft_in_another_language_show_the_draft_at_hand(self, editor):
        page, desk = articles.published("roof"), at_desk(editor)
        twin = articles.translated(page, "ky")
        twin.unpublish()
        address = f"{edit(page)}preview/"
        desk.post(address, told("Новая крыша"))
        html = desk.get(f"{address}?mode=ky").content.decode()
        assert ("Новая крыша" in html, "roof ky" in html) == (True, False)

    def test_readers_frame_nothing_and_get_no_bar(self, planted):
        articles.published("roof")
        answer = Client().get("/ru/news/roof/?in_preview_panel=true")
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert "wagtail-userbar" not in answer.content.decode()

    def test_axe_looks_at_the_main_part_by_our_rules(self, editor):
        html = at_desk(editor).get(edit(articles.published("roof"))).content.decode()
        _before, _mark, rest = html.partition('<script id="checker-axe-configuration" type="application/json">')
        configuration = json.loads(rest.partition("</script>")[0])
        rules = set(configuration["options"]["runOnly"])
        assert (configuration["context"]["include"], {"image-alt", "heading-order", "link-name"} - rules) == (
            ["#main"],
            set(),
        )

    def test_every_size_of_screen_is_offered(self, editor):
        html = at_desk(editor).get(edit(articles.published("roof"))).content.decode()
        assert [width for width in ("375", "768", "1280") if f'data-device-width="{width}"' not in html] == []


class TestTheClock:
    def test_publishes_what_is_due_and_not_before(self, editor):
        page = written_by(editor, "roof")
        page.go_live_at = timezone.now() + HOUR
        page.save_revision(user=editor).publish()
        tasks.publish_scheduled()
        assert read("/ru/news/roof/") == 404
        due = page.revisions.get(approved_go_live_at__isnull=False)
        due.approved_go_live_at = timezone.now() - HOUR
        due.content = {**due.content, "go_live_at": due.approved_go_live_at.isoformat()}
        due.save()
        tasks.publish_scheduled()
        tasks.publish_scheduled()
        assert read("/ru/news/roof/") == 200

    def test_withdraws_what_has_expired(self, editor, committed):
        page = articles.published("roof", expire_at=timezone.now() - HOUR)
        assert read("/ru/news/roof/") == 200
        with committed(execute=True):
            tasks.publish_scheduled()
        page.refresh_from_db()
        assert (read("/ru/news/roof/"), page.expired) == (404, True)


class TestComments:
    def test_stand_at_their_place_and_are_told_by_mail(self, author, editor, article, committed):
        PageSubscription.objects.create(user=author, page=article, comment_notifications=True)
        comment = {"id": "", "text": "Качан?", "contentpath": "lead", "position": "", "resolved": ""}
        comments = inline_formset([{**comment, "replies": inline_formset([])}])
        with committed(execute=True):
            at_desk(editor).post(edit(article), told("roof", comments=comments))
        assert list(Comment.objects.values_list("page", "user", "text", "contentpath")) == [
            (article.pk, editor.pk, "Качан?", "lead")
        ]
        assert [letter.to for letter in mail.outbox] == [[author.email]]


class TestLocks:
    def test_who_locks_keeps_others_out(self, editor, author, article):
        at_desk(editor).post(f"/cms/pages/{article.pk}/lock/")
        at_desk(author).post(edit(article), told("Башка"))
        article.refresh_from_db()
        assert (article.locked_by, article.get_latest_revision_as_object().title) == (editor, "roof")
        at_desk(editor).post(edit(article), told("Меники"))
        article.refresh_from_db()
        assert article.get_latest_revision_as_object().title == "Меники"

    def test_an_author_neither_locks_nor_unlocks(self, editor, author, article):
        at_desk(author).post(f"/cms/pages/{article.pk}/lock/")
        article.refresh_from_db()
        assert article.locked is False
        at_desk(editor).post(f"/cms/pages/{article.pk}/lock/")
        at_desk(author).post(f"/cms/pages/{article.pk}/unlock/")
        article.refresh_from_db()
        assert article.locked is True


class TestOldAddresses:
    def test_lead_on_when_an_editor_changes_one(self, editor, committed):
        page = articles.published("roof")
        page.save_revision()
        with committed(execute=True):
            at_desk(editor).post(edit(page), told("Чатыр", "new-roof", **{"action-publish": "1"}))
        answer = Client().get("/ru/news/roof/")
        assert (answer.status_code, answer["Location"]) == (301, "/ru/news/new-roof/")

    def test_give_way_to_a_new_page_at_the_old_place(self, editor, committed):
        page = articles.published("roof")
        moved(page, "new-roof", committed)
        articles.published("roof")
        assert (Redirect.objects.count(), read("/ru/news/roof/")) == (1, 200)

    def test_of_every_kind_of_page(self, editor, committed):
        page = guide("labour")
        moved(page, "work", committed)
        assert (read("/ru/guides/labour/"), GuidePage.objects.get().slug) == (301, "work")
