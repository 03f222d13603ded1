"""Money is whole numbers, models hide nothing, one place reads the environment; and the scans that say so can see."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture import scans, sources

Scan = Callable[[Path], Iterator[str]]

# Why a file may do what the others may not.
MAY_READ_ENVIRONMENT = {
    "platform/config/settings/environment.py": "it is the one place",
    "platform/ashar/crash.py": "a crash point must work before settings do",
    "platform/config/celery.py": "entry point: names the settings module",
    "platform/config/wsgi.py": "entry point: names the settings module",
    "platform/config/asgi.py": "entry point: names the settings module",
}
OF_MONEY = ("platform/ashar/money", "platform/ashar/ledger", "platform/ashar/payments", "diaspora", "grants")
WITHOUT_HTTP = (
    "platform/ashar/money",
    "platform/ashar/ledger",
    "platform/ashar/workflow",
    "platform/ashar/audit",
    "diaspora",
    "grants",
)
FACES = {"web", "sandbox", "management", "templatetags"}

PLANTED = [
    (scans.inexact_money, "amount = models.DecimalField(max_digits=9)", "planted.py:1 DecimalField"),
    (scans.inexact_money, "amount = FloatField()", "planted.py:1 FloatField"),
    (scans.inexact_money, "som = float('1.5')", "planted.py:1 float"),
    (scans.true_division, "half = amount_minor / 2", "planted.py:1 /"),
    (scans.hidden_order, "class Meta:\n    ordering = ['name']", "planted.py:2 Meta.ordering"),
    (scans.hidden_order, "class Gift(models.Model):\n    def save(self): ...", "planted.py:2 Gift.save"),
    (scans.environment_reads, "import os\nport = os.environ['PORT']", "planted.py:2 os.environ"),
    (scans.environment_reads, "import os\nport = os.getenv('PORT')", "planted.py:2 os.getenv"),
    (scans.environment_reads, "from os import environ", "planted.py:1 from os import"),
    (scans.http_imports, "from django.http import Http404", "planted.py:1 django.http"),
    (scans.key_locks, "rows.select_for_update(of=('self',))", "planted.py:1 select_for_update without no_key=True"),
]
INNOCENT = [
    (scans.inexact_money, "amount_minor = models.BigIntegerField()"),
    (scans.true_division, "half, rest = divmod(amount_minor, 2)"),
    (scans.true_division, "page = folder / name"),
    (scans.hidden_order, "class Meta:\n    constraints = []"),
    (scans.hidden_order, "class Form:\n    def save(self): ..."),
    (scans.environment_reads, "import os\nhere = os.getcwd()"),
    (scans.http_imports, "from django.db import models"),
    (scans.key_locks, "rows.select_for_update(no_key=True).get()"),
]


def found(scan: Scan, *folders: str, without: frozenset[str] = frozenset()) -> list[str]:
    paths = [path for path in sources.python_files(*folders) if not without & set(path.parts)]
    return [f"{path.relative_to(sources.ROOT).parent}/{fault}" for path in paths for fault in scan(path)]


@pytest.mark.parametrize(("scan", "code", "fault"), PLANTED)
def test_scan_sees_what_is_planted(tmp_path: Path, scan: Scan, code: str, fault: str) -> None:
    (tmp_path / "planted.py").write_text(code)

    assert list(scan(tmp_path / "planted.py")) == [fault]


@pytest.mark.parametrize(("scan", "code"), INNOCENT)
def test_scan_leaves_the_innocent_alone(tmp_path: Path, scan: Scan, code: str) -> None:
    (tmp_path / "innocent.py").write_text(code)

    assert list(scan(tmp_path / "innocent.py")) == []


def test_no_column_and_no_sum_is_inexact() -> None:
    assert found(scans.inexact_money, *OF_MONEY, "cms") == []


def test_money_is_never_divided_into_floats() -> None:
    # The sandbox shows Stripe's `exchange_rate`, which is a JSON number; nothing is computed from it.
    assert found(scans.true_division, *OF_MONEY, without=frozenset({"sandbox"})) == []


def test_models_hide_no_order_and_no_saving() -> None:
    assert found(scans.hidden_order, *sources.PARTS) == []


def test_one_place_reads_the_environment() -> None:
    readers = {path for path in sources.source_files() if list(scans.environment_reads(path))}

    assert {str(path.relative_to(sources.ROOT)) for path in readers} == set(MAY_READ_ENVIRONMENT)


def test_the_domain_knows_no_http() -> None:
    assert found(scans.http_imports, *WITHOUT_HTTP, without=frozenset(FACES)) == []


def test_no_lock_stops_those_who_only_refer_to_the_row() -> None:
    """On PostgreSQL foreign keys are checked at commit: a lock on the key made givers and settlements deadlock."""
    assert found(scans.key_locks, "platform", "diaspora", "grants", "cms") == []
