"""Django's own admin: what would go round the verbs on people is not there, and a password is changed in one place."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from ashar.accounts import roles
from ashar.accounts.django_admin import CLOSED
from tests.ashar.accounts import signing_in
from tests.factories.people import PersonFactory


@pytest.fixture
def office(administrator):
    """An administrator's browser, past the second factor."""
    return signing_in.as_staff(Client(), administrator)


def test_the_closed_models_are_not_shown_and_the_others_are():
    shown = {model._meta.label_lower for model in admin.site._registry}
    assert shown & CLOSED == set()
    assert shown == {"wagtaildocs.document", "wagtailimages.image", "taggit.tag"}


@pytest.mark.parametrize("model", ["account/emailaddress", "mfa/authenticator", "auth/group", "accounts/user"])
@pytest.mark.parametrize("page", ["", "add/", "1/change/", "1/delete/", "1/history/"])
def test_their_addresses_do_not_exist(office, giver, model, page):
    address = f"/django-admin/{model}/{page}"
    assert [getattr(office, verb)(address, follow=True).status_code for verb in ("get", "post")] == [404, 404]


@pytest.mark.parametrize("verb", ["get", "post"])
def test_the_password_is_changed_at_the_account(office, verb):
    answer = getattr(office, verb)("/django-admin/password_change/")
    done = getattr(office, verb)("/django-admin/password_change/done/")
    assert [answer.url, done.url] == [reverse("account_change_password"), reverse("account")]


def test_a_visitor_is_sent_to_sign_in_first(client, db):
    answer = client.get("/django-admin/password_change/", follow=True)
    assert answer.request["PATH_INFO"] == "/ky/accounts/login/"


@pytest.mark.parametrize("role", sorted(roles.OF_STAFF))
def test_who_may_do_nothing_here_is_refused_at_every_address(db, role):
    person = PersonFactory(role=role, is_staff=True)
    browser = signing_in.as_staff(Client(), person)
    pages = ("/django-admin/", "/django-admin/taggit/tag/", "/django-admin/password_change/", "/django-admin/login/")
    assert {page: browser.get(page, follow=True).status_code for page in pages} == dict.fromkeys(pages, 403)


def test_who_was_given_something_here_enters(db):
    person = PersonFactory(role=roles.EDITOR, is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="change_tag"))
    browser = signing_in.as_staff(Client(), person)
    assert [browser.get(page).status_code for page in ("/django-admin/", "/django-admin/taggit/tag/")] == [200, 200]


def test_the_front_page_stands(office):
    html = office.get("/django-admin/").content.decode()
    assert [name for name in ("emailaddress", "authenticator", "auth/group") if name in html] == []
