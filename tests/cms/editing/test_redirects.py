"""Old addresses: editors of all languages say where they lead; writers and editors of one language do not, for they are of every tree."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from ashar.accounts import roles
from tests.ashar.accounts import signing_in
from tests.factories.people import PersonFactory

OLD, NEW = "/ru/old-roof/", "/ru/news/"
LIST, ADDING = reverse("wagtailredirects:index"), reverse("wagtailredirects:add")
FORM = {"old_path": OLD, "site": "", "is_permanent": "on", "redirect_page": "", "redirect_link": "https://example.org/"}


def at_desk(role: str) -> Client:
    return signing_in.as_staff(Client(), PersonFactory(role=role))


@pytest.fixture
def desk(planted) -> Client:
    """The desk of an editor of all languages."""
    return at_desk(roles.EDITOR)


def test_an_editor_makes_an_old_address_lead_on_and_takes_it_back(desk):
    desk.post(ADDING, FORM)
    found = Client().get(OLD)
    assert (found.status_code, found.get("Location")) == (301, "https://example.org/")
    assert OLD.rstrip("/") in desk.get(LIST).content.decode()

    desk.post(reverse("wagtailredirects:delete", args=[Redirect.objects.get().pk]))
    assert (Client().get(OLD).status_code, Redirect.objects.count()) == (404, 0)


def test_an_editor_finds_the_list_in_the_menu(desk):
    assert LIST in desk.get("/cms/").content.decode()


@pytest.mark.parametrize("role", [roles.AUTHOR, roles.PROOFREADER, roles.FINANCE_OFFICER, *roles.EDITORS.values()])
def test_others_neither_see_nor_change_them(planted, role):
    kept = Redirect.objects.create(old_path="/ru/old-roof", redirect_link=NEW)
    others = at_desk(role)
    assert [others.get(place).status_code for place in (LIST, ADDING)] == [302, 302]
    assert LIST not in others.get("/cms/").content.decode()

    others.post(ADDING, {**FORM, "old_path": "/ru/older/"})
    others.post(reverse("wagtailredirects:edit", args=[kept.pk]), FORM)
    others.post(reverse("wagtailredirects:delete", args=[kept.pk]))
    assert list(Redirect.objects.values_list("old_path", "redirect_link")) == [("/ru/old-roof", NEW)]
