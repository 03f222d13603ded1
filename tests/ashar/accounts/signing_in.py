"""Signing in through the pages, as people do; other rooms' tests use `as_staff` for speed."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.urls import reverse
from django.utils import translation

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def address(name, language="en"):
    with translation.override(language):
        return reverse(name)


def by_password(client, user, password, **more):
    return client.post(address("account_login"), {"login": user.email, "password": password, **more})


def by_code(client, user):
    client.post(address("account_request_login_code"), {"email": user.email})
    return client.post(address("account_confirm_login_code"), {"code": code_of(mail.outbox[-1])})


def code_of(message):
    """Return the code in a letter: the one line that is nothing but a code."""
    [code] = re.findall(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})$", message.body, re.MULTILINE)
    return code


def with_an_app(user):
    """Give `user` an authenticator app with a known secret."""
    totp.TOTP.activate(user, SECRET)
    return user


def app_code(*, steps=0, secret=SECRET):
    """Return what the app shows now, or showed `steps` × 30 s ago."""
    counter = int(time.time()) // 30 - steps
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def an_hour_ago(client):
    """Let an hour have passed since the person in `client` last proved who they are."""
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**record, "at": record["at"] - 3600} for record in records]
    session.save()
    return client


def as_staff(client, user):
    """Sign `user` in past the second factor without the pages: what a test of a staff page stands on."""
    factor, _new = Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "never used"}}
    )
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "id": factor.pk, "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
