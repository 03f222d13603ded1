"""A piece of news from an empty form to its readers: written, approved, given an hour, translated, published by the worker.

Everybody works in Wagtail's own forms, each in the language of their account. Readers have every home page kept as it was before.
"""

import re
import time
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from tests.factories import articles
from tests.journeys.steps import sign_in, sign_out
from tests.town import Town, wait_until

# A form may be saving itself when its own button is pressed: Wagtail keeps what the button sent, the newer of the two, and
# answers the other that its version is not the latest. The test asks that no 400 says anything else.
pytestmark = [pytest.mark.browser, pytest.mark.provokes("status of 400 .*/edit/$")]

SLUG = "most-otkryt"
RUSSIAN = {
    "title": "Мост открыт",
    "lead": "В субботу по нему прошли первые.",
    "text": "Мост держит.",
    "chart": "Метры за неделю",
    "cells": articles.table(["Неделя", "Метры"], ["1", "12"], ["2", "20"]),
    "source": "Рабочая тетрадь, 2026",
    "callout": "Не больше пяти человек сразу.",
    "alt": "Мост через реку",
}
KYRGYZ = {
    "title": "Көпүрө ачылды",
    "lead": "Ишемби күнү андан биринчилер өттү.",
    "text": "Көпүрө бекем.",
    "chart": "Жумасына метр",
    "cells": articles.table(["Жума", "Метр"], ["1", "12"], ["2", "20"]),
    "source": "Жумуш дептери, 2026",
    "callout": "Бир убакта беш кишиден ашпасын.",
    "alt": "Дарыядагы көпүрө",
}
ENGLISH = {
    "title": "The bridge is open",
    "lead": "The first people crossed it on Saturday.",
    "text": "The bridge holds.",
    "chart": "Metres a week",
    "cells": articles.table(["Week", "Metres"], ["1", "12"], ["2", "20"]),
    "source": "Work book, 2026",
    "callout": "No more than five people at once.",
    "alt": "A bridge across a river",
}
OTHERS = {"ky": "Кыргызча", "en": "English"}
WORDS = {"ru": RUSSIAN, "ky": KYRGYZ, "en": ENGLISH}
INDEX = "from cms.models import NewsIndexPage; print(NewsIndexPage.objects.get(locale__language_code='ru').pk)"
TIME_TO_TRANSLATE = timedelta(seconds=60)  # at least; forms know whole minutes
HOUR_COMES_WITHIN = 180  # seconds
PROMISED = 2  # seconds until the page that readers have kept shows it


def test_news_goes_from_its_author_to_the_readers_of_three_languages(page: Page, desk: Page, town: Town) -> None:
    for code, words in WORDS.items():
        assert words["title"] not in page.request.get(f"/{code}/").text()  # now the home page is kept as it was before

    refused = _refusals(desk)
    _write(desk, town)
    _approve(desk, "proofreader@demo.example")
    article = _give_it_an_hour(desk)
    forms = {code: _hand_over(desk, article, language) for code, language in OTHERS.items()}
    for code, form in forms.items():
        _translate(desk, form, code)
    assert set(refused) <= {"invalid_revision"}
    assert [code for code in WORDS if town.answers(f"{town.base}/{code}/news/{SLUG}/")] == []

    seen = _watch(page)
    assert [code for code in WORDS if seen[f"/{code}/"] - seen[f"/{code}/news/{SLUG}/"] > PROMISED] == []

    for code, words in WORDS.items():
        _check_article(page, code, words)
        assert words["title"] in page.request.get(f"/{code}/news/feed.atom").text()


def _refusals(desk: Page) -> list[str]:
    """Return a list that fills with the reasons for which forms that save themselves are refused."""
    refused: list[str] = []

    def ask(route: Route) -> None:
        if "application/json" not in route.request.headers.get("accept", ""):
            route.continue_()
            return
        answer = route.fetch(max_redirects=0)
        if answer.status == 400:
            refused.append(answer.json()["error_code"])
        route.fulfill(response=answer)

    desk.route("**/edit/", ask)
    return refused


def _write(desk: Page, town: Town) -> None:
    """Fill in the form as an author does, whose account says Russian, and send it on its way."""
    sign_in(desk, "author@demo.example")
    desk.goto(f"/cms/pages/add/cms/articlepage/{town.ask(INDEX)}/")
    desk.locator("#id_title").fill(RUSSIAN["title"])
    desk.locator("#id_lead").fill(RUSSIAN["lead"])
    _add(desk, "Текст")
    desk.locator("[contenteditable=true]").last.click()
    desk.keyboard.type(RUSSIAN["text"])
    _add(desk, "Диаграмма")
    for name, words in (("title", "chart"), ("cells", "cells"), ("source", "source")):
        desk.locator(f"[name=body-1-value-{name}]").fill(RUSSIAN[words])
    _add(desk, "Выноска")
    desk.locator("[name=body-2-value-text]").fill(RUSSIAN["callout"])
    _add(desk, "Изображение")
    desk.locator("button[data-chooser-action-choose]:visible").last.click()
    desk.locator(".modal [data-chooser-modal-choice]").first.click()
    desk.locator(".modal").wait_for(state="hidden")
    desk.locator("[name=body-3-value-picture-alt_text]").fill(RUSSIAN["alt"])
    desk.wait_for_url("**/edit/**")  # the form has saved itself for the first time
    _more_actions(desk)
    desk.locator("button[name=action-submit]").click()
    _wait_to_leave(desk)


