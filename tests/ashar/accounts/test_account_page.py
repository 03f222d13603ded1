"""The account page: profile, sessions, data, erasure; confirming by a code."""

import json
import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from ashar.accounts import queries
from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.notices.models import Notice
from ashar.outbox import delivering
from ashar.privacy.models import ErasureRequest
from tests.ashar.accounts import signing_in
from tests.ashar.accounts.conftest import PASSWORD

ACCOUNT = "/en/accounts/"


def test_the_page_shows_what_is_mine(signed_in_giver, giver):
    html = signed_in_giver.get(ACCOUNT).content.decode()
    assert 'value="Айгүл Осмонова"' in html
    assert giver.email in html
    assert "A password is set" in html
    assert "Your work here needs" not in html


def test_changing_name_and_language_goes_on_in_that_language(signed_in_giver, giver):
    response = signed_in_giver.post(ACCOUNT, {"full_name": " Айгүл О. ", "language": "ru"}, follow=True)
    giver.refresh_from_db()
    assert (giver.full_name, giver.language) == ("Айгүл О.", "ru")
    assert response.request["PATH_INFO"] == "/ru/accounts/"
    assert "Сохранено." in response.content.decode()
    entry = Entry.objects.get(verb="accounts.profile_changed")
    assert (entry.by, entry.facts) == (giver, {"fields": ["full_name", "language"]})


def test_changing_nothing_leaves_no_trace(signed_in_giver, giver):
    signed_in_giver.post(ACCOUNT, {"full_name": giver.full_name, "language": giver.language})
    assert not Entry.objects.filter(verb="accounts.profile_changed").exists()


def test_a_name_turns_nothing_round(signed_in_giver, giver):
    signed_in_giver.post(ACCOUNT, {"full_name": "Сынак \u202eкиши 😀", "language": "ky"})
    giver.refresh_from_db()
    assert giver.full_name == "Сынак киши 😀"


@pytest.mark.parametrize(
    "form", [{"full_name": "А", "language": "de"}, {"full_name": "А" * 201, "language": "ky"}, {"full_name": "А"}]
)
def test_a_wrong_profile_changes_nothing(signed_in_giver, giver, form):
    response = signed_in_giver.post(ACCOUNT, form)
    giver.refresh_from_db()
    assert (response.status_code, giver.full_name, giver.language) == (200, "Айгүл Осмонова", "ky")
    assert 'role="alert"' in response.content.decode()


def test_nobody_changes_what_the_form_does_not_offer(signed_in_giver, giver):
    signed_in_giver.post(ACCOUNT, {"full_name": "А", "language": "ky", "is_staff": "1", "email": "other@example.org"})
    giver.refresh_from_db()
    assert (giver.is_staff, giver.email) == (False, "aigul@example.org")


def test_signing_out_everywhere_else(signed_in_giver, giver):
    elsewhere = Client()
    signing_in.by_password(elsewhere, giver, PASSWORD)
    signed_in_giver.post("/en/accounts/sessions/")
    assert (signed_in_giver.get(ACCOUNT).status_code, elsewhere.get(ACCOUNT).status_code) == (200, 302)
    assert Entry.objects.filter(verb="accounts.sessions_ended", by=giver).count() == 1


def export(client, **more):
    asked = client.post("/en/accounts/data/", **more)
    return client.post(asked.url, {"password": PASSWORD}) if asked.status_code == 302 else asked


def test_the_export_asks_for_the_password_and_then_gives_the_file(stale_giver):
    asked = stale_giver.post("/en/accounts/data/")
    assert asked.url.startswith("/en/accounts/reauthenticate/")
    given = stale_giver.post(asked.url, {"password": PASSWORD})
    assert given["Content-Disposition"] == 'attachment; filename="ashar-my-data.json"'
    assert given["Content-Type"] == "application/json"
    assert "no-store" in given["Cache-Control"]


