"""Beside a field for an hour: by whose clock it is."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ashar.web import calendar


class ReadersZone:
    """The active zone, named anew whenever it is read."""

    def __str__(self) -> str:
        """Return the sentence that names it; not its distance from Greenwich, which is another one in summer."""
        name = timezone.get_current_timezone_name()
        return _("Time zone: %(zone)s.") % {"zone": calendar.home_zone() or name}
