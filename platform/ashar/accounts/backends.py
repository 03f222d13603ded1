"""The one way to prove a password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest


class SignInBackend(AuthenticationBackend):
    """allauth's backend, deaf to every other sign-in form.

    allauth asks with `email`; Django's own form (its admin, Wagtail's admin, Wagtail's private pages) asks with
    `username` and would skip the second factor. Here such a question never finds anybody, even if a page with that form
    should become reachable again.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        """Return the person of `email` and `password`; nobody for any other kind of credentials."""
        if "username" in credentials:
            return None
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return user