def test_the_export_holds_what_is_mine_and_nothing_of_anybody_else(signed_in_giver, giver, code_giver):
    User.objects.filter(pk=code_giver.pk).update(full_name="КАНАРЕЙКА Бакыт")
    text = export(signed_in_giver).content.decode()
    account = json.loads(text)["parts"]["account"]
    assert (account["email"], account["full_name"], account["language"]) == (giver.email, "Айгүл Осмонова", "ky")
    assert account["addresses"] == [{"email": giver.email, "verified": True, "primary": True}]
    assert [event["event"] for event in account["events"]] == [
        "accounts.admitted",
        "accounts.signed_in",
        "privacy.exported",
    ][:2]
    assert [canary for canary in ("КАНАРЕЙКА", code_giver.email, str(code_giver.pk)) if canary in text] == []


def test_the_export_holds_no_secret(signed_in_giver, giver):
    signing_in.with_an_app(giver)
    text = export(at_the_door(giver)).content.decode()
    account = json.loads(text)["parts"]["account"]
    assert [factor["type"] for factor in account["second_factors"]] == ["totp"]
    giver.refresh_from_db()
    assert [secret for secret in (giver.password, signing_in.SECRET) if secret in text] == []


def at_the_door(user):
    client = Client()
    signing_in.as_staff(client, user)
    return client


def test_the_export_is_remembered(signed_in_giver, giver):
    export(signed_in_giver)
    entry = Entry.objects.get(verb="privacy.exported")
    assert (entry.by, entry.subject_id) == (giver, str(giver.pk))
    assert "account" in entry.facts["parts"]


def test_the_page_about_data_says_why_and_how_long(signed_in_giver):
    html = signed_in_giver.get("/ru/accounts/data/").content.decode()
    assert "чтобы вы могли войти, а другие — нет" in html
    assert "Пока существует ваша учётная запись" in html


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ky", ["Маалымат", "Эмне үчүн сакталат", "Салымыңызда жазылган электрондук почта дареги"]),
        ("ru", ["Данные", "Для чего храним", "Адрес электронной почты вашего взноса"]),
        ("en", ["Data", "Held", "The e-mail address of your gift"]),
    ],
)
def test_each_line_names_the_data_first(signed_in_giver, language, told):
    html = signed_in_giver.get(f"/{language}/accounts/data/").content.decode()
    heads = re.findall(r'<th scope="col">(.*?)</th>', html)
    assert heads[:2] == told[:2]
    assert html.count(f'<th scope="row" data-label="{told[0]}">{told[2]}</th>') == 1


def test_data_for_one_purpose_stand_in_one_line_and_no_word_twice(db):
    with translation.override("en"):
        lines = queries.held()
    assert len({(line.purpose, line.basis, line.kept) for line in lines}) == len(lines)
    named = [name for line in lines for name in line.what.lower().split("; ")]
    assert "your e-mail addresses" in named
    assert (len(named), "" in named) == (len(set(named)), False)


def ask(client):
    asked = client.post("/en/accounts/erasure/")
    return client.post(asked.url, {"password": PASSWORD})


def test_asking_to_be_forgotten(signed_in_giver, giver):
    ask(signed_in_giver)
    wish = ErasureRequest.objects.get()
    assert (wish.person, wish.asked_by, wish.withdrawn_at, wish.carried_out_at) == (giver, giver, None, None)
    assert "Date of the request" in signed_in_giver.get(ACCOUNT).content.decode()


def test_asking_is_confirmed_by_a_letter_once(signed_in_giver, giver):
    ask(signed_in_giver)
    ask(signed_in_giver)
    delivering.drain(ErasureRequest.objects.get().asked_at)
    notice = Notice.objects.get(kind="erasure_asked")
    assert (notice.language, notice.subject) == ("ky", "Аккаунтуңузду өчүрүү жөнүндө сурамыңызды алдык")


def test_the_wish_can_be_taken_back(signed_in_giver):
    ask(signed_in_giver)
    signed_in_giver.post("/en/accounts/erasure/withdrawal/")
    assert ErasureRequest.objects.get().withdrawn_at is not None
    assert "Ask us to erase your account" in signed_in_giver.get(ACCOUNT).content.decode()


