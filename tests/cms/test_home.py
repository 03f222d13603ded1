"""The home page: where projects are open, and three ways in, in each language."""

import re

import pytest

from cms.pages.home import ways
from tests.cms.conftest import LANGUAGES

AREA = re.compile(r'<a class="oblast-map-area oblast-map-(\d)" href="([^"]+)">')
NARYN = "41704000000000"


def page(client, code: str) -> str:
    return client.get(f"/{code}/").content.decode().replace("&amp;", "&")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_map_leads_from_each_of_nine_places_to_its_open_projects(client, school, code):
    found = AREA.findall(page(client, code))

    assert len({href for _shade, href in found}) == 9
    assert [href for shade, href in found if shade != "0"] == [f"/{code}/projects/?oblast={NARYN}&state=open"]


def test_a_place_of_the_map_shows_its_projects_and_no_others(client, school):
    here, elsewhere = (
        client.get(href).content.decode().count('class="card project-card"')
        for href in (f"/ru/projects/?oblast={NARYN}&state=open", "/ru/projects/?oblast=41705000000000&state=open")
    )

    assert (here, elsewhere) == (1, 0)


@pytest.mark.parametrize("code", LANGUAGES)
def test_three_ways_lead_to_pages_that_are_there(client, school, code):
    hrefs = [way.href.rpartition("/projects/")[1] or way.href for way in ways(code)]
    shown = page(client, code)

    assert hrefs[1:] == [f"/{code}/guides/?stage=return", f"/{code}/guides/?stage=abroad"]
    assert [f'href="{href}"' in shown for href in hrefs[1:]] == [True, True]
    assert [client.get(href).status_code for href in hrefs[1:]] == [200, 200]
