"""The clock calls tasks that exist, and none of them piles up while no worker works."""

import pytest
from django.conf import settings

from config.celery import app
from config.settings import queue

SCHEDULE = settings.CELERY_BEAT_SCHEDULE


@pytest.mark.parametrize("what", SCHEDULE)
def test_the_clock_calls_a_task_that_exists(what):
    app.loader.import_default_modules()

    assert SCHEDULE[what]["task"] in app.tasks


@pytest.mark.parametrize("what", SCHEDULE)
def test_a_task_nobody_took_is_dropped_after_its_next_time(what):
    entry = SCHEDULE[what]

    assert entry["options"]["expires"] == max(entry["schedule"], 30)


def test_every_periodic_task_of_ours_has_its_time():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if name.split(".")[0] not in {"celery", "tests"}}

    assert {entry["task"] for entry in SCHEDULE.values()} == ours - {"outbox.deliver"}


def test_redis_is_the_broker_when_there_is_one(tmp_path):
    assert queue.queue_settings("redis://127.0.0.1:6379/0", tmp_path)["CELERY_BROKER_URL"] == "redis://127.0.0.1:6379/0"


def test_files_are_the_broker_when_there_is_no_redis(tmp_path):
    found = queue.queue_settings("", tmp_path)

    assert found["CELERY_BROKER_URL"] == "filesystem://localhost//"
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"] == {
        "data_folder_in": str(tmp_path / "messages"),
        "data_folder_out": str(tmp_path / "messages"),
        "control_folder": str(tmp_path / "control"),
    }
