"""Lines in the translators' tool: seen in the source, typed with Enter, kept as the tool keeps them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.steps import sign_in
from tests.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.provokes("status of 400 .*/edit/$")]

# The three kinds of segments are counted in tables of their own, so that on some page each number stands for one of each.
HANDED_ON = """
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.operations import translate_object
from cms.editing import strings
from cms.models import Contact, ProjectPage
from tests.factories import articles
from tests.factories.snippets import snippet
body = [
    ('callout', {'kind': 'info', 'title': 'Знай', 'text': 'Лёд тонкий.\\n\\nИ снег.'}),
    ('text', '<p><a href="https://example.org/">Источник</a></p>'),
    ('projects', {'title': 'Сборы', 'pages': [ProjectPage.objects.filter(locale__language_code='ru').first()]}),
    ('known_contacts', {'title': '', 'contacts': [snippet(Contact)]}),
]
page = articles.published('lyod', 'ru', at=None, title='Лёд', body=body)
page.save_revision().publish()
translate_object(page, [Locale.objects.get(language_code='ky')])
kyrgyz = Translation.objects.get(source__object_id=page.translation_key)
texts = [StringSegment.objects.filter(pk=text.pk) for text in strings.taking_lines(kyrgyz)]
values = [kyrgyz.source.overridablesegment_set.filter(pk=each.pk) for each in kyrgyz.source.overridablesegment_set.all()]
snippets = [kyrgyz.source.relatedobjectsegment_set.all()]
for rows in (texts, values, snippets):
    assert rows
    for number, row in enumerate(rows, start=1000 * page.pk):
        assert row.update(id=number) == 1
print(kyrgyz.get_target_instance_edit_url())
"""


PROJECT_IN_KYRGYZ = """
from cms.models import ProjectPage
chosen = ProjectPage.objects.filter(locale__language_code='ru').first()
print(chosen.get_translations().get(locale__language_code='ky').title)
"""


def test_lines_are_seen_and_typed_and_kept_as_the_tool_keeps_them(desk: Page, town: Town) -> None:
    form = town.ask(HANDED_ON)
    sign_in(desk, "editor@demo.example")
    desk.goto(form)
    expect(desk.get_by_role("heading", name="Перевод: Русский → Кыргызча").first).to_be_visible()
    text = _text(desk, "Лёд тонкий.")
    assert text.locator("p").first.text_content() == "Лёд тонкий.\n\nИ снег."

    _open(text)
    expect(desk.locator("textarea")).to_have_count(1)
    for keys in ("Муз жука.", "Enter", "Enter", "Кар да."):
        desk.keyboard.press(keys) if keys == "Enter" else desk.keyboard.type(keys)
    assert _kept(desk, lambda: desk.keyboard.press("Control+Enter")) == "Муз жука.<br/><br/>Кар да."
    expect(text.locator("p").nth(1)).to_have_text("Муз жука.\n\nКар да.", use_inner_text=True)

    _open(text)
    assert text.locator("textarea").input_value() == "Муз жука.\n\nКар да."
    desk.keyboard.press("Control+End")
    desk.keyboard.type(" Ооба.")
    assert _kept(desk, lambda: text.get_by_role("button").last.press("Enter")) == "Муз жука.<br/><br/>Кар да. Ооба."


def test_where_no_line_ends_enter_saves_and_a_chosen_page_is_named(desk: Page, town: Town) -> None:
    sign_in(desk, "editor-ky@demo.example")
    desk.goto(town.ask(HANDED_ON.replace("lyod", "lyod-2")))
    project = town.ask(PROJECT_IN_KYRGYZ)
    expect(desk.locator(".page-chooser .title")).to_have_text(project)
    _open(_text(desk, "Знай"))
    desk.keyboard.type("Билип кой")
    assert _kept(desk, lambda: desk.keyboard.press("Enter")) == "Билип кой"


def test_a_segment_that_is_odd_leaves_the_tool_in_the_words_of_the_site(desk: Page, town: Town) -> None:
    sign_in(desk, "editor-en@demo.example")
    form = town.ask(HANDED_ON.replace("lyod", "lyod-3").replace("'ky'", "'en'"))
    desk.route(f"**{form}", _without_sources)
    desk.goto(form)
    expect(desk.get_by_role("heading", name="Translation: Русский → English").first).to_be_visible()


def test_an_address_beside_a_text_is_opened_alone(desk: Page, town: Town) -> None:
    sign_in(desk, "admin@demo.example")
    desk.goto(town.ask(HANDED_ON.replace("lyod", "lyod-4")))
    link = _text(desk, "https://example.org/")
    link.get_by_role("button").first.press("Enter")
    expect(desk.locator("textarea")).to_have_count(1)
    desk.keyboard.press("Control+A")
    desk.keyboard.type("https://example.org/ky/")
    assert _kept(desk, lambda: desk.keyboard.press("Enter")) == "https://example.org/ky/"
    desk.reload()
    expect(_text(desk, "https://example.org/ky/")).to_be_visible()


def _without_sources(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("&quot;source&quot;:", "&quot;no_source&quot;:"))


def _text(desk: Page, words: str) -> Locator:
    return desk.locator("li li", has_text=words)


def _open(text: Locator) -> None:
    text.get_by_role("button").first.press("Enter")
    expect(text.locator("textarea")).to_be_focused()


def _kept(desk: Page, save: Callable[[], object]) -> str:
    with desk.expect_response(lambda response: response.request.method == "PUT") as answer:
        save()
    return str(answer.value.json()["data"])
