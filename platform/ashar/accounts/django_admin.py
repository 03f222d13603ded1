"""Django's own admin without what goes round the verbs of this app: addresses, second factors, groups, its password page.

A changed address or a removed second factor would leave no row in the audit log, a changed group would change what a role
may do without a migration, and a password would be changed past allauth's checks and letters.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

CLOSED = {"account.emailaddress", "mfa.authenticator", "auth.group"}


def opens_to(person: Any) -> bool:  # noqa: ANN401 - a user or Django's AnonymousUser
    """Say whether `person` works here and may look at, add, change or delete anything that is shown."""
    kinds = (model._meta for model in admin.site._registry)  # noqa: SLF001 - Django's public name for it
    rights = (f"{kind.app_label}.{verb}_{kind.model_name}" for kind in kinds for verb in kind.default_permissions)
    return bool(person.is_staff and any(map(person.has_perm, rights)))


class Office(AdminSite):
    """The admin at /django-admin/."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in who works here and may do something with what is shown; the door refuses the others."""
        return super().has_permission(request) and opens_to(request.user)

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
