"""One address or one number in a block: what is typed wrong is kept in a draft, and never reaches a reader."""

import copy
import json
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from ashar.accounts import roles
from ashar.accounts.models import User
from cms.as_typed import LONGEST, AsTyped
from cms.blocks.map import areas
from cms.blocks.statistics import StatisticBlock
from cms.blocks.story import StoryBlock
from cms.models import ArticlePage
from tests.cms.editing.test_comfort import at_desk, edit
from tests.cms.editing.test_drafts import is_kept, is_public_after, with_block
from tests.factories import articles
from tests.factories.people import PersonFactory

CONTACT = {"name": "Консулдук", "hours": "", "phone": "", "email": "", "address": ""}
FIGURE = {"figure": "12", "what": "Үй", "year": "2026", "source": "Дептер", "address": ""}
VIDEO = {"title": "Чатыр", "address": "https://example.org/v", "minutes": ""}
WRONG = {
    "url": ("figure_box", FIGURE, "address", "htp:/example,org"),
    "script": ("figure_box", FIGURE, "address", "javascript:alert(7351)"),
    "email": ("contacts", CONTACT, "email", "asan@"),
    "phone": ("contacts", CONTACT, "phone", "эки жүз"),
    "year": ("figure_box", FIGURE, "year", "быйыл"),
    "far year": ("figure_box", FIGURE, "year", "20260"),
    "minutes": ("video", VIDEO, "minutes", "бир саат"),
}


@pytest.fixture
def editor(planted) -> User:
    return PersonFactory(role=roles.EDITOR)


@pytest.fixture(params=WRONG)
def slip(request) -> tuple[dict[str, str], str]:
    """The form of an article with one wrong value in it, and that value."""
    kind, values, name, typed = WRONG[request.param]
    return with_block(kind, {**values, name: typed}), typed


def test_is_kept_in_a_draft_stands_in_its_form_again_and_is_not_published(editor, slip):
    form, typed = slip
    page, desk = articles.published("roof", live=False), at_desk(editor)
    assert is_kept(desk, page, form)
    assert json.dumps(typed) in unescape(desk.get(edit(page)).content.decode())
    assert is_public_after(desk, page, form) is False


def test_set_right_it_is_published(editor, slip):
    form, typed = slip
    page, desk = articles.published("roof", live=False), at_desk(editor)
    is_kept(desk, page, form)
    name = next(key for key, value in form.items() if value == typed)
    right = {"address": "https://example.org/", "email": "asan@example.org", "phone": "+996 312 000000"}
    assert is_public_after(
        desk, page, {**form, name: right.get(name.rsplit("-", 1)[1], "2026" if "year" in name else "7")}
    )


def test_readers_do_not_meet_it_by_whatever_door_the_draft_goes_out(editor, slip):
    form, typed = slip
    page, desk = articles.published("roof", live=False), at_desk(editor)
    is_kept(desk, page, form)
    ArticlePage.objects.get(pk=page.pk).get_latest_revision().publish()
    answer = Client().get("/ru/news/roof/")
    assert (answer.status_code, typed in answer.content.decode()) == (200, False)


def test_a_preview_shows_the_rest(editor, slip):
    form, typed = slip
    page, desk = articles.published("roof", live=False), at_desk(editor)
    assert desk.post(f"{edit(page)}preview/", form).json()["is_valid"] is True
    html = desk.get(f"{edit(page)}preview/?mode=").content.decode()
    assert (typed in html, "roof" in html or "Чатыр" in html) == (False, True)


def test_what_is_too_long_for_a_slip_is_refused(editor):
    page, desk = articles.published("roof", live=False), at_desk(editor)
    form = with_block("figure_box", {**FIGURE, "address": "a" * (LONGEST + 1)})
    assert is_kept(desk, page, form) is False


def test_a_number_of_a_figure_on_the_page_of_figures_is_kept_too():
    value = StatisticBlock().child_blocks["value"]
    kept = value.clean_deferred("көп")
    again = value.to_python(value.get_prep_value(kept))
    assert (kept, again, again.typed) == ("", "", "көп")
    assert [value.to_python(digits) for digits in ("30.125", "1063000")] == ["30.125", "1063000"]
    with pytest.raises(ValidationError):
        value.clean(kept)


def test_a_mark_on_the_map_without_its_number_is_a_piece_without_a_mark():
    mark = {"oblast": "41702000000000", "number": AsTyped("көп"), "page": None, "address": ""}
    assert areas([mark]) == areas([])


def test_a_copy_remembers_it_as_well():
    assert (copy.deepcopy(AsTyped("asan@")).typed, AsTyped("asan@") == "") == ("asan@", True)


def test_a_value_that_is_right_is_what_it_was():
    story = StoryBlock().to_python(
        [{"type": "figure_box", "value": {**FIGURE, "year": 2026, "address": "https://example.org/"}}]
    )
    assert (story[0].value["year"], story[0].value["address"]) == (2026, "https://example.org/")
