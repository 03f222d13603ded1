"""Encryption of the secrets behind second factors: whoever reads the database alone cannot make codes.

Fernet (AES-128-CBC with HMAC-SHA256) under a key derived by HKDF from SECRET_KEY; SECRET_KEY_FALLBACKS can still open.
Fails closed: what cannot be opened raises `Unsealable`, it is never returned as it is.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

PURPOSE = b"ashar.accounts.sealing.1"


class UnsealableError(Exception):
    """The text was not sealed with a key that we know, or was changed."""


def seal(text: str) -> str:
    """Return `text` encrypted under the current key."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises `UnsealableError`."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as fault:
        raise UnsealableError from fault


def _box() -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str | bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(force_bytes(secret))
    return urlsafe_b64encode(derived)
