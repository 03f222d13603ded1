"""The demo's people: each can sign in with what the demo itself shows, and has the role it says."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from ashar.accounts import factors, roles, rules
from ashar.accounts.models import User
from cms.demo import signins
from diaspora import rules as diaspora_rules
from tests.factories.associations import AssociationFactory
from tests.factories.moments import NOON

STAFF = [sign_in.email for sign_in in signins.SIGN_INS if sign_in.is_staff]
ROOMLESS = ["loans@demo.example", "evaluator@demo.example"]
OTHERS = [sign_in.email for sign_in in signins.SIGN_INS if not sign_in.is_staff]


@pytest.fixture
def people(planted):
    signins.make(at=NOON - timedelta(days=100))


def sign_in(email: str) -> tuple[Client, str]:
    """Sign in as the demo's page says; return where one is then."""
    client = Client()
    with translation.override("en"):
        answer = client.post(reverse("account_login"), {"login": email, "password": signins.PASSWORD}, follow=True)
        if "2fa/authenticate" in answer.request["PATH_INFO"]:
            answer = client.post(answer.request["PATH_INFO"], {"code": signins.code_of(email)}, follow=True)
    return client, answer.request["PATH_INFO"]


@pytest.mark.parametrize("email", [*STAFF, *OTHERS])
def test_everybody_gets_in(people, email):
    client, where = sign_in(email)
    assert where.endswith("/accounts/home/")
    assert client.session["_auth_user_id"] == str(User.objects.get(email=email).pk)


def test_there_is_a_sign_in_for_every_role():
    assert {sign_in.role for sign_in in signins.SIGN_INS} - {""} == set(roles.ALL)


@pytest.mark.parametrize("email", [email for email in STAFF if email not in ROOMLESS])
def test_staff_have_a_second_factor_that_opens_the_admin(people, email):
    assert factors.has_one(User.objects.get(email=email))
    client, _where = sign_in(email)
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("email", ROOMLESS)
def test_whose_room_is_not_built_yet_has_a_second_factor_and_an_account_and_nothing_more(people, email):
    person = User.objects.get(email=email)
    client, where = sign_in(email)
    assert (factors.has_one(person), rules.works_here(person), where) == (True, True, "/en/accounts/home/")
    ends = [client.get(address, follow=True).status_code for address in ("/cms/", "/django-admin/", "/cms/gifts/")]
    assert ends == [403, 403, 403]


@pytest.mark.parametrize("email", OTHERS)
def test_others_have_none_and_stay_outside(people, email):
    client, _where = sign_in(email)
    assert not factors.has_one(User.objects.get(email=email))
    assert client.get("/cms/", follow=True).status_code == 403


@pytest.mark.parametrize("email", STAFF)
def test_a_wrong_code_opens_nothing(people, email):
    client = Client()
    with translation.override("en"):
        asked = client.post(reverse("account_login"), {"login": email, "password": signins.PASSWORD}, follow=True)
    client.post(asked.request["PATH_INFO"], {"code": "000000"})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("sign_in_of", signins.SIGN_INS, ids=lambda one: one.email)
def test_roles_are_given(people, sign_in_of):
    person = User.objects.get(email=sign_in_of.email)
    given = [role for role in roles.ALL if rules.is_in(person, role)]
    assert given == ([sign_in_of.role] if sign_in_of.role else [])
    assert person.is_superuser is sign_in_of.is_admin


def test_making_them_twice_changes_nothing(people):
    before = list(User.objects.order_by("pk").values())
    signins.make(at=NOON)
    assert list(User.objects.order_by("pk").values()) == before


def test_the_leader_leads(people):
    association = AssociationFactory()
    signins.lead(association, at=NOON)
    signins.lead(association, at=NOON)
    assert diaspora_rules.leads(association, User.objects.get(email="leader@demo.example"))
    assert association.leaderships.count() == 1


def test_the_page_tells_who_to_sign_in_as(people, client):
    page = client.get("/en/demo/people/").content.decode()
    assert [one.email for one in signins.SIGN_INS if one.email not in page] == []
    assert signins.PASSWORD in page
    assert [email for email in STAFF if signins.code_of(email) not in page] == []


def test_the_page_is_never_kept(people, client):
    assert "no-store" in client.get("/en/demo/people/")["Cache-Control"]


@pytest.mark.parametrize("verb", ["post", "put", "delete"])
def test_the_page_is_only_read(people, client, verb):
    assert getattr(client, verb)("/en/demo/people/").status_code == 405
