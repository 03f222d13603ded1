"""The links of a page, from every kind of field and block, and those that readers cannot follow on our own site."""

import json

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail import blocks
from wagtail.documents.models import Document
from wagtail.images.models import Image

from cms.blocks.questions import QuestionsBlock
from cms.blocks.statistics import MeasureBlock
from cms.blocks.story import StoryBlock
from cms.links import contents, finding
from cms.links.finding import Kind, Reason
from tests.badinput import files
from tests.cms.test_statistics import CONTRADICTION, statistics
from tests.factories import articles

pytestmark = pytest.mark.usefixtures("planted")
# Every block of ours that can hold a link. A new one is to be named here and found below.
LINKING = (blocks.RichTextBlock, blocks.PageChooserBlock, blocks.URLBlock)


def rich(*anchors: str) -> list[tuple[str, str]]:
    return [("text", f"<p>{' '.join(anchors)}</p>")]


def pictures(*shown: tuple[int | None, str]) -> str:
    """Return a body as it is stored: a picture that is gone cannot be chosen any more."""
    blocks_of_it = [
        {"picture": {"image": key, "alt_text": words, "decorative": False}, "caption": "", "credit": ""}
        for key, words in shown
    ]
    return json.dumps([{"type": "picture", "value": value} for value in blocks_of_it])


def found(body, **facts) -> list[tuple[str, str, str]]:
    page = articles.published("links", body=body, **facts)
    return [(link.kind, link.target, link.words) for link in finding.of(page)]


class TestWhatIsALink:
    @pytest.mark.parametrize(
        ("anchor", "kind", "target"),
        [
            ('<a linktype="page" id="7">о школе</a>', Kind.PAGE, "7"),
            ('<a linktype="document" id="9">о школе</a>', Kind.DOCUMENT, "9"),
            ('<a href="/ru/news/">о школе</a>', Kind.PATH, "/ru/news/"),
            ('<a href="/ru/news/?page=2#top">о школе</a>', Kind.PATH, "/ru/news/?page=2"),
            ('<a href="http://localhost:8000/ru/">о школе</a>', Kind.PATH, "/ru/"),
            ('<a href="http://localhost:8000">о школе</a>', Kind.PATH, "/"),
            ('<a href="https://example.org/a?b=1#c">о школе</a>', Kind.OUTSIDE, "https://example.org/a?b=1"),
        ],
    )
    def test_in_running_text(self, settings, anchor, kind, target):
        settings.SITE_URL = "http://localhost:8000"
        assert found(rich(anchor)) == [(kind, target, "о школе")]

    @pytest.mark.parametrize(
        ("site", "href", "kind"),
        [
            ("https://ashar.kg", "https://ASHAR.kg/ru/", Kind.PATH),
            ("https://ashar.kg", "http://ashar.kg/ru/", Kind.PATH),
            ("https://ashar.kg", "https://ashar.kg:443/ru/", Kind.PATH),
            ("http://ashar.kg:80", "http://ashar.kg/ru/", Kind.PATH),
            ("https://ashar.kg", "https://ashar.kg:8443/ru/", Kind.OUTSIDE),
            ("https://ashar.kg", "https://old.ashar.kg/ru/", Kind.OUTSIDE),
            ("http://localhost:8000", "http://localhost/ru/", Kind.OUTSIDE),
        ],
    )
    def test_what_is_ours_is_told_by_host_and_port(self, settings, site, href, kind):
        settings.SITE_URL = site
        assert [link[0] for link in found(rich(f'<a href="{href}">туда</a>'))] == [kind]

    @pytest.mark.parametrize(
        "href",
        [
            "mailto:a@example.org",
            "tel:+996312000000",
            "#top",
            "",
            "http://[bad",
            "//example.org/a",
            "https://" + "a" * 900,
        ],
    )
    def test_what_leads_to_no_page_is_none(self, href):
        assert found(rich(f'<a href="{href}">сюда</a>')) == []

    def test_words_keep_their_order_and_lose_their_marks(self):
        anchors = ('<a href="/a/"><b>первая</b> ссылка</a>', '<a href="/b/">вторая</a>')
        assert found(rich(*anchors)) == [(Kind.PATH, "/a/", "первая ссылка"), (Kind.PATH, "/b/", "вторая")]

    def test_addresses_in_blocks_and_in_sources(self):
        body = [
            ("video", {"title": "Фильм", "address": "https://video.example.org/1", "minutes": 3}),
            (
                "figure_box",
                {"figure": "40", "what": "чырак", "year": 2026, "source": "Акт", "address": "https://example.org/f"},
            ),
        ]
        sources = [("source", {"title": "Акт", "address": "https://example.org/s", "on": None})]
        assert [target for _kind, target, _words in found(body, sources=sources)] == [
            "https://video.example.org/1",
            "https://example.org/f",
            "https://example.org/s",
        ]

    def test_chosen_pages_and_documents(self, school_page):
        act = Document.objects.create(title="Акт", file=ContentFile(b"a", name="act.txt"))
        body = [("projects", {"title": "", "pages": [school_page]}), ("document", {"document": act, "title": ""})]
        assert [link[:2] for link in found(body)] == [(Kind.PAGE, str(school_page.pk)), (Kind.DOCUMENT, str(act.pk))]

    def test_chosen_pictures_with_their_words(self):
        assert found(pictures((7, "Мост"), (None, ""))) == [(Kind.PICTURE, "7", "Мост")]

    def test_what_a_draft_keeps_as_it_was_typed_is_none(self):
        figure = {"figure": "40", "what": "чырак", "year": 2026, "source": "Акт", "address": {"typed": "javascript:x"}}
        assert found(json.dumps([{"type": "figure_box", "value": figure}])) == []

    def test_inside_lists_of_lists(self):
        page = statistics("ru", CONTRADICTION)
        assert [link.target for link in finding.of(page)] == ["https://example.org/a"]

    def test_each_says_where_it_stands(self):
        page = articles.published("links", body=rich('<a href="/a/">там</a>'))
        with translation.override("en"):
            [link] = finding.of(page)
        assert link.where == ("body", "Text")

    def test_no_block_of_ours_can_hide_one(self):
        """Those that can hold a link are of kinds that are looked into."""

        def leaves(block):
            inner = [*getattr(block, "child_blocks", {}).values(), *filter(None, [getattr(block, "child_block", None)])]
            yield from (leaf for each in inner for leaf in leaves(each))
            if not inner:
                yield block

        every = [leaf for block in (StoryBlock(), QuestionsBlock(), MeasureBlock()) for leaf in leaves(block)]
        telling = [type(leaf).__name__ for leaf in every if isinstance(leaf, (blocks.RawHTMLBlock, blocks.StaticBlock))]
        assert telling == []
        assert {kind for kind in LINKING for leaf in every if isinstance(leaf, kind)} == set(LINKING)

    def test_finding_them_asks_the_database_nothing(self):
        page = articles.published("links", body=rich('<a linktype="page" id="7">там</a>', '<a href="/a/">тут</a>'))
        with CaptureQueriesContext(connection) as told:
            assert len(finding.of(page)) == 2
        assert len(told) == 0


