"""Secrets of second factors at rest: under the ring of keys, and those from before it came."""

from base64 import urlsafe_b64encode
from io import StringIO

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.management import CommandError, call_command

from ashar.accounts import sealing
from ashar.privacy import sealing as ring
from tests.factories.people import PersonFactory

SECRET = "JBSWY3DPEHPK3PXP"
OLD, NEW = ("2025", b"o" * 32), ("2026", b"n" * 32)


def sealed_before_the_ring(text: str, secret_key: str) -> str:
    """Seal as it was done until there were keys for it."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"ashar.accounts.sealing.1").derive(
        secret_key.encode()
    )
    return Fernet(urlsafe_b64encode(derived)).encrypt(text.encode()).decode()


@pytest.fixture
def old_ring(settings):
    settings.KEY_RING = (OLD,)
    return settings


def test_factors_are_sealed_under_the_ring_for_themselves_alone(old_ring):
    sealed = get_adapter().encrypt(SECRET)
    assert sealed.startswith("1.2025.")
    assert get_adapter().decrypt(sealed) == SECRET
    with pytest.raises(sealing.UnsealableError):
        ring.unseal(sealed, purpose="another")


def test_the_key_of_sessions_opens_no_factor(old_ring):
    sealed = sealing.seal(SECRET)
    old_ring.SECRET_KEY = "another-key-" * 6
    assert sealing.unseal(sealed) == SECRET


@pytest.mark.parametrize("strange", ["", SECRET, "gAAAAA"])
def test_what_was_not_sealed_is_never_given_back(strange):
    with pytest.raises(sealing.UnsealableError):
        sealing.unseal(strange)


class TestBeforeTheRing:
    def test_what_was_sealed_then_still_opens(self, settings):
        assert sealing.unseal(sealed_before_the_ring(SECRET, settings.SECRET_KEY)) == SECRET

    def test_another_key_opens_only_as_a_fallback(self, settings):
        sealed = sealed_before_the_ring(SECRET, settings.SECRET_KEY)
        before, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" * 6
        with pytest.raises(sealing.UnsealableError, match="neither SECRET_KEY nor SECRET_KEY_FALLBACKS"):
            sealing.unseal(sealed)
        settings.SECRET_KEY_FALLBACKS = [before]
        assert sealing.unseal(sealed) == SECRET

    def test_a_changed_text_does_not_open(self, settings):
        sealed = sealed_before_the_ring(SECRET, settings.SECRET_KEY)
        changed = sealed[:-3] + ("A" if sealed[-3] != "A" else "B") + sealed[-2:]
        with pytest.raises(sealing.UnsealableError):
            sealing.unseal(changed)


@pytest.mark.django_db
class TestResealing:
    @pytest.fixture
    def person(self):
        return PersonFactory()

    @pytest.fixture
    def app(self, person, settings) -> Authenticator:
        """An authenticator app from before the ring came."""
        app = TOTP.activate(person, SECRET).instance
        app.data = {"secret": sealed_before_the_ring(SECRET, settings.SECRET_KEY)}
        app.save()
        return app

    @pytest.fixture
    def codes(self, person, old_ring) -> list[str]:
        """Recovery codes under the old key, one of them used."""
        codes = RecoveryCodes.activate(person)
        unused = codes.get_unused_codes()
        assert codes.validate_code(unused[0])
        return unused[1:]

    @pytest.fixture
    def passkey(self, person) -> Authenticator:
        data = {"name": "Phone", "credential": {"id": "x"}}
        return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)

    def test_every_secret_comes_under_the_newest_key(self, app, codes, passkey, person, settings):
        settings.KEY_RING = (NEW, OLD)
        assert sealing.reseal() == 2
        settings.KEY_RING, settings.SECRET_KEY = (NEW,), "another-key-" * 6
        app.refresh_from_db()
        kept = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
        assert sealing.unseal(app.data["secret"]) == SECRET
        assert kept.wrap().get_unused_codes() == codes

    def test_what_is_not_sealed_stays_as_it_is(self, passkey, settings):
        before = passkey.data
        assert sealing.reseal() == 0
        passkey.refresh_from_db()
        assert passkey.data == before

    def test_again_there_is_nothing_to_do(self, app, codes, settings):
        sealing.reseal()
        before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
        assert sealing.reseal() == 0
        assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before

    def test_one_that_does_not_open_is_left_and_named(self, codes, settings):
        before = list(Authenticator.objects.values_list("data", flat=True))
        settings.KEY_RING = (NEW,)
        with pytest.raises(CommandError, match=r"^A second factor does not open: KEY_RING holds no key '2025'\.$"):
            call_command("reseal")
        assert list(Authenticator.objects.values_list("data", flat=True)) == before

    def test_the_command_says_how_many(self, app, codes):
        said = StringIO()
        call_command("reseal", stdout=said)
        call_command("reseal", stdout=said)
        assert said.getvalue() == "Second factors sealed anew: 1.\nSecond factors sealed anew: 0.\n"

    def test_whoever_went_meanwhile_is_passed_by(self, app):
        number = app.pk
        app.delete()
        assert sealing._reseal(number) is False