def test_the_page_of_the_wish_has_the_button_it_speaks_of(signed_in_giver):
    before = signed_in_giver.get("/en/accounts/erasure/").content.decode()
    ask(signed_in_giver)
    after = signed_in_giver.get("/en/accounts/erasure/").content.decode()
    button = 'action="/en/accounts/erasure/withdrawal/"'
    assert (before.count(button), after.count(button)) == (0, 1)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_date_of_the_wish_ends_with_one_full_stop_at_most(signed_in_giver, language):
    ask(signed_in_giver)
    html = signed_in_giver.get(f"/{language}/accounts/").content.decode()
    assert html.count("..") == 0


def test_taking_back_no_wish_is_harmless(signed_in_giver):
    assert signed_in_giver.post("/en/accounts/erasure/withdrawal/").status_code == 302
    assert not Entry.objects.filter(verb="privacy.erasure_withdrawn").exists()


class TestConfirmingByCode:
    """Who has neither a password nor a second factor confirms by a code sent by mail."""

    GUARDED = ("/en/accounts/data/", "/en/accounts/erasure/", "/en/accounts/email/", "/en/accounts/2fa/totp/activate/")

    @pytest.fixture
    def stale(self, signed_in_code_giver):
        """A session whose sign-in was an hour ago."""
        mail.outbox.clear()
        return signing_in.an_hour_ago(signed_in_code_giver)

    @pytest.mark.parametrize("guarded", GUARDED)
    def test_right_after_sign_in_nothing_is_asked(self, signed_in_code_giver, guarded):
        assert signed_in_code_giver.get(guarded).status_code == 200

    @pytest.mark.parametrize("guarded", GUARDED)
    def test_later_a_code_is_asked_and_leads_back(self, stale, guarded):
        asked = stale.get(guarded)
        assert asked.url.startswith("/en/accounts/confirm/?next=")
        sent = stale.post(asked.url, {"send": "1"})
        back = stale.post(sent.url, {"code": signing_in.code_of(mail.outbox[-1]).lower()})
        assert back.url == guarded
        assert stale.get(guarded).status_code == 200

    def test_looking_at_the_page_sends_nothing(self, stale):
        assert "Send the code" in stale.get("/en/accounts/confirm/").content.decode()
        assert mail.outbox == []

    def test_a_wrong_code_says_so_and_three_end_it(self, stale):
        stale.post("/en/accounts/confirm/", {"send": "1"})
        right = signing_in.code_of(mail.outbox[-1])
        answers = [stale.post("/en/accounts/confirm/", {"code": "WRNG-CDE"}) for _ in range(3)]
        assert ["not right or no longer valid" in each.content.decode() for each in answers] == [True] * 3
        assert stale.post("/en/accounts/confirm/", {"code": right}).status_code == 200
        assert stale.get("/en/accounts/data/").status_code == 302

    def test_a_code_grows_old(self, stale):
        stale.post("/en/accounts/confirm/", {"send": "1"})
        session = stale.session
        session["account_confirm"] = {**session["account_confirm"], "at": session["account_confirm"]["at"] - 301}
        session.save()
        stale.post("/en/accounts/confirm/", {"code": signing_in.code_of(mail.outbox[-1])})
        assert stale.get("/en/accounts/data/").status_code == 302

    def test_codes_are_limited(self, stale):
        answers = [stale.post("/en/accounts/confirm/", {"send": "1"}).status_code for _ in range(3)]
        assert answers == [302, 302, 429]  # the code of the sign-in counts too

    def test_it_leads_to_no_other_site(self, stale):
        sent = stale.post("/en/accounts/confirm/?next=https://evil.example/", {"send": "1"})
        back = stale.post(sent.url, {"code": signing_in.code_of(mail.outbox[-1])})
        assert back.url == "/en/accounts/"

    def test_who_has_a_password_is_asked_for_it_instead(self, stale_giver):
        assert stale_giver.get("/en/accounts/data/").status_code == 200
        assert stale_giver.post("/en/accounts/data/").url.startswith("/en/accounts/reauthenticate/")
