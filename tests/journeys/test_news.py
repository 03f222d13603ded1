"""A piece of news from an empty form to its readers: an author writes, a proof-reader approves, an editor publishes."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.factories import articles
from tests.journeys.steps import sign_in, sign_out
from tests.town import Town, wait_until

pytestmark = [pytest.mark.browser]

TITLE, LEAD = "Мост открыт", "В субботу по нему прошли первые."
METRES = articles.table(["Неделя", "Метры"], ["1", "12"], ["2", "20"])
INDEX = "from cms.models import NewsIndexPage; print(NewsIndexPage.objects.get(locale__language_code='ru').pk)"
PROMISED = 2  # seconds until the page that readers have kept shows it


def test_news_goes_from_its_author_to_the_readers(page: Page, desk: Page, town: Town) -> None:
    page.goto("/ru/")  # now the home page is kept as it was before
    assert TITLE not in page.content()

    _write(desk, town)
    _approve(desk, "proofreader@demo.example")
    page.goto("/ru/news/")
    assert TITLE not in page.content()
    _approve(desk, "editor@demo.example")

    asked = time.monotonic()
    wait_until(
        lambda: (page.goto("/ru/"), page.get_by_role("link", name=TITLE).count())[1], what="the home page has it"
    )
    assert time.monotonic() - asked < PROMISED
    page.get_by_role("link", name=TITLE).first.click()
    _check_article(page)
    assert TITLE in page.request.get("/ru/news/feed.atom").text()
    assert page.goto("/ky/news/most-otkryt/").status == 200  # type: ignore[union-attr] - it went somewhere
    expect(page.locator("article[lang=ru] h1")).to_have_text(TITLE)


def _write(desk: Page, town: Town) -> None:
    """Fill in the form in Wagtail as an author does, whose account says Russian, and send it on its way."""
    sign_in(desk, "author@demo.example")
    desk.goto(f"/cms/pages/add/cms/articlepage/{town.ask(INDEX)}/")
    desk.locator("#id_title").fill(TITLE)
    desk.locator("#id_lead").fill(LEAD)
    _add(desk, "Текст")
    desk.locator("[contenteditable=true]").last.click()
    desk.keyboard.type("Мост держит.")
    _add(desk, "Диаграмма")
    for name, words in (("title", "Метры за неделю"), ("cells", METRES), ("source", "Рабочая тетрадь, 2026")):
        desk.locator(f"[name=body-1-value-{name}]").fill(words)
    _add(desk, "Выноска")
    desk.locator("[name=body-2-value-text]").fill("Не больше пяти человек сразу.")
    _add(desk, "Изображение")
    desk.locator("button[data-chooser-action-choose]:visible").last.click()
    desk.locator(".modal [data-chooser-modal-choice]").first.click()
    desk.locator(".modal").wait_for(state="hidden")
    desk.locator("[name=body-3-value-picture-alt_text]").fill("Мост через реку")
    _more_actions(desk)
    desk.locator("button[name=action-submit]").click()
    # The form that saves itself turns /add/ into /edit/ before that; only the list of pages says that it is on its way.
    desk.wait_for_url(lambda address: "/add/" not in address and "/edit/" not in address)


def _approve(desk: Page, email: str) -> None:
    """Open what waits at the door, and approve it."""
    sign_out(desk)
    sign_in(desk, email)
    desk.goto("/cms/")
    desk.get_by_role("link", name=TITLE).first.click()
    desk.wait_for_url("**/edit/**")
    _more_actions(desk)
    desk.locator("[data-workflow-action-name=approve]:visible").first.click()
    desk.wait_for_url(lambda address: "/edit/" not in address)


def _check_article(page: Page) -> None:
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".story-text")).to_have_text("Мост держит.")
    expect(page.locator(".chart-title")).to_have_text("Метры за неделю")
    expect(page.locator(".story-callout .notice")).to_contain_text("Не больше пяти человек сразу.")
    picture = page.locator(".story-figure img")
    expect(picture).to_have_attribute("alt", "Мост через реку")
    answer = page.request.get(picture.get_attribute("src") or "")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")


def _add(desk: Page, block: str) -> None:
    desk.locator("[data-contentpath=body] .c-sf-add-button").last.click()
    desk.get_by_role("option", name=block, exact=True).last.click()


def _more_actions(desk: Page) -> None:
    desk.locator("[data-w-dropdown-target=toggle]:visible").last.click()
