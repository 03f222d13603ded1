"""The Django app `hurry`."""

from datetime import timedelta

from django.apps import AppConfig

CROWD = 10_000


class HurryConfig(AppConfig):
    """Shortens how long work waits before it is tried again, and lets one machine play a crowd of givers."""

    name = "tests.hurry"
    label = "hurry"

    def ready(self) -> None:
        """Change the constants of outbox, webhook inbox and resolver, and the limits of the form to give."""
        from ashar.outbox import nudging, relaying, sending  # noqa: PLC0415 - models may be imported only now
        from ashar.payments import inbox, resolving  # noqa: PLC0415 - likewise
        from diaspora.web import limits  # noqa: PLC0415 - likewise

        nudging.QUIET_TIME = 1.0
        sending.NUDGE_GRACE = timedelta(seconds=1)
        relaying.RESEND_AFTER = timedelta(seconds=3)
        inbox.LEASE = timedelta(seconds=4)
        inbox.PATIENCE = timedelta(seconds=3)
        resolving.QUIET_TIME = timedelta(seconds=6)
        resolving.PAUSE = timedelta(seconds=6)
        limits.MOST = dict.fromkeys(limits.MOST, CROWD)
