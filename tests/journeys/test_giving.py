"""Three people give, as the promise says: in Kyrgyz from a phone without JavaScript, in Russian after a decline, signed in with a refund."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.steps import figures_of, mailbox, open_form, pay, plain, sign_in, sign_out
from tests.town import Town, wait_until

pytestmark = [pytest.mark.browser]

PROJECT = "clean-water-for-kochkor"


def test_a_kyrgyz_giver_sees_the_gift_arrive_in_the_books(page: Page, town: Town) -> None:
    page.goto(f"/ky/projects/{PROJECT}/")
    before = figures_of(page)

    open_form(page, "ky", PROJECT, currency="USD")
    page.locator("input[name=choice][value='50.00']").check()
    page.locator("input[name=email]").fill("aida@giver.example")
    page.locator("input[name=name]").fill("Аида Өмүрбек кызы")
    page.locator("input[name=shown_as][value=named]").check()
    page.locator(".form-actions button").first.click()
    pay(page, "4242424242424242")

    _reload_until(page, lambda: page.locator("dl.definition a[href*='/receipts/']").count() == 1)
    number = page.locator("dl.definition a[href*='/receipts/']").inner_text()
    mail = mailbox(page, "aida@giver.example", word=number)
    assert number in mail
    page.goto(f"/ky/projects/{PROJECT}/")
    after = figures_of(page)
    assert after.given > before.given
    assert after.matched > before.matched
    assert "Аида Өмүрбек кызы" in page.content()
    town.manage("ledger_check")


def test_a_russian_giver_is_declined_first_and_gives_won_once(page: Page, town: Town) -> None:
    page.goto("/ru/projects/tong-water/")
    before = figures_of(page)

    open_form(page, "ru", "tong-water", currency="KRW")
    page.locator("input[name=choice][value='70000']").check()
    page.locator("input[name=email]").fill("nurlan@giver.example")
    page.locator(".form-actions button").first.click()
    pay(page, "4000000000000002")
    expect(page.locator(".error, [role=alert]").first).to_be_visible()
    pay(page, "4242424242424242")

    _reload_until(page, lambda: page.locator("dl.definition a[href*='/receipts/']").count() == 1)
    assert "70 000" in plain(page.locator("main").inner_text())
    gifts = town.ask(
        "from diaspora.models import Gift; print(Gift.objects.filter(email='nurlan@giver.example').count())"
    )
    assert gifts == "1"
    page.goto("/ru/projects/tong-water/")
    assert figures_of(page).given > before.given
    assert "70 000" in plain(mailbox(page, "nurlan@giver.example"))
    town.manage("ledger_check")


def test_a_signed_in_giver_gets_the_money_back_and_the_pool_too(page: Page, desk: Page, town: Town) -> None:
    page.goto("/en/projects/kemin-health-post/")
    before = figures_of(page)
    sign_in(page, "giver@demo.example")

    open_form(page, "en", "kemin-health-post", currency="EUR")
    page.locator("input[name=choice][value='25.00']").check()
    page.locator(".form-actions button").first.click()
    pay(page, "4000002500003155", approve=True)
    _reload_until(page, lambda: page.locator("dl.definition a[href*='/receipts/']").count() == 1)
    gift_id = re.search(r"/gifts/([0-9a-f-]{36})/", page.url)
    assert gift_id
    page.goto("/en/my/gifts/")
    assert gift_id[1] in page.content()
    page.goto("/en/projects/kemin-health-post/")
    given = figures_of(page)
    assert given.given > before.given

    sign_in(desk, "finance@demo.example")
    desk.goto(f"/cms/gifts/inspect/{gift_id[1]}/")
    desk.locator("a[href*='/refunds/ask/']").click()
    desk.locator("[name=reason]").fill("The giver asked for it")
    desk.locator("form:has([name=reason]) button[type=submit]").click()

    sign_out(page)
    page.goto("/en/projects/kemin-health-post/")
    wait_until(lambda: (page.reload(), figures_of(page) == before)[1], what="the refund reaches the page")
    assert "25" in mailbox(page, "giver@demo.example", word="given back")
    town.manage("ledger_check")


def test_who_turned_back_at_the_card_goes_on_from_the_page_of_the_gift(page: Page, town: Town) -> None:
    open_form(page, "ru", "water-tank-batken", currency="USD")
    page.locator("input[name=choice][value='50.00']").check()
    page.locator("input[name=email]").fill("back@giver.example")
    page.locator(".form-actions button").first.click()
    page.wait_for_url("**/pay/**")
    page.locator("a:has-text('Отменить и вернуться')").first.click()
    page.wait_for_url("**/gifts/**")
    page.locator("main form[action*='/payment/'] button").click()
    pay(page, "4242424242424242")

    _reload_until(page, lambda: page.locator("dl.definition a[href*='/receipts/']").count() == 1)
    gifts = town.ask("from diaspora.models import Gift; print(Gift.objects.filter(email='back@giver.example').count())")
    assert gifts == "1"


def _reload_until(page: Page, truth: Callable[[], bool]) -> None:
    def shown() -> bool:
        with suppress(Error):  # the page was about to look again by itself
            page.reload()
            return truth()
        return False

    wait_until(shown, what=f"{page.url} shows it")
