"""`make shots`: build the demo, start it, and photograph its main pages at three widths into `docs/shots/`.

The pictures are what one sees before scrolling, without JavaScript but for the desk of editors, in one language each, so
that all three are seen; some of them by night as well.
"""

import os
import sys
import tempfile
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import FLAGS
from tests.services_needed import find
from tests.town import ROOT, Town

FOLDER = ROOT / "docs" / "shots"
SCREENS = {360: 780, 768: 1024, 1280: 900}  # width: height
QUALITY = 45  # of a JPEG; all of them together stay under four megabytes
PROJECT = "projects/clean-water-for-kochkor/"
# Name: address, or the list whose first link leads there.
PUBLIC = {
    "home": "/ky/",
    "projects": "/ru/projects/",
    "project": f"/ky/{PROJECT}",
    "give": f"/ru/{PROJECT}give/?currency=USD",
    "trail": f"/en/{PROJECT}trail/",
    "association": "/ru/associations/ala-too-moscow/",
    "calls": "/ru/calls/",
    "call": "/ky/calls/business-1-1/",
    "news": "/ky/news/",
    "article": "/ru/news/ > main .news-card a",
    "guide": "/ky/guides/ > main .guide-card a",
    "event": "/en/events/ > main .event-card a",
    "practices": "/ru/practices/",
    "statistics": "/ky/statistics/",
    "questions": "/ru/faq/",
    "contact": "/ky/contact/",
    "sign-in": "/ky/accounts/login/",
    "people": "/ky/people/",
    "person": "/ru/people/ > main .person a",
    "landing": "/en/about/",
    "not-found": "/ky/nowhere/",
}
DARK = ("home", "project", "article")
ARTICLE = "from cms.models import ArticlePage as A; print(A.objects.filter(locale__language_code='ru').first().pk)"
# Else a picture that is decoded beside the page may still be an empty box.
DRAWN = """() => Promise.all([...document.images]
  .filter(picture => picture.getBoundingClientRect().top < innerHeight && picture.checkVisibility())
  .map(picture => picture.decode().catch(() => {})))"""
SIGNED_IN = {
    "my-page": ("giver@demo.example", "/ky/accounts/home/"),
    "desk": ("editor@demo.example", "/cms/"),
    "reports": ("editor@demo.example", "/cms/reports/untranslated/"),
    "editor": ("editor@demo.example", "/cms/pages/{article}/edit/"),
}


def main() -> int:
    """Take every picture and return the exit code."""
    chromium = find("chromium")
    if not chromium:
        sys.stderr.write("Chromium is not here: `python3 -m tests.services install` brings it.\n")
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        town = Town(Path(folder))
        try:
            town.build(with_gifts=True)
            town.start()
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS.split())
            photograph(browser, town)
        finally:
            town.stop()
    return 0


def photograph(browser: Browser, town: Town) -> None:
    """Take the pictures of every page at every width."""
    from tests.journeys.steps import sign_in  # noqa: PLC0415 - models may be imported only now

    FOLDER.mkdir(exist_ok=True)
    article = town.ask(ARTICLE)
    signed_in = {}
    for person in {person for person, _ in SIGNED_IN.values()}:
        signed_in[person] = browser.new_context(base_url=town.base).new_page()
        sign_in(signed_in[person], person)  # once: a code is taken once
    stranger = browser.new_context(base_url=town.base, java_script_enabled=False).new_page()
    for width in SCREENS:
        for name, way in PUBLIC.items():
            take(stranger, name, way, width=width)
        stranger.emulate_media(color_scheme="dark")
        for name in DARK:
            take(stranger, f"{name}-dark", PUBLIC[name], width=width)
        stranger.emulate_media(color_scheme="light")
        for name, (person, way) in SIGNED_IN.items():
            take(signed_in[person], name, way.format(article=article), width=width)


def take(page: Page, name: str, way: str, *, width: int) -> None:
    """Go the way and keep what is seen there."""
    page.set_viewport_size({"width": width, "height": SCREENS[width]})
    address, _, link = way.partition(" > ")
    page.goto(address)
    if link:
        page.goto(page.locator(link).first.get_attribute("href") or "")
    page.evaluate(DRAWN)
    page.screenshot(path=FOLDER / f"{name}-{width}.jpg", type="jpeg", quality=QUALITY)
    sys.stdout.write(f"{name}-{width}\n")


if __name__ == "__main__":
    sys.exit(main())