class TestAstray:
    def reasons(self, *anchors):
        page = articles.published("links", body=rich(*anchors))
        return {link.words: reason for link, reason in finding.astray(finding.of(page)).items()}

    def test_only_what_readers_cannot_have(self):
        public, draft = articles.published("public"), articles.published("draft", live=False)
        act = Document.objects.create(title="Акт", file=ContentFile(b"a", name="act.txt"))
        assert self.reasons(
            f'<a linktype="page" id="{public.pk}">открытая</a>',
            f'<a linktype="page" id="{draft.pk}">черновик</a>',
            '<a linktype="page" id="99999">удалённая</a>',
            f'<a linktype="document" id="{act.pk}">акт</a>',
            '<a linktype="document" id="99999">потерянный</a>',
            '<a linktype="page" id="x">испорченная</a>',
            '<a href="/nowhere/">путь</a>',
            '<a href="https://example.org/">чужая</a>',
        ) == {
            "черновик": Reason.WITHDRAWN,
            "удалённая": Reason.PAGE_GONE,
            "потерянный": Reason.DOCUMENT_GONE,
            "испорченная": Reason.PAGE_GONE,
        }

    def test_a_picture_that_is_gone_and_none_that_is_there(self):
        there = Image.objects.create(title="x", file=ContentFile(files.picture(), name="x.png"))
        page = articles.published("links", body=pictures((99999, "Мост"), (there.pk, "Дом")))
        told = {link.words: reason for link, reason in finding.astray(finding.of(page)).items()}
        assert told == {"Мост": Reason.PICTURE_GONE}

    @pytest.mark.parametrize("count", [1, 3])
    def test_two_queries_for_one_and_for_three(self, count):
        anchors = [
            f'<a linktype="{kind}" id="{number}">x</a>' for number in range(count) for kind in ("page", "document")
        ]
        links = finding.of(articles.published("links", body=rich(*anchors)))
        with CaptureQueriesContext(connection) as told:
            finding.astray(links)
        assert len(told) == 2


class TestContents:
    def test_words_are_those_that_readers_read(self):
        page = articles.published(
            "words",
            title="Крыша",
            lead="До зимы.",
            body=[
                ("text", "<p>Один &amp; два</p><p>три</p>"),
                ("callout", {"kind": "info", "title": "", "text": "Внимание"}),
            ],
        )
        assert [part.words for part in contents.parts(page) if part.words] == [
            "Крыша",
            "До зимы.",
            "Один & два три",
            "Внимание",
        ]

    def test_a_block_of_an_older_day_takes_nothing_with_it(self):
        page = articles.published("old")
        page.body = type(page).body.field.to_python(
            '[{"type": "gone", "value": 1}, {"type": "text", "value": "<p>Сөз</p>"}]'
        )
        assert "Сөз" in [part.words for part in contents.parts(page)]
