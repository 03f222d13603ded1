"""Lines in the translators' tool: seen in the source, typed with Enter, kept as the tool keeps them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import sign_in
from tests.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.provokes("status of 400 .*/edit/$")]

HANDED_ON = """
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object
from cms.models import NewsIndexPage
from tests.factories import articles
body = [('callout', {'kind': 'info', 'title': 'Знай', 'text': 'Лёд тонкий.\\n\\nИ снег.'})]
page = articles.published('lyod', 'ru', at=None, title='Лёд', body=body)
page.save_revision().publish()
translate_object(page, [Locale.objects.get(language_code='ky')])
print(Translation.objects.get(source__object_id=page.translation_key).get_target_instance_edit_url())
"""


def test_lines_are_seen_and_typed_and_kept_as_the_tool_keeps_them(desk: Page, town: Town) -> None:
    form = town.ask(HANDED_ON)
    sign_in(desk, "editor@demo.example")
    desk.goto(form)
    expect(desk.get_by_role("heading", name="Перевод: Русский → Кыргызча").first).to_be_visible()
    text = _text(desk, "Лёд тонкий.")
    assert text.locator("p").first.text_content() == "Лёд тонкий.\n\nИ снег."

    _open(text)
    for keys in ("Муз жука.", "Enter", "Enter", "Кар да."):
        desk.keyboard.press(keys) if keys == "Enter" else desk.keyboard.type(keys)
    assert _kept(desk, lambda: desk.keyboard.press("Control+Enter")) == "Муз жука.<br/><br/>Кар да."
    expect(text.locator("p").nth(1)).to_have_text("Муз жука.\n\nКар да.", use_inner_text=True)

    _open(text)
    assert text.locator("textarea").input_value() == "Муз жука.\n\nКар да."
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Ооба.")
    assert _kept(desk, lambda: text.get_by_role("button").last.press("Enter")) == "Муз жука.<br/><br/>Кар да. Ооба."


def test_where_no_line_ends_enter_saves(desk: Page, town: Town) -> None:
    sign_in(desk, "editor-ky@demo.example")
    desk.goto(town.ask(HANDED_ON.replace("lyod", "lyod-2")))
    _open(_text(desk, "Знай"))
    desk.keyboard.type("Билип кой")
    assert _kept(desk, lambda: desk.keyboard.press("Enter")) == "Билип кой"


def _text(desk: Page, words: str) -> Locator:
    return desk.locator("li li", has_text=words)


def _open(text: Locator) -> None:
    text.get_by_role("button").first.press("Enter")
    expect(text.locator("textarea")).to_be_focused()


def _kept(desk: Page, save: Callable[[], object]) -> str:
    with desk.expect_response(lambda response: response.request.method == "PUT") as answer:
        save()
    return str(answer.value.json()["data"])
