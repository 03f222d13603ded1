"""An article of an author, the people it passes on its way to readers, and how it is handed on into another language."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import Translation

from ashar.accounts import roles
from ashar.accounts.models import User
from cms.models import ArticlePage
from tests.factories import articles
from tests.factories.people import PersonFactory

KYRGYZ = {"Крыша": "Чатыр", "Коротко.": "Кыскача.", "До зимы успели.": "Кышка чейин бүттү.", "Берегись": "Сак бол"}
STORY = [("text", "<p>До зимы успели.</p>"), ("callout", {"kind": "warning", "title": "", "text": "Берегись"})]


def written_by(person: User | None, slug: str, code: str = "ru", *, live: bool = False) -> ArticlePage:
    """Add an article that `person` wrote, with a first version."""
    page = articles.published(slug, code, at=None, title=slug, owner=person, live=live)
    page.save_revision(user=person)
    return ArticlePage.objects.get(pk=page.pk)


def submitted(page: ArticlePage, by: User) -> ArticlePage:
    """Send an article on its way."""
    page.get_workflow().start(page, by)
    return ArticlePage.objects.get(pk=page.pk)


def approved(page: ArticlePage, by: User) -> ArticlePage:
    """Let the step in which the article waits be done."""
    page.current_workflow_task_state.specific.approve(user=by)
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def author(planted) -> User:
    return PersonFactory(role=roles.AUTHOR, email="author@example.org")


@pytest.fixture
def proofreader(planted) -> User:
    return PersonFactory(role=roles.PROOFREADER, email="proofreader@example.org")


@pytest.fixture
def editor(planted) -> User:
    return PersonFactory(role=roles.EDITOR, email="editor@example.org")


@pytest.fixture
def article(author) -> ArticlePage:
    """A draft in Russian."""
    return written_by(author, "roof")


@pytest.fixture
def russian(planted) -> ArticlePage:
    """A live article."""
    page = written_by(None, "roof", live=True)
    page.title, page.lead, page.body = "Крыша", "Коротко.", STORY
    page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


@pytest.fixture
def office(enter):
    """A browser of an editor of all languages."""
    return enter(roles.EDITOR)


@pytest.fixture
def kyrgyz(office, russian) -> Translation:
    """The article handed on."""
    office.post(f"/cms/localize/submit/page/{russian.pk}/", {"locales": [Locale.objects.get(language_code="ky").pk]})
    return Translation.objects.get()


def taken_away(browser, translation: Translation) -> polib.POFile:
    answer = browser.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/x-gettext-translation")
    return polib.pofile(answer.content.decode())


def filled(po: polib.POFile, words: dict[str, str]) -> polib.POFile:
    for entry in po:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    return po


def brought_back(browser, translation: Translation, content: str):
    file = SimpleUploadedFile("roof.po", content.encode())
    return browser.post(
        reverse("wagtail_localize:upload_pofile", args=[translation.pk]), {"file": file, "next": "/cms/"}
    )


@pytest.fixture
def published(django_capture_on_commit_callbacks):
    """Return how a translation is published, and the page then."""

    def done(browser, translation: Translation) -> ArticlePage:
        page = translation.get_target_instance()
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
        return ArticlePage.objects.get(pk=page.pk)

    return done
