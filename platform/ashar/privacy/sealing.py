"""Sealing what nobody may read from the database alone: AES-256-GCM under the newest key of `KEY_RING`.

A sealed text is `1.<key id>.<base64url of nonce and ciphertext>`. The key's id and the purpose are sealed in with it, so
that it opens nowhere but where it was put. Fails closed: what does not open raises `UnsealableError`, and is never returned
as it is.
"""

import secrets
from base64 import b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = "1"
NONCE = 12  # bytes, as NIST SP 800-38D asks; random, so one key seals some 2^32 texts at most


class UnsealableError(Exception):
    """The text was not sealed by us for this purpose, or was changed."""


class UnknownKeyError(UnsealableError):
    """The text was sealed under a key that `KEY_RING` does not hold any more."""


def seal(text: str, *, purpose: str) -> str:
    """Return `text` encrypted under the newest key. Never twice the same."""
    name, key = settings.KEY_RING[0]
    nonce = secrets.token_bytes(NONCE)
    hidden = AESGCM(key).encrypt(nonce, text.encode(), _bound(name, purpose))
    return f"{VERSION}.{name}.{urlsafe_b64encode(nonce + hidden).decode()}"


def unseal(sealed: str, *, purpose: str) -> str:
    """Return what was sealed for `purpose` under any key of the ring. Raises `UnsealableError`, `UnknownKeyError`."""
    name, hidden = _parts(sealed)
    key = dict(settings.KEY_RING).get(name)
    if key is None:
        raise UnknownKeyError(f"KEY_RING holds no key {name!r}")
    try:
        return AESGCM(key).decrypt(hidden[:NONCE], hidden[NONCE:], _bound(name, purpose)).decode()
    except (InvalidTag, ValueError) as fault:
        raise UnsealableError("the sealed text was changed, or sealed for something else") from fault


def is_newest(sealed: str) -> bool:
    """Say whether `sealed` was sealed under the newest key."""
    return sealed.startswith(f"{VERSION}.{settings.KEY_RING[0][0]}.")


def _parts(sealed: str) -> tuple[str, bytes]:
    """Return the id of the key and the hidden bytes of a sealed text, or raise `UnsealableError`."""
    try:
        version, name, hidden = sealed.split(".")
        if version == VERSION:
            return name, b64decode(hidden, altchars=b"-_", validate=True)
    except ValueError as fault:
        raise UnsealableError("the text is not sealed") from fault
    raise UnsealableError("the text is not sealed in a way we know")


def _bound(name: str, purpose: str) -> bytes:
    return f"{VERSION}.{name}.{purpose}".encode()
