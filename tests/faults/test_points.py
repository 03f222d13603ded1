"""No marked point is forgotten: code, tests and the page on faults name the same ones."""

import re

from tests.faults import test_kills
from tests.town import ROOT

ROOMS = ("platform", "diaspora", "grants", "cms")
POINT = re.compile(r'crash\.point\("([a-z_.]+)"\)')


def points_in_code() -> set[str]:
    sources = (path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return {name for source in sources for name in POINT.findall(source)}


def test_a_process_is_killed_at_every_point() -> None:
    killed = [
        *test_kills.ON_POSTING_THE_FORM,
        test_kills.ON_A_WEBHOOK,
        *test_kills.ON_SETTLING,
        *test_kills.ON_REFUNDING,
    ]
    assert sorted(killed) == sorted(points_in_code())


def test_the_page_on_faults_explains_every_point() -> None:
    page = (ROOT / "docs/how-to/faults.md").read_text()
    table = page.split("## The marked points")[1].split("To try one by hand")[0]
    explained = {
        name for row in table.splitlines() if row.startswith("| `") for name in re.findall("`([a-z_.]+)`", row)
    }
    assert explained == points_in_code()
