"""A browser asks nobody but us, runs nothing that the policy forbids, and sees the card that a shared link shows."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.watching import Watched
from tests.town import Town

pytestmark = [pytest.mark.browser]

PROJECT, ASSOCIATION = "clean-water-for-kochkor", "ala-too-moscow"
PAGES = ("", "projects/", "projects/?state=open", f"projects/{PROJECT}/", "associations/", f"associations/{ASSOCIATION}/",
         f"projects/{PROJECT}/trail/", "styleguide/share/")  # fmt: skip
SIZE = """async address => {
  const picture = Object.assign(new Image(), {src: address});
  await picture.decode();
  return [picture.naturalWidth, picture.naturalHeight];
}"""


@pytest.fixture
def reader(chromium: Watched, town: Town) -> Iterator[Page]:
    """A browser with JavaScript."""
    context = chromium.new_context(base_url=town.base)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("code", ["ky", "ru", "en"])
def test_no_page_asks_a_stranger_or_breaks_the_policy(chromium: Watched, reader: Page, town: Town, code: str) -> None:
    for page in PAGES:
        reader.goto(f"/{code}/{page}", wait_until="networkidle")

    assert chromium.hosts == {urlsplit(town.base).netloc}
    assert chromium.complaints == []


@pytest.mark.parametrize(
    ("scripted", "told"), [(True, {"refused: script-src-elem", "refused: img-src"}), (False, set())]
)
def test_a_breach_would_be_seen(chromium: Watched, town: Town, scripted: bool, told: set[str]) -> None:
    """Otherwise the silence above would prove nothing."""

    def breached(route: Route) -> None:
        answer = route.fetch()
        planted = "<script>1</script><img src='https://stranger.invalid/x.png'></main>"
        route.fulfill(response=answer, body=answer.text().replace("</main>", planted))

    context = chromium.new_context(base_url=town.base, java_script_enabled=scripted)
    page = context.new_page()
    page.route("**/ru/", breached)
    page.goto("/ru/", wait_until="load")
    context.close()
    refused = {line.partition(" @ ")[0] for line in chromium.complaints if line.startswith("refused: ")}
    assert refused == told
    assert any("stranger.invalid" in line and "Content Security Policy" in line for line in chromium.complaints)
    chromium.forget()  # what was planted here is no fault of the page


@pytest.mark.parametrize(
    ("page", "kinds"),
    [("", ["WebSite", "Organization"]), (f"projects/{PROJECT}/", ["Project"]), (f"associations/{ASSOCIATION}/", ["NGO"])],
)  # fmt: skip
def test_what_a_page_is_about_stands_in_it_as_data(reader: Page, page: str, kinds: list[str]) -> None:
    reader.goto(f"/ky/{page}")
    told = json.loads(reader.locator('script[type="application/ld+json"]').inner_text())

    assert [thing["@type"] for thing in told.get("@graph", [told])] == kinds


def test_the_card_of_a_project_is_a_picture_of_its_size(reader: Page) -> None:
    reader.goto(f"/ky/projects/{PROJECT}/")
    address = reader.locator('meta[property="og:image"]').get_attribute("content")

    assert reader.evaluate(SIZE, address) == [1200, 630]


def test_share_links_are_asked_only_when_they_are_followed(chromium: Watched, reader: Page, town: Town) -> None:
    reader.goto("/ru/styleguide/share/", wait_until="networkidle")
    places = reader.locator(".share-link")
    hosts = [urlsplit(places.nth(number).get_attribute("href") or "").netloc for number in range(places.count())]

    assert hosts == ["wa.me", "t.me", "max.ru", "connect.ok.ru", "vk.com", ""]
    assert chromium.hosts == {urlsplit(town.base).netloc}
