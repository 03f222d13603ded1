"""How often one may start a gift, counted in each kind of cache an installation may have."""

from datetime import timedelta

import pytest
from django.core.cache.backends.filebased import FileBasedCache
from django.test import RequestFactory
from django.utils import timezone

from diaspora.web import limits


@pytest.fixture
def files(tmp_path, monkeypatch) -> FileBasedCache:
    """The cache of an installation without Redis."""
    cache = FileBasedCache(str(tmp_path), {})
    monkeypatch.setattr(limits, "cache", cache)
    return cache


def test_an_hour_is_an_hour_in_a_cache_of_files(files, settings, monkeypatch):
    """Django's cache of files gives a count its own, shorter life each time it is raised."""
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
    request.session = type("Session", (), {"session_key": "browser"})()
    begun = timezone.now().replace(minute=1, second=0)
    for _ in range(limits.MOST["session"]):
        assert limits.may_start(request, email="a@example.org", at=begun)
    later = begun + timedelta(minutes=50)
    monkeypatch.setattr("django.core.cache.backends.filebased.time.time", later.timestamp)
    assert not limits.may_start(request, email="a@example.org", at=later)
