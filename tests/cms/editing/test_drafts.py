"""Drafts that save themselves: what is half written is kept, and is not published."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.badinput import files
from tests.cms.editing.test_comfort import JSON, at_desk, edit, told
from tests.cms.test_events import event
from tests.cms.test_landing import landing
from tests.cms.test_people import person
from tests.factories import articles

CHART = {"title": "Метры", "kind": "bar", "cells": "", "source": "Дептер, 2026"}
TABLE = {"caption": "Метры", "cells": "", "source": ""}
NOBODY = {"matter": "Сметы", "person": "", "contact": "", "since": ""}
HALF = [("chart", CHART), ("table", TABLE), ("answers", {"title": "", "answers": articles.rows(NOBODY)})]
WRONG = articles.table(["Ай", "Метр"], ["Июль", "көп"])
MEETING = {
    "title": "Встреча", "slug": "meeting", "lead": "Кыскача.", "zone": "Asia/Seoul", "place": "", "online": "",
    "starts_at": "2099-12-05 19:00", "ends_at": "2099-12-05 21:00", "body-count": "0",
}  # fmt: skip

BUTTON = nested_form_data(
    {
        "title": "О нас",
        "slug": "about",
        "lead": "Коротко.",
        "body": streamfield([]),
        "ways": streamfield([("way", {"label": "Дальше", "page": "", "address": ""})]),
    }
)


def with_block(*block: Any) -> dict[str, str]:
    return {**articles.form("Чатыр", [block]), "slug": "roof"}


def is_kept(desk: Client, page: Page, form: dict[str, str]) -> bool:
    return desk.post(edit(page), form, **JSON).json()["success"]


def is_public_after(desk: Client, page: Page, form: dict[str, str]) -> bool:
    desk.post(edit(page), {**form, "action-publish": "1"})
    page.refresh_from_db()
    return page.live


def test_save_themselves_and_stay_with_the_editor(editor):
    page = articles.published("roof")
    assert is_kept(at_desk(editor), page, told("Жаңы чатыр"))
    page.refresh_from_db()
    assert (page.title, page.get_latest_revision_as_object().title) == ("roof ru", "Жаңы чатыр")
    assert "Жаңы чатыр" not in Client().get("/ru/news/roof/").content.decode()


def test_saving_themselves_again_writes_over_the_last(editor):
    page, desk = articles.published("roof"), at_desk(editor)
    first = desk.post(edit(page), told("Чатыр 1"), **JSON).json()["revision_id"]
    second = desk.post(edit(page), {**told("Чатыр 2"), "overwrite_revision_id": first}, **JSON).json()["revision_id"]
    assert (first == second, page.revisions.count()) == (True, 1)


class TestHalfWritten:
    @pytest.mark.parametrize(
        "form",
        [{**told("Чатыр"), "lead": ""}, *(with_block(*block) for block in HALF)],
        ids=["lead", *(name for name, _value in HALF)],
    )
    def test_an_article_is_kept_and_not_published(self, editor, form):
        page, desk = articles.published("roof", live=False), at_desk(editor)
        assert (is_kept(desk, page, form), is_public_after(desk, page, form)) == (True, False)

    def test_a_meeting_is_kept_and_not_published(self, editor):
        page, desk = event("meeting", live=False), at_desk(editor)
        assert (is_kept(desk, page, MEETING), is_public_after(desk, page, MEETING)) == (True, False)
        assert is_public_after(desk, page, {**MEETING, "online": "https://example.org/room"})

    def test_a_person_is_kept_and_not_published(self, editor):
        picture = get_image_model().objects.create(title="1", file=ContentFile(files.picture(), name="1.png"))
        page, desk = person("ru", live=False), at_desk(editor)
        form = {"title": "Айжан", "slug": "aizhan", "role": "Мугалим", "body-count": "0", "image": str(picture.pk)}
        for words in ("", "  "):
            half = {**form, "alt_text": words}
            assert (is_kept(desk, page, half), is_public_after(desk, page, half)) == (True, False)

    def test_a_button_without_a_way_is_kept_and_not_published(self, editor):
        page, desk = landing(live=False), at_desk(editor)
        assert (is_kept(desk, page, BUTTON), is_public_after(desk, page, BUTTON)) == (True, False)

    @pytest.mark.parametrize("cells", [WRONG, "Жума\tМетр\n1", "бир сөз"])
    @pytest.mark.parametrize(("kind", "values"), [("chart", CHART), ("table", TABLE)])
    def test_a_table_that_is_none_yet_is_kept(self, editor, kind, values, cells):
        page, desk = articles.published("roof", live=False), at_desk(editor)
        assert is_kept(desk, page, with_block(kind, {**values, "cells": cells}))

    def test_a_wrong_number_is_kept_and_not_published(self, editor):
        page, desk = articles.published("roof", live=False), at_desk(editor)
        form = with_block("chart", {**CHART, "cells": WRONG})
        assert (is_kept(desk, page, form), is_public_after(desk, page, form)) == (True, False)
