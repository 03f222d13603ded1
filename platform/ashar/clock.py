"""Which day it is. The house keeps the calendar of Bishkek, whatever zone a reader or an officer has chosen for the screen."""

from datetime import date, datetime

from django.utils import timezone


def day(at: datetime) -> date:
    """Return the day on which the moment `at` falls in the house's own zone (`TIME_ZONE`)."""
    return at_home(at).date()


def at_home(at: datetime) -> datetime:
    """Return the same moment as the house's own clock shows it."""
    return at.astimezone(timezone.get_default_timezone())
