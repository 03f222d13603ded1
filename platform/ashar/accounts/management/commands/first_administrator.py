"""`manage.py first_administrator EMAIL`: the person who may do everything."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone, translation

from ashar.accounts import admitting
from ashar.accounts.models import User
from ashar.errors import Refused


class Command(BaseCommand):
    """Makes the first administrator and prints how they come in."""

    help = (
        "Make the administrator EMAIL and print a link that sets their password once. Running it again renews the link."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address, and `--another` for a second administrator."""
        parser.add_argument("email")
        parser.add_argument("--another", action="store_true", help="make one although there is one already")

    def handle(self, *, email: str, another: bool, **_options: Any) -> None:
        """Make them, say how to go on."""
        try:
            validate_email(email)
            user = admitting.first_administrator(email, at=timezone.now(), another=another)
        except ValidationError as fault:
            raise CommandError(f"{email} is not an e-mail address.") from fault
        except Refused as refusal:
            with translation.override("en"):
                raise CommandError(f"{refusal} Say --another if you mean it.") from refusal
        print(f"Administrator: {user.email}")
        if user.has_usable_password():
            print("They have a password already; a forgotten one is reset on the sign-in page.")
        else:
            print(f"Set the password here, once, within the hour: {_link(user)}")
        print("The first staff page they open asks them to set up a second factor.")


def _link(user: User) -> str:
    key = default_token_generator.make_token(user)
    with translation.override(user.language):
        facts = {"uidb36": user_pk_to_url_str(user), "key": key}
        return settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=facts)
