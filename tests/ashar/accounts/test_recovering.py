"""Who has lost every second factor is let in again by an administrator, audited, with their sessions ended and a letter."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.test import Client

from ashar.accounts import appointing, factors, recovering
from ashar.audit.models import Entry
from ashar.notices.models import Dispatch, Notice
from ashar.outbox import delivering
from tests.ashar.accounts import signing_in
from tests.ashar.accounts.conftest import AT, PASSWORD


@pytest.fixture
def guarded_officer(officer):
    """An officer with an app, a passkey and recovery codes."""
    signing_in.with_an_app(officer)
    Authenticator.objects.create(user=officer, type=Authenticator.Type.WEBAUTHN, data={"name": "key"})
    RecoveryCodes.activate(officer)
    return officer


def test_every_factor_goes_and_nobody_elses(guarded_officer, administrator, giver):
    signing_in.with_an_app(giver)
    recovering.remove_second_factors(guarded_officer, by=administrator, at=AT)
    assert list(Authenticator.objects.values_list("user", "type")) == [(giver.pk, "totp")]


def test_it_is_remembered_by_kinds(guarded_officer, administrator):
    recovering.remove_second_factors(guarded_officer, by=administrator, at=AT)
    entry = Entry.objects.get(verb="accounts.second_factors_lost")
    assert (entry.subject_id, entry.by, entry.at) == (str(guarded_officer.pk), administrator, AT)
    assert entry.facts == {"types": ["recovery_codes", "totp", "webauthn"]}


def test_every_session_ends(guarded_officer, administrator):
    browsers = [signing_in.as_staff(Client(), guarded_officer) for _each in range(2)]
    other = signing_in.as_staff(Client(), administrator)
    recovering.remove_second_factors(guarded_officer, by=administrator, at=AT)
    account = signing_in.address("account")
    assert [browser.get(account).status_code for browser in (*browsers, other)] == [302, 302, 200]


def test_they_come_in_again_and_set_up_a_new_one(client, guarded_officer, administrator):
    recovering.remove_second_factors(guarded_officer, by=administrator, at=AT)
    signing_in.by_password(client, guarded_officer, PASSWORD)
    assert client.get("/cms/").url.startswith(f"/{guarded_officer.language}/accounts/2fa/")
    assert not factors.has_one(guarded_officer)


def test_a_letter_tells_the_person_in_their_language(guarded_officer, administrator):
    recovering.remove_second_factors(guarded_officer, by=administrator, at=AT)
    notice = Notice.objects.get(kind="second_factors_lost")
    assert (notice.person, notice.language, notice.subject) == (guarded_officer, "ru", "Ваш второй фактор удалён")
    assert "mail" in set(Dispatch.objects.filter(notice=notice).values_list("channel", flat=True))
    delivering.drain(AT)
    assert [letter.to for letter in mail.outbox] == [[guarded_officer.email]]


def test_twice_lost_is_told_twice(guarded_officer, administrator):
    for _each in range(2):
        recovering.remove_second_factors(guarded_officer, by=administrator, at=AT)
        signing_in.with_an_app(guarded_officer)
    assert Notice.objects.filter(kind="second_factors_lost").count() == 2


def test_never_ones_own(administrator):
    signing_in.with_an_app(administrator)
    with pytest.raises(appointing.OwnAccount):
        recovering.remove_second_factors(administrator, by=administrator, at=AT)
    assert factors.has_one(administrator)


def test_only_by_an_administrator(guarded_officer, giver):
    with pytest.raises(appointing.NotAnAdministrator):
        recovering.remove_second_factors(guarded_officer, by=giver, at=AT)
    assert (factors.has_one(guarded_officer), Notice.objects.count()) == (True, 0)


def test_where_there_is_none_nothing_happens(officer, administrator):
    generation = officer.session_generation
    with pytest.raises(recovering.NoSecondFactor):
        recovering.remove_second_factors(officer, by=administrator, at=AT)
    officer.refresh_from_db()
    assert (officer.session_generation, Notice.objects.count()) == (generation, 0)
    assert not Entry.objects.filter(verb="accounts.second_factors_lost").exists()


def test_recovery_codes_alone_are_removed_too(officer, administrator):
    RecoveryCodes.activate(officer)
    recovering.remove_second_factors(officer, by=administrator, at=AT)
    assert list(Authenticator.objects.all()) == []
