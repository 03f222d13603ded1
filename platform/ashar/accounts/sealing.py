"""The secrets behind second factors, sealed: whoever reads the database alone cannot make codes.

Until the ring of keys came they were Fernet tokens under a key derived from SECRET_KEY. Those still open, also under
SECRET_KEY_FALLBACKS; `reseal` brings them under the ring.
"""

from base64 import urlsafe_b64encode

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.utils.encoding import force_bytes

from ashar.privacy import sealing
from ashar.privacy.sealing import UnsealableError

PURPOSE = "accounts.factor"
FIELDS = ("secret", "seed")  # of an authenticator app, of recovery codes; a passkey holds nothing secret
OLD_TOKEN, OLD_PURPOSE = "gAAAA", b"ashar.accounts.sealing.1"  # how every Fernet token begins


def seal(text: str) -> str:
    """Return `text` sealed under the newest key."""
    return sealing.seal(text, purpose=PURPOSE)


def unseal(sealed: str) -> str:
    """Return what was sealed, now or before the ring of keys came. Raises `UnsealableError`."""
    return _unseal_old(sealed) if sealed.startswith(OLD_TOKEN) else sealing.unseal(sealed, purpose=PURPOSE)


def reseal() -> int:
    """Seal anew each secret that the newest key does not seal; return how many factors that were.

    Idempotent; each factor by itself, so it may be stopped and started again. Raises `UnsealableError` at the first secret
    that does not open, and leaves that factor as it is.
    """
    return sum(_reseal(number) for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _reseal(number: int) -> bool:
    factor = Authenticator.objects.select_for_update(no_key=True).filter(pk=number).first()
    if factor is None:
        return False
    old = {
        name: factor.data[name] for name in FIELDS if name in factor.data and not sealing.is_newest(factor.data[name])
    }
    if old:
        factor.data |= {name: seal(unseal(sealed)) for name, sealed in old.items()}
        factor.save(update_fields=["data"])
    return bool(old)


def _unseal_old(token: str) -> str:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    try:
        return MultiFernet([Fernet(_old_key(secret)) for secret in keys]).decrypt(token.encode()).decode()
    except InvalidToken as fault:
        raise UnsealableError("neither SECRET_KEY nor SECRET_KEY_FALLBACKS opens it") from fault


def _old_key(secret: str | bytes) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=OLD_PURPOSE).derive(force_bytes(secret))
    return urlsafe_b64encode(derived)
