"""What must not be there when the site starts outside the demo."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured

DEMO_PEOPLE = "@demo.example"


def refuse_demo_people() -> None:
    """Raise `ImproperlyConfigured` when the demo's people could sign in outside the demo: their passwords are published.

    One query, none in the demo. Web asks when it starts, and so does preparing an installation after it has migrated.
    """
    if settings.DEMO:
        return
    if get_user_model().objects.filter(email__iendswith=DEMO_PEOPLE, is_active=True).exists():
        message = (
            f"The database holds sign-ins of the demo (…{DEMO_PEOPLE}), whose passwords everybody knows:"
            " start with an empty database, or with DEMO=1. See docs/how-to/settings.md."
        )
        raise ImproperlyConfigured(message)
