"""How users are made."""

from typing import Any

from django.contrib.auth.models import BaseUserManager


class People(BaseUserManager):  # type: ignore[type-arg]
    """Makes users by e-mail address, compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Any:  # noqa: ANN401
        """Return a new saved user with `email` in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Any:  # noqa: ANN401
        """Return a new saved user who may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> Any:  # noqa: ANN401
        """Return the user of `email`, whatever its case."""
        return self.get(email=(email or "").strip().lower())
