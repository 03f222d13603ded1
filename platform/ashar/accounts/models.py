"""People who sign in."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ashar.accounts.people import People
from ashar.language import LANGUAGES

SEAL = "ashar.accounts.session"


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The e-mail address is the name they sign in by; roles are groups."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    language = models.CharField(_("language of letters"), max_length=2, default="ky")
    is_staff = models.BooleanField(_("works here"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    objects = People()

    USERNAME_FIELD = EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            models.CheckConstraint(condition=models.Q(language__in=LANGUAGES), name="user_language_is_ours"),
        ]

    def __str__(self) -> str:
        return self.email

    def get_short_name(self) -> str:
        """Return how Wagtail's letters greet the person; they take the address where there is no name."""
        return self.full_name

    def get_full_name(self) -> str:
        """Return the name to show, falling back to the address."""
        return self.full_name or self.email

    def _get_session_auth_hash(self, secret: Any = None) -> str:  # noqa: ANN401 - Django's secret: text or bytes
        """Seal sessions with the password and the generation: when either changes, every older session ends."""
        seal = f"{self.password}:{self.session_generation}"
        return salted_hmac(SEAL, seal, secret=secret, algorithm="sha256").hexdigest()
