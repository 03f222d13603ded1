"""Whatever row a kept page shows beside pages makes it stale when it is kept or deleted, those of tomorrow too."""

from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import Model
from django.test import Client
from modelcluster.models import get_all_child_relations
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Locale, Page, PageViewRestriction, Revision, Site, get_page_models
from wagtail.snippets.models import get_snippet_models

from ashar.accounts.models import User
from cms import page_cache, shown
from cms.models import ArticlePage, ArticleTopic, Contact, Figure, Partner, Topic
from cms.snippets.snippet import Snippet
from diaspora.models import Association, Project
from grants.models import Call
from tests.badinput import files
from tests.factories.snippets import snippet

pytestmark = pytest.mark.usefixtures("planted")

# Their verbs say in the outbox what changed; the rest is Wagtail's own on a page, and no page shows it.
OF_VERBS, OF_WAGTAIL = {Association, Project, Call}, {ContentType, Revision, User}
NAMES = {"title_ky": "Мектеп", "title_ru": "Школы", "title_en": "Schools"}


def row(kind: type[Model]) -> Model:
    """Return a new row of the kind. A new snippet needs a line here."""
    if issubclass(kind, Snippet):
        return snippet(kind)
    return {
        Topic: lambda: Topic(slug="schools", **NAMES),
        Image: lambda: Image(title="Крыша", file=ContentFile(files.picture(), name="roof.png")),
        Document: lambda: Document(title="Акт", file=ContentFile(b"a", name="act.txt")),
        Redirect: lambda: Redirect(old_path="/ru/old", redirect_link="/ru/"),
        PageViewRestriction: lambda: PageViewRestriction(page=Page.objects.last(), restriction_type="login"),
        Locale: lambda: Locale(language_code="en-gb"),
        Site: lambda: Site(hostname="other.example", root_page=Page.objects.first()),
    }[kind]()


def models_of_pages() -> Iterator[type[Model]]:
    """Yield what pages, and rows of ours that belong to one, lead to."""
    for page in get_page_models():
        parts = (relation.related_model for relation in get_all_child_relations(page))
        for kind in (page, *(part for part in parts if part._meta.app_label == "cms")):
            yield from (field.related_model for field in kind._meta.concrete_fields if field.related_model)


def by_name(kind: type[Model]) -> str:
    return kind.__name__


@pytest.mark.parametrize("kind", sorted(shown.kinds(), key=by_name), ids=by_name)
def test_a_row_that_is_kept_or_deleted_makes_every_kept_page_stale(kind, committed):
    new = row(kind)
    for change in (new.save, new.save, new.delete):
        before = page_cache.version()
        with committed():
            change()
        assert page_cache.version() != before


def test_what_stands_on_no_page_makes_none_stale(committed, person_of):
    before = page_cache.version()
    with committed():
        person_of("giver").save()
    assert page_cache.version() == before


def test_every_snippet_is_among_them():
    assert {Topic, Contact, Partner, Figure} <= set(get_snippet_models()) <= shown.kinds()


def test_every_row_that_pages_lead_to_is_among_them_or_speaks_for_itself():
    led_to = {kind for kind in models_of_pages() if not issubclass(kind, Page)}
    assert {Image, Topic} < led_to
    assert led_to - shown.kinds() == OF_VERBS | OF_WAGTAIL


def test_a_topic_has_its_new_name_on_kept_pages_at_once(committed):
    topic = Topic.objects.create(slug="schools", **NAMES)
    article = ArticlePage(title="Крыша", slug="roof", lead="Коротко.", locale=Locale.objects.get(language_code="ru"))
    article.topics = [ArticleTopic(topic=topic)]
    Page.objects.get(slug="news", locale__language_code="ru").add_child(instance=article)
    assert "Школы" in Client().get("/ru/news/roof/").content.decode()
    topic.title_ru = "Учёба"
    with committed():
        topic.save()
    assert "Учёба" in Client().get("/ru/news/roof/").content.decode()
