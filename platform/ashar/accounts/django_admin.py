"""Django's own admin without what goes round the verbs of this app: addresses, second factors, groups, its password page.

A changed address or a removed second factor would leave no row in the audit log, a changed group would change what a role
may do without a migration, and a password would be changed past allauth's checks and letters.
"""

from typing import Any

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

CLOSED = {"account.emailaddress", "mfa.authenticator", "auth.group"}


class Office(AdminSite):
    """The admin at /django-admin/."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Take models in, but for those that stay closed, whichever app brings them."""
        models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
        shown = [model for model in models if model._meta.label_lower not in CLOSED]  # noqa: SLF001 - Django's public name for it
        super().register(shown, admin_class, **options)

    def password_change(  # type: ignore[override]  # a redirect is an answer too
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's signature
        extra_context: Any = None,  # noqa: ANN401, ARG002 - likewise
    ) -> HttpResponse:
        """Send to the one page where a password is changed."""
        return redirect("account_change_password")

    def password_change_done(  # type: ignore[override]  # a redirect is an answer too
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's signature
        extra_context: Any = None,  # noqa: ANN401, ARG002 - likewise
    ) -> HttpResponse:
        """Send to the account, which says how one signs in."""
        return redirect("account")


class DjangoAdmin(AdminConfig):
    """`django.contrib.admin` with our site in place of its own."""

    default_site = "ashar.accounts.django_admin.Office"
