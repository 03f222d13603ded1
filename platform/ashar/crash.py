"""Marked places where the fault tests kill the process, to prove that nothing is lost and nothing done twice.

A place is named `<app>.<moment>`, for example `outbox.before_done`. To die there: `ASHAR_CRASH_AT=outbox.before_done`.
"""

import os
import signal

from django.conf import settings

VARIABLE = "ASHAR_CRASH_AT"


def point(name: str) -> None:
    """Kill this process without any farewell if `ASHAR_CRASH_AT` names this place. Never does anything outside the demo."""
    if settings.DEMO and os.environ.get(VARIABLE) == name:
        os.kill(os.getpid(), signal.SIGKILL)
