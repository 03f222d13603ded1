"""The body of a page: which blocks there are, what each refuses, what each shows."""

import pytest
from django.core.exceptions import ValidationError

from cms.blocks.contacts import ContactsBlock
from cms.blocks.figure_box import FigureBoxBlock
from cms.blocks.steps import StepsBlock
from cms.blocks.story import StoryBlock
from cms.blocks.table import TableBlock
from cms.blocks.text import TextBlock
from cms.blocks.timeline import TimelineBlock
from cms.blocks.video import VideoBlock
from tests.factories.articles import table

KINDS = {"text", "callout", "quote", "steps", "timeline", "picture", "gallery", "video", "document", "figure_box", "table", "chart",
         "projects", "associations", "calls", "contacts", "known_contacts", "answers", "partners", "map", "known_figures"}  # fmt: skip


def cleaned(block, **value):
    return block.clean(block.to_python(value))


def test_these_are_the_blocks_each_in_a_group_with_a_template_of_its_own():
    story = StoryBlock()
    assert set(story.child_blocks) == KINDS
    assert {str(block.meta.group) for block in story.child_blocks.values()} != {""}
    assert len({block.meta.template for block in story.child_blocks.values()}) == len(KINDS)


def test_text_can_neither_embed_nor_load():
    assert set(TextBlock().features) == {"h2", "h3", "bold", "italic", "link", "ul", "ol", "document-link"}


@pytest.mark.parametrize("phone", ["позвоните", "+996 312 <b>", "1234", "1" * 30])
def test_a_phone_is_digits(phone):
    with pytest.raises(ValidationError):
        cleaned(ContactsBlock(), name="Айыл өкмөтү", phone=phone)


def test_a_phone_that_is_one_can_be_called():
    value = cleaned(ContactsBlock(), name="Айыл өкмөтү", phone="+996 312 000 000")
    assert 'href="tel:+996 312 000 000"' in ContactsBlock().render(value)


def test_a_figure_needs_its_year_and_source():
    for missing in ("year", "source", "what", "figure"):
        told = {"figure": "40", "what": "чырак", "year": 2026, "source": "Акт"}
        with pytest.raises(ValidationError):
            cleaned(FigureBoxBlock(), **{**told, missing: None if missing == "year" else ""})


def test_one_step_is_no_steps():
    with pytest.raises(ValidationError):
        cleaned(StepsBlock(), steps=[{"title": "Казуу", "text": ""}])


def test_days_are_told_in_the_order_the_editor_chose():
    rows = [{"on": "2026-09-12", "title": "Смета", "text": ""}, {"on": "2026-09-26", "title": "Чогулуш", "text": ""}]
    html = TimelineBlock().render(cleaned(TimelineBlock(), rows=rows))
    assert html.index("Смета") < html.index("Чогулуш")


def test_a_video_is_a_link_that_names_its_site():
    html = VideoBlock().render(
        cleaned(VideoBlock(), title="Көпүрө", address="https://www.example.org/film", minutes=21)
    )
    assert '<a href="https://www.example.org/film" rel="noopener nofollow">' in html
    assert "example.org ·" in html
    assert "<iframe" not in html


def test_a_table_says_what_it_holds_and_where_it_is_from():
    html = TableBlock().render(
        cleaned(TableBlock(), caption="Смета", cells=table(["Статья", "Сом"], ["Жыгач", "264"]), source="Протокол")
    )
    assert "<caption>Смета</caption>" in html
    assert '<th scope="row" data-label="Статья">Жыгач</th>' in html
    assert "Протокол" in html


def test_a_table_that_is_none_any_more_is_left_out():
    assert TableBlock().render(TableBlock().to_python({"caption": "x", "cells": "x", "source": "x"})).strip() == ""
