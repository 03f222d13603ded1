"""A worker killed while it follows a payment: the next one finishes, and nothing happens twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from ashar.ledger import checking
from ashar.ledger import queries as books
from ashar.notices.models import Notice
from diaspora import giving
from diaspora.models import Gift, MatchStep, Receipt
from tests.factories.gifts import StartedGiftFactory, arrive
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory
from tests.factories.projects import OpenProjectFactory

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

MOMENTS = (
    "diaspora.before_match",
    "diaspora.after_match",
    "diaspora.before_receipt_is_told",
    "diaspora.after_receipt",
    "diaspora.after_following",
)
SCRIPT = """\
import django
django.setup()
from django.utils.timezone import now
from diaspora import giving
from diaspora.models import Gift
giving.follow(Gift.objects.get().payment_id, at=now())
"""


def url_of_this_database() -> str:
    ours = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{ours['NAME']}"
    return f"postgresql://{ours['USER']}:{ours['PASSWORD']}@{ours['HOST']}:{ours['PORT']}/{ours['NAME']}"


def follow_and_die(moment: str, folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.site",
        "DATABASE_URL": url_of_this_database(),
        "VAR_DIR": str(folder),
        "DEMO": "1",
        "PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}",
        "ASHAR_CRASH_AT": moment,
    }
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize("moment", MOMENTS)
def test_whoever_comes_next_finishes_and_nothing_happens_twice(moment, tmp_path):
    school, pool = OpenProjectFactory(), PoolFactory()
    gift = StartedGiftFactory(project=school)
    arrive(gift)

    follow_and_die(moment, tmp_path)
    giving.follow(gift.payment_id, at=NOON)

    gift = Gift.objects.get()
    pool.refresh_from_db()
    assert gift.state == "received"
    assert MatchStep.objects.get().amount_minor == gift.som_minor == pool.reserved_minor
    assert books.figures([school.fund])[school.fund_id].matched == gift.som
    assert [receipt.serial for receipt in Receipt.objects.all()] == [1]
    assert Notice.objects.count() == 1
    assert checking.check() == []
