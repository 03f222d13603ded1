"""Every component has samples, and every sample can be drawn in three languages."""

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from ashar.web import ours, samples

# Parts of the page's frame, drawn on every page; `form_fields` is how Django asks for a form's fields.
FRAME = {"header_links", "footer", "demo", "form_fields"}


def test_every_component_has_samples():
    drawn = {
        path.stem for folder in ours.folders() for path in (folder / "templates" / "components").glob("*.html")
    } - FRAME

    assert {component.name for component in samples.components()} == drawn


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_index_shows_every_component(client, read, language):
    page = read(client.get(f"/{language}/styleguide/").content.decode())

    assert page.wrong == []
    assert [attrs["id"] for attrs in page.all("section") if attrs.get("id", "").startswith("c-")] == [
        f"c-{component.name}" for component in samples.components()
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_component_has_a_page_of_its_own(client, read, language):
    for component in samples.components():
        with translation.override(language):
            address = reverse("styleguide-component", args=[component.name])
        response = client.get(address)

        assert (address, response.status_code) == (f"/{language}/styleguide/{component.name}/", 200)
        assert read(response.content.decode()).wrong == []


@pytest.mark.django_db
def test_ids_are_unique_and_labels_find_their_fields(client, read):
    page = read(client.get("/en/styleguide/").content.decode())
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]

    assert sorted(ids) == sorted(set(ids))
    assert {attrs["for"] for attrs in page.all("label") if "for" in attrs} - set(ids) == set()
    described = {word for _, attrs in page.elements for word in attrs.get("aria-describedby", "").split()}
    assert described - set(ids) == set()


@pytest.mark.django_db
def test_every_link_inside_the_styleguide_leads_somewhere(client, read):
    page = read(client.get("/ky/styleguide/").content.decode())
    ids = {attrs["id"] for _, attrs in page.elements if "id" in attrs}

    for href in {link["href"] for link in page.all("a")}:
        if href.startswith("/ky/styleguide/"):
            assert client.get(href).status_code == 200
        elif href.startswith("#c-"):
            assert href[1:] in ids


@pytest.mark.django_db
def test_styleguide_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/ky/styleguide/")


@pytest.mark.django_db
def test_search_engines_are_kept_out(client, read):
    page = read(client.get("/en/styleguide/").content.decode())

    assert page.one("meta", name="robots")["content"] == "noindex"


@pytest.mark.django_db
def test_unknown_component_is_not_there(client):
    assert client.get("/en/styleguide/no-such-thing/").status_code == 404


@pytest.mark.django_db
@override_settings(LANGUAGE_CODE="ky")
def test_address_without_a_language_leads_to_one(client):
    assert client.get("/styleguide/", headers={"accept-language": "ru"})["Location"] == "/ru/styleguide/"
