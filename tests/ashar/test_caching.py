"""Caches that answer, and caches that are away."""

import pytest

from ashar import caching


@pytest.fixture(params=["here", "away"])
def cache(request, settings) -> str:
    there = {
        "here": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "caching"},
        "away": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"},
    }
    settings.CACHES = {**settings.CACHES, **there}
    return request.param


def test_what_is_kept_is_found_until_it_is_dropped(cache):
    answers = cache == "here"
    assert caching.put(cache, "key", "value", 60) is answers
    assert caching.get(cache, "key") == ("value" if answers else None)
    caching.drop(cache, "key")
    assert caching.get(cache, "key") is None


def test_what_is_not_kept_is_made_once(cache):
    made = iter(["first", "second"])
    found = [caching.get_or_set(cache, "made", lambda: next(made), 60) for _turn in range(2)]
    assert found == (["first", "first"] if cache == "here" else [None, None])
    caching.drop(cache, "made")


def test_the_log_says_which_one_is_away(cache, caplog):
    caching.get(cache, "key")
    assert [record.getMessage().split(":")[0] for record in caplog.records] == (
        [] if cache == "here" else ["The cache “away” does not answer"]
    )
