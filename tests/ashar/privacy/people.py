"""People of the privacy tests."""

from datetime import UTC, datetime

from ashar.accounts.models import User

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def person(name):
    return User.objects.create_user(f"{name}@example.org", full_name=name.title())
