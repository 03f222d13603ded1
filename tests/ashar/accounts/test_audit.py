"""What happens to an account is in the audit log, without addresses, names or networks."""

import logging

import pytest

from ashar.audit.models import Entry
from tests.ashar.accounts import signing_in
from tests.ashar.accounts.conftest import PASSWORD


def events(user):
    entries = Entry.objects.filter(subject_id=str(user.pk)).order_by("sequence")
    return [(entry.verb, entry.by == user) for entry in entries if entry.verb != "accounts.admitted"]


def test_signing_in_and_out(signed_in_giver, giver):
    signed_in_giver.post(signing_in.address("account_logout"))
    assert events(giver) == [("accounts.signed_in", True), ("accounts.signed_out", True)]
    assert Entry.objects.get(verb="accounts.signed_in").facts == {"methods": ["password"]}


def test_both_factors_are_named(client, administrator):
    signing_in.with_an_app(administrator)
    signing_in.by_password(client, administrator, PASSWORD)
    client.post(signing_in.address("mfa_authenticate"), {"code": "000000"})
    client.post(signing_in.address("mfa_authenticate"), {"code": signing_in.app_code()})
    happened = [event for event in events(administrator) if event[0] != "accounts.promoted"]
    assert happened == [("accounts.second_factor_failed", False), ("accounts.signed_in", True)]
    assert Entry.objects.get(verb="accounts.signed_in").facts == {"methods": ["password", "mfa"]}


def test_a_wrong_code_by_mail_is_nobodys_act(client, code_giver):
    client.post(signing_in.address("account_request_login_code"), {"email": code_giver.email})
    client.post(signing_in.address("account_confirm_login_code"), {"code": "WRNG-CDE"})
    assert events(code_giver) == [("accounts.code_rejected", False)]


def test_a_changed_password(signed_in_giver, giver):
    new = {"oldpassword": PASSWORD, "password1": "a-new-long-one-3", "password2": "a-new-long-one-3"}
    signed_in_giver.post(signing_in.address("account_change_password"), new)
    assert ("accounts.password_changed", True) in events(giver)


def test_signing_up(client, db):
    client.post(signing_in.address("account_signup"), {"email": "meerim@example.org"})
    assert [entry.verb for entry in Entry.objects.all()] == ["accounts.signed_up"]


def test_a_refused_password_is_logged_without_the_address_and_leaves_no_row(client, giver, caplog):
    with caplog.at_level(logging.WARNING, logger="ashar.accounts"):
        for email in (giver.email, "stranger@example.org"):
            client.post(signing_in.address("account_login"), {"login": email, "password": "wrong"})
    said = [record.getMessage() for record in caplog.records if record.name == "ashar.accounts"]
    assert len(said) == 2
    assert [line for line in said if "@" in line] == []
    assert events(giver) == []


@pytest.mark.usefixtures("signed_in_giver")
def test_the_log_holds_no_name_address_or_network(giver):
    facts = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert [secret for secret in (giver.email, giver.full_name, "127.0.0.1") if secret in facts] == []