def _approve(desk: Page, email: str) -> None:
    """Open what waits at the door, and approve it."""
    _open_what_waits(desk, email)
    _press_approve(desk)


def _give_it_an_hour(desk: Page) -> int:
    """Say when it goes out, approve it, and return its number."""
    _open_what_waits(desk, "editor@demo.example")
    number = int(desk.url.split("/pages/")[1].split("/")[0])
    desk.locator("[data-side-panel-toggle=status]").click()
    desk.locator("[data-a11y-dialog-show=schedule-publishing-dialog]:visible").first.click()
    at = timezone.localtime(timezone.now() + TIME_TO_TRANSLATE + timedelta(minutes=1))
    desk.locator("#id_go_live_at").fill(f"{at:%Y-%m-%d %H:%M}")
    desk.keyboard.press("Tab")
    desk.locator("#schedule-publishing-dialog button[type=submit]:visible").press(
        "Enter"
    )  # the calendar may lie over it
    desk.wait_for_load_state()
    desk.goto(f"/cms/pages/{number}/edit/")
    _press_approve(desk)
    return number


def _hand_over(desk: Page, article: int, language: str) -> str:
    """Let it be translated, and return where the form for that stands."""
    desk.goto(f"/cms/localize/submit/page/{article}/")
    desk.get_by_label(language, exact=True).check()
    desk.locator("main form button[type=submit], main form input[type=submit]").first.click()
    desk.wait_for_url("**/edit/**")
    return desk.url


def _translate(desk: Page, form: str, code: str) -> None:
    """Say each text in the language, as its editor, and let it go out with the Russian one."""
    sign_out(desk)
    sign_in(desk, f"editor-{code}@demo.example")
    desk.goto(form)
    said = dict(
        pair for name, source in RUSSIAN.items() for pair in zip(_parts(source), _parts(WORDS[code][name]), strict=True)
    )
    missing = desk.locator("li.incomplete:visible")
    missing.first.wait_for()
    while left := missing.count():
        _say(missing.first, said)
        expect(missing).to_have_count(left - 1)
    with desk.expect_navigation():
        desk.locator("button[name=action][value=publish]").press("Enter")


def _say(segment: Locator, said: Mapping[str, str]) -> None:
    """Write one text in the other language, by keys: a panel may lie over half of the form."""
    source = segment.locator("p").first.text_content() or ""
    segment.get_by_role("button").first.press("Enter")
    segment.locator("textarea").fill(said[source])
    with segment.page.expect_response(lambda response: response.request.method == "PUT"):  # until then it is not kept
        segment.get_by_role("button").last.press("Enter")


def _parts(words: str) -> list[str]:
    """Return what translators see for itself: a text, or each cell of a table."""
    return re.split(r"[\t\n]", words)


def _open_what_waits(desk: Page, email: str) -> None:
    sign_out(desk)
    sign_in(desk, email)
    desk.goto("/cms/")
    desk.get_by_role("link", name=RUSSIAN["title"]).first.click()
    desk.wait_for_url("**/edit/**")


def _press_approve(desk: Page) -> None:
    _more_actions(desk)
    desk.locator("[data-workflow-action-name=approve]:visible").first.click()
    _wait_to_leave(desk)


def _wait_to_leave(desk: Page) -> None:
    """Wait for the list of pages: a form that saves itself turns /add/ into /edit/ before what was asked of it is done."""
    desk.wait_for_url(lambda address: "/add/" not in address and "/edit/" not in address)


def _watch(page: Page) -> Mapping[str, float]:
    """Return the second in which readers found the title at each address: the article and the home page of each language."""
    places = [
        (place, words["title"]) for code, words in WORDS.items() for place in (f"/{code}/news/{SLUG}/", f"/{code}/")
    ]
    seen: dict[str, float] = {}

    def is_everywhere() -> bool:
        for place, title in places:
            if place not in seen and title in page.request.get(place).text():
                seen[place] = time.monotonic()
        return len(seen) == len(places)

    wait_until(is_everywhere, what="the article stands in three languages", seconds=HOUR_COMES_WITHIN)
    return seen


def _check_article(page: Page, code: str, words: Mapping[str, str]) -> None:
    page.goto(f"/{code}/")
    page.get_by_role("link", name=words["title"]).first.click()
    expect(page.locator("h1")).to_have_text(words["title"])
    expect(page.locator(".lead")).to_have_text(words["lead"])
    expect(page.locator(".story-text")).to_have_text(words["text"])
    expect(page.locator(".chart-title")).to_have_text(words["chart"])
    expect(page.locator(".chart-source")).to_contain_text(words["source"])
    expect(page.locator(".chart-data :is(th, td)")).to_have_text(_parts(words["cells"]))
    expect(page.locator(".story-callout .notice")).to_contain_text(words["callout"])
    picture = page.locator(".story-figure img")
    expect(picture).to_have_attribute("alt", words["alt"])
    answer = page.request.get(picture.get_attribute("src") or "")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")


def _add(desk: Page, block: str) -> None:
    desk.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    desk.get_by_role("option", name=block, exact=True).last.click()


def _more_actions(desk: Page) -> None:
    desk.locator("[data-w-dropdown-target=toggle]:visible").last.click()
