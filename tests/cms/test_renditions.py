"""Pictures at the sizes pages show: the worker makes them, a reader never does."""

import re
import uuid
from io import BytesIO
from pathlib import Path

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.models import Rendition
from wagtail.models import Collection

from ashar.accounts import roles
from ashar.outbox import delivering
from ashar.outbox.models import Message
from cms import consumers, renditions
from cms.models import ArticlePage, HomePage, LandingPage, PersonIndexPage, PersonPage
from tests.badinput import files
from tests.cms.editing.conftest import written_by
from tests.factories.moments import NOON

TEMPLATES = Path(renditions.__file__).parent / "templates"
SPECS = {f"format-{form}|width-{width}" for form in ("avif", "webp", "jpeg") for width in (480, 960)}


def kept(name: str = "roof.png", size: tuple[int, int] = (1200, 800)):
    return get_image_model().objects.create(title=name, file=ContentFile(files.picture(size=size), name=name))


def showing(image, slug: str = "roof") -> ArticlePage:
    """A live article that shows `image`."""
    image.contextual_alt_text, image.decorative = "Чатыр", False
    page = written_by(None, slug, live=True)
    page.body = [("picture", {"picture": image, "caption": "Жаңы чатыр"})]
    page.save_revision().publish()
    return page


def read(client, slug: str = "roof") -> str:
    caches["pages"].clear()
    return client.get(f"/ru/news/{slug}/").content.decode()


@pytest.fixture
def image(planted):
    return kept()


def test_a_reader_makes_none_and_gets_the_words(client, image):
    showing(image)
    html = read(client)
    assert (Rendition.objects.count(), "<picture" in html, "Жаңы чатыр" in html) == (0, False, True)


def test_the_worker_makes_what_pages_show_and_no_more(client, image):
    showing(image)
    delivering.drain(timezone.now())
    assert set(Rendition.objects.values_list("filter_spec", flat=True)) == SPECS


def test_a_reader_sees_each_format_with_its_measures(client, image):
    showing(image)
    delivering.drain(timezone.now())
    html = read(client)
    assert re.findall(r'<source[^>]*type="image/(\w+)"', html) == ["avif", "webp"]
    [shown] = re.findall(r"<picture>.*?</picture>", html, re.DOTALL)
    told = ('width="480"', 'height="320"', 'loading="lazy"', 'decoding="async"', 'alt="Чатыр"', "960w", 'sizes="')
    assert [word for word in told if word not in shown] == []
    assert Rendition.objects.count() == len(SPECS)


def test_a_kept_page_without_the_picture_is_forgotten_when_it_is_there(client, image, committed):
    showing(image)
    client.get("/ru/news/roof/")
    with committed():
        delivering.drain(timezone.now())
    assert "<picture" in client.get("/ru/news/roof/").content.decode()


@pytest.mark.parametrize(
    ("missing", "sources"),
    [("format-avif|width-960", ["webp"]), ("format-webp|width-480", ["avif"]), ("format-jpeg|width-960", None)],
)
def test_a_format_that_is_not_whole_is_left_out_and_without_jpeg_the_picture(client, image, missing, sources):
    renditions.make(image)
    Rendition.objects.filter(filter_spec=missing).delete()
    Rendition.cache_backend.clear()
    showing(image)
    html = read(client)
    assert (re.findall(r'<source[^>]*type="image/(\w+)"', html) if "<picture" in html else None) == sources
    assert Rendition.objects.count() == len(SPECS) - 1


@pytest.mark.parametrize("count", [1, 3])
def test_pictures_that_are_ready_cost_no_query_of_their_own(image, count):
    for number in range(count):
        renditions.make(kept(f"{number}.png"))
    Rendition.cache_backend.clear()
    for asked, expected in (("cold", count), ("warm", 0)):
        with CaptureQueriesContext(connection) as told:
            for each in get_image_model().objects.exclude(pk=image.pk):
                renditions.shown(each)
        assert (asked, len(told) - 1) == (asked, expected)


def test_an_uploaded_picture_is_asked_for_once(enter):
    told = {"title": "Roof", "collection": Collection.get_first_root_node().pk}
    file = SimpleUploadedFile("roof.png", files.picture(size=(1000, 500)), content_type="image/png")
    assert enter(roles.EDITOR).post(reverse("wagtailimages:add"), {**told, "file": file}).status_code == 302
    delivering.drain(timezone.now())
    assert list(Message.objects.filter(topic="picture.kept").values_list("payload", flat=True)) == [
        {"picture": get_image_model().objects.get().pk}
    ]
    assert Rendition.objects.filter(filter_spec__in=SPECS).count() == len(SPECS)


