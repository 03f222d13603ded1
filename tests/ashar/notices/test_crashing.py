"""A worker that dies with a mail in its hands, and the one that comes after it: both real, killed and started."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from django.utils import timezone

from ashar.notices.models import Dispatch, MailboxMessage
from ashar.outbox.models import Delivery
from tests import dying
from tests.seed import ROOT

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def start_worker(tmp_path):
    """Start workers on the database of this test, with a queue of their own; none survives the test."""
    for folder in dying.FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat", "--pool=solo", "--loglevel=ERROR"]
    command += [f"--schedule={tmp_path / 'beat'}"]
    workers = []

    def start(*, crash_at=""):
        environment = {**dying.environment(tmp_path), "ASHAR_CRASH_AT": crash_at}
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        workers.append(subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **silent))
        return workers[-1]

    yield start
    for worker in workers:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)  # with its beat, which a worker that died has left behind
        worker.wait()


def eventually(is_true):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if is_true():
            return True
        time.sleep(0.2)
    return False


def test_a_mail_that_a_dying_worker_handed_over_goes_out_again_under_the_same_name(tell, start_worker):
    """SMTP cannot tell whether a mail was taken: rather two copies under one Message-ID than none. The mailbox keeps one."""
    notice = tell(at=timezone.now())
    dying = start_worker(crash_at="notices.before_sent")
    assert eventually(lambda: dying.poll() is not None)
    assert (Delivery.objects.get().state, Dispatch.objects.get().state) == ("taken", "waiting")
    assert MailboxMessage.objects.count() == 1
    Delivery.objects.update(due_at=timezone.now(), resend_at=timezone.now())

    start_worker()

    assert eventually(lambda: Delivery.objects.get().state == "done")
    assert Dispatch.objects.get().state == "sent"
    assert MailboxMessage.objects.get().message_id == f"<notice-{notice.pk}@localhost>"
