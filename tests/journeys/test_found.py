"""A browser asks nobody but us, runs nothing that the policy forbids, and sees the card that a shared link shows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.town import Town

pytestmark = [pytest.mark.browser]

PROJECT, ASSOCIATION = "clean-water-for-kochkor", "ala-too-moscow"
PAGES = ("", "projects/", "projects/?state=open", f"projects/{PROJECT}/", "associations/", f"associations/{ASSOCIATION}/",
         f"projects/{PROJECT}/trail/", "styleguide/share/")  # fmt: skip
TELL = "document.addEventListener('securitypolicyviolation', e => console.error('refused: ' + e.violatedDirective))"


@dataclass
class Watched:
    """A page, the hosts it asked, and what the browser complained of."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def watched(chromium: Browser, town: Town) -> Iterator[Watched]:
    """A browser with JavaScript, whose every request and complaint is written down."""
    context = chromium.new_context(base_url=town.base)
    context.add_init_script(TELL)
    seen = Watched(context.new_page())
    seen.page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).netloc))
    seen.page.on("console", lambda message: seen.complaints.append(message.text))
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    context.close()


@pytest.mark.parametrize("code", ["ky", "ru", "en"])
def test_no_page_asks_a_stranger_or_breaks_the_policy(watched: Watched, town: Town, code: str) -> None:
    for page in PAGES:
        watched.page.goto(f"/{code}/{page}", wait_until="networkidle")

    assert watched.hosts == {urlsplit(town.base).netloc}
    assert watched.complaints == []


def test_a_breach_would_be_seen(watched: Watched) -> None:
    """Otherwise the silence above would prove nothing."""

    def breached(route: Route) -> None:
        answer = route.fetch()
        planted = "<script>1</script><img src='https://stranger.invalid/x.png'></main>"
        route.fulfill(response=answer, body=answer.text().replace("</main>", planted))

    watched.page.route("**/ru/", breached)
    watched.page.goto("/ru/")
    refused = {line for line in watched.complaints if line.startswith("refused: ")}
    assert refused == {"refused: script-src-elem", "refused: img-src"}


@pytest.mark.parametrize(
    ("page", "kinds"),
    [("", ["WebSite", "Organization"]), (f"projects/{PROJECT}/", ["Project"]), (f"associations/{ASSOCIATION}/", ["NGO"])],
)  # fmt: skip
def test_what_a_page_is_about_stands_in_it_as_data(watched: Watched, page: str, kinds: list[str]) -> None:
    watched.page.goto(f"/ky/{page}")
    told = json.loads(watched.page.locator('script[type="application/ld+json"]').inner_text())

    assert [thing["@type"] for thing in told.get("@graph", [told])] == kinds
    assert watched.complaints == []


def test_the_card_of_a_project_is_a_picture_of_its_size(watched: Watched) -> None:
    watched.page.goto(f"/ky/projects/{PROJECT}/")
    watched.page.goto(watched.page.locator('meta[property="og:image"]').get_attribute("content"))

    assert watched.page.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]") == [1200, 630]


def test_share_links_are_asked_only_when_they_are_followed(watched: Watched, town: Town) -> None:
    watched.page.goto("/ru/styleguide/share/", wait_until="networkidle")
    places = watched.page.locator(".share-link")
    hosts = [urlsplit(places.nth(number).get_attribute("href") or "").netloc for number in range(places.count())]

    assert hosts == ["wa.me", "t.me", "max.ru", "connect.ok.ru", "vk.com", ""]
    assert watched.hosts == {urlsplit(town.base).netloc}