def test_another_file_under_the_same_picture_is_made_anew(enter, image):
    delivering.drain(timezone.now())
    before = set(Rendition.objects.values_list("file", flat=True))
    file = SimpleUploadedFile("wall.png", files.picture(size=(1000, 500)), content_type="image/png")
    told = {"title": "Wall", "collection": Collection.get_first_root_node().pk, "file": file}
    assert enter(roles.EDITOR).post(reverse("wagtailimages:edit", args=[image.pk]), told).status_code == 302
    delivering.drain(timezone.now())
    made = Rendition.objects.filter(filter_spec__in=SPECS)
    assert made.count() == len(SPECS)
    assert not before & set(made.values_list("file", flat=True))
    assert {(row.width, row.height) for row in made} == {(480, 240), (960, 480)}


def test_publishing_asks_again_for_what_was_lost(client, image):
    page = showing(image)
    delivering.drain(timezone.now())
    Rendition.objects.all().delete()
    page.save_revision().publish()
    delivering.drain(timezone.now())
    assert Rendition.objects.count() == len(SPECS)


def test_a_small_picture_is_not_blown_up(planted):
    small = kept(size=(300, 200))
    renditions.make(small)
    assert set(small.renditions.values_list("width", "height")) == {(300, 200)}


def test_the_message_may_come_twice_and_late(image):
    for _again in range(2):
        consumers.picture_gets_renditions(message_id=uuid.uuid4(), at=NOON, picture=image.pk, more=1)
    assert Rendition.objects.count() == len(SPECS)
    gone = image.pk
    image.delete()
    consumers.picture_gets_renditions(message_id=uuid.uuid4(), at=NOON, picture=gone)
    assert Rendition.objects.count() == 0


def test_no_page_uses_a_tag_that_makes_renditions():
    making = re.compile(r"\{%\s*(image|picture|srcset_image|image_url)\s|wagtailimages_tags")
    found = [str(path) for path in TEMPLATES.rglob("*.html") if making.search(path.read_text())]
    assert found == []


def halves() -> SimpleUploadedFile:
    """A tall picture, blue above and red below."""
    tall = Image.new("RGB", (960, 1600), "blue")
    tall.paste("red", (0, 800, 960, 1600))
    written = BytesIO()
    tall.save(written, "PNG")
    return SimpleUploadedFile("tall.png", written.getvalue())


@pytest.mark.parametrize(("height", "seen"), [(200, "blue"), (1400, "red")])
def test_the_head_of_a_page_keeps_what_the_focal_point_is_on(planted, height, seen):
    point = {"focal_point_x": 480, "focal_point_y": height, "focal_point_width": 10, "focal_point_height": 10}
    image = get_image_model().objects.create(title="tall", file=halves(), **point)
    renditions.make(image, wide=True)
    with Image.open(image.renditions.get(filter_spec="format-jpeg|fill-960x540").file.path) as opened:
        cut = opened.convert("RGB")
    red, _, blue = cut.getpixel((480, 270))
    assert (cut.width, cut.height) in {(960, 540), (960, 541)}  # rounded
    assert ("blue" if blue > red else "red") == seen


@pytest.mark.parametrize("heads_a_page", [True, False])
def test_a_picture_is_cut_wide_only_for_a_page_it_heads(image, heads_a_page):
    if heads_a_page:
        home = HomePage.objects.get(locale__language_code="ru")
        home.add_child(
            instance=LandingPage(title="О нас", slug="about", lead="Кто мы.", image=image, locale=home.locale)
        )
    consumers.picture_gets_renditions(message_id=uuid.uuid4(), at=NOON, picture=image.pk)
    wide = set(image.renditions.filter(filter_spec__contains="fill-").values_list("filter_spec", flat=True))
    assert wide == ({each.spec for each in renditions.WIDE} if heads_a_page else set())


@pytest.mark.parametrize("shows_somebody", [True, False])
def test_a_picture_is_cut_to_a_portrait_only_of_somebody(image, shows_somebody):
    if shows_somebody:
        index = PersonIndexPage.objects.get(locale__language_code="ru")
        index.add_child(instance=PersonPage(title="Айжан", slug="aizhan", role="x", image=image, locale=index.locale))
    assert renditions.portraits([image.pk]) == {}
    consumers.picture_gets_renditions(message_id=uuid.uuid4(), at=NOON, picture=image.pk)
    assert set(renditions.portraits([image.pk, image.pk + 1])) == ({image.pk} if shows_somebody else set())
