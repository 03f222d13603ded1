"""With Tab alone: everything that can be used is reached, in the order it is read, shows that it is reached, and lets go."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import open_form, sign_in
from tests.journeys.test_axe import PROJECT, of_each_kind
from tests.journeys.watching import Watched
from tests.town import Town

pytestmark = [pytest.mark.browser]

WIDTHS = (360, 1280)
OTHERS = (f"/ky/projects/{PROJECT}/give/", "/ky/accounts/login/", "/ky/styleguide/")
OWN = ("/ky/accounts/", "/ky/my/gifts/")
# What Tab should stop at, and how each looks at rest. Of radio buttons with one name Tab stops at one only.
LOOK_ROUND = """() => {
  const usable = "a[href], area[href], button, input, select, textarea, summary, [tabindex='0']";
  const seen = part => part.checkVisibility({visibilityProperty: true}) && part.getClientRects().length;
  const radios = part => [...document.querySelectorAll(`input[type=radio][name="${part.name}"]`)]
    .filter(other => other.form === part.form);
  const stops = part => part.type !== "radio"
    || part === (radios(part).find(other => other.checked) ?? radios(part)[0]);
  const look = part => JSON.stringify([part, part.firstElementChild, part.nextElementSibling].map(one => {
    if (!one) return "";
    const {outline, boxShadow, backgroundColor, borderColor, fill, stroke} = getComputedStyle(one);
    return [outline, boxShadow, backgroundColor, borderColor, fill, stroke];
  }));
  const parts = [...document.querySelectorAll(usable)]
    .filter(part => part.tabIndex >= 0 && !part.disabled && seen(part) && stops(part));
  const rest = parts.map(look);
  window.reached = [];
  window.unshown = [];
  document.addEventListener("focusin", ({target}) => {
    const place = parts.indexOf(target);
    if (place < 0) return;
    window.reached.push(place);
    if (look(target) === rest[place]) window.unshown.push(target.outerHTML.slice(0, 120));
  });
  window.told = place => parts[place].outerHTML.slice(0, 120);
  return parts.length;
}"""


@pytest.fixture(scope="module")
def keyboard(chromium: Watched, town: Town) -> Iterator[Page]:
    """A browser that is never clicked in; its screen is set by each test."""
    context = chromium.new_context(base_url=town.base, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def walk(page: Page, address: str) -> list[str]:
    """Press Tab from the top of a page to its end; return what was missed, met out of turn or did not show its focus."""
    page.goto(address)
    return faults_of(page)


def faults_of(page: Page) -> list[str]:
    """Walk the page that stands open, as `walk` does."""
    count = int(page.evaluate(LOOK_ROUND))
    for _ in range(count + 5):  # what scrolls by itself is a stop too, and not one of those counted
        page.keyboard.press("Tab")
    reached = page.evaluate("window.reached")[:count]
    wrong = [place for place, met in zip(range(count), [*reached, *[-1] * count], strict=False) if place != met][:1]
    return [*(f"out of turn: {page.evaluate('window.told', place)}" for place in wrong),
            *(f"unshown: {part}" for part in page.evaluate("window.unshown"))]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_tab_reaches_everything(keyboard: Page, width: int) -> None:
    keyboard.context.clear_cookies()
    keyboard.set_viewport_size({"width": width, "height": 800})
    told = {address: walk(keyboard, address) for address in (*of_each_kind(keyboard, "ky"), *OTHERS)}
    sign_in(keyboard, "giver@demo.example")
    told |= {address: walk(keyboard, address) for address in OWN}
    assert {address: found for address, found in told.items() if found} == {}


def test_what_is_wrong_would_be_seen(keyboard: Page) -> None:
    """Otherwise the silence above would prove nothing."""
    keyboard.goto("about:blank")
    keyboard.set_content("<a href='#a'>1</a><a href='#b' tabindex='1'>2</a><button style='outline: none'>3</button>")
    told = faults_of(keyboard)
    unshown = {line for line in told if line.startswith("unshown: ")}  # Tab comes round to it again
    assert (told[0].partition(":")[0], len(unshown), "<button" in unshown.pop()) == ("out of turn", 1, True)


def test_the_first_stop_leads_past_the_head_of_the_page(keyboard: Page) -> None:
    keyboard.goto("/ky/")
    keyboard.keyboard.press("Tab")
    expect(keyboard.locator(":focus")).to_have_attribute("href", "#main")
    keyboard.keyboard.press("Enter")
    keyboard.keyboard.press("Tab")
    assert keyboard.evaluate("document.querySelector('#main').contains(document.activeElement)")


def test_enter_opens_a_menu(keyboard: Page) -> None:
    keyboard.set_viewport_size({"width": 360, "height": 800})
    keyboard.goto("/ky/")
    menu = keyboard.locator("header details:has(> summary:visible)").first
    menu.locator("summary").focus()
    keyboard.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")


def test_a_giver_comes_to_the_card_by_keys_alone(keyboard: Page) -> None:
    keyboard.context.clear_cookies()
    open_form(keyboard, "ky", PROJECT, currency="USD")
    _tab_to(keyboard, "input[name=choice]")
    keyboard.keyboard.press("Space")
    _tab_to(keyboard, "input[name=email]")
    keyboard.keyboard.type("keys@giver.example")
    _tab_to(keyboard, ".form-actions button")
    keyboard.keyboard.press("Enter")
    keyboard.wait_for_url("**/pay/**")


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")
