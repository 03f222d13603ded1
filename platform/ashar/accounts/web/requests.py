"""A request whose visitor is known to be a person."""

from django.http import HttpRequest

from ashar.accounts.models import User


class SignedIn(HttpRequest):
    """What a page behind `login_required` gets."""

    user: User
