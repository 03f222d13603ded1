"""How often one may start a gift, counted in each kind of cache an installation may have."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache.backends.filebased import FileBasedCache
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.crypto import get_random_string

from diaspora.models import Gift
from diaspora.web import limits
from tests.diaspora.web.conftest import ANSWERS, Giver


@pytest.fixture
def files(tmp_path, monkeypatch) -> FileBasedCache:
    """The cache of an installation without Redis."""
    cache = FileBasedCache(str(tmp_path), {})
    monkeypatch.setattr(limits, "cache", cache)
    return cache


def test_an_hour_is_an_hour_in_a_cache_of_files(files, settings, monkeypatch):
    """Django's cache of files gives a count its own, shorter life each time it is raised."""
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
    request.META["CSRF_COOKIE"] = get_random_string(CSRF_SECRET_LENGTH)
    begun = timezone.now().replace(minute=1, second=0)
    for _ in range(limits.MOST[limits.Limit.SESSION]):
        assert limits.reached(request, email="a@example.org", at=begun) is None
    later = begun + timedelta(minutes=50)
    monkeypatch.setattr("django.core.cache.backends.filebased.time.time", later.timestamp)
    assert limits.reached(request, email="a@example.org", at=later) == limits.Limit.SESSION


class TestAnAddressThatAStrangerWrites:
    """Twelve gifts begun under somebody's e-mail keep only the one who begins them from going on."""

    @pytest.fixture
    def stranger(self, school, sandbox, monkeypatch):
        monkeypatch.setitem(limits.MOST, limits.Limit.EMAIL, 2)
        for _ in range(3):
            refused = self.give(school, "192.0.2.1", "victim@example.org")
        return refused

    @staticmethod
    def give(school, network, email, language="en"):
        return Giver(school, Client(REMOTE_ADDR=network), language).give(email=email)

    def test_does_not_keep_its_owner_from_giving(self, school, stranger):
        owner = self.give(school, "198.51.100.7", "victim@example.org")

        assert (stranger.status_code, owner.status_code) == (429, 303)

    def test_does_not_keep_others_of_the_network_from_giving(self, school, stranger):
        assert self.give(school, "192.0.2.1", "other@example.org").status_code == 303

    def test_stays_the_same_address_in_capitals(self, school, stranger):
        assert self.give(school, "192.0.2.1", "VICTIM@example.org").status_code == 429


@pytest.mark.parametrize(
    ("limit", "language", "sentence"),
    [
        ("session", "en", "Very many gifts were started in this browser. This one was not started."),
        ("session", "ru", "В этом браузере начато очень много взносов. Этот взнос не начат."),
        ("session", "ky", "Бул браузерде өтө көп салым башталды. Бул салым башталган жок."),
        ("email", "ru", "Из вашей сети с этим адресом почты начато очень много взносов."),
        ("network", "ru", "Из вашей сети, возможно другими людьми, начато очень много взносов."),
    ],
)
def test_the_refusal_says_what_was_counted_and_when_to_come_again(
    school, sandbox, client, monkeypatch, limit, language, sentence
):
    monkeypatch.setitem(limits.MOST, limit, 1)
    giver = Giver(school, client, language)
    token = giver.token()
    giver.give(token)

    refused = giver.give(token)

    assert refused.status_code == 429
    assert sentence in refused.content.decode()
    assert 1 <= int(refused["Retry-After"]) <= 3600


@pytest.mark.parametrize(("minute", "second", "left"), [(0, 0, 3601), (59, 59, 2), (30, 0, 1801)])
def test_counting_begins_anew_with_the_hour(minute, second, left):
    assert limits.seconds_left(datetime(2026, 11, 26, 7, minute, second, tzinfo=UTC)) == left


def test_reloading_the_refusal_starts_and_counts_nothing(school, sandbox, client, monkeypatch):
    monkeypatch.setitem(limits.MOST, "session", 1)
    giver = Giver(school, client, "en")
    token = giver.token()
    giver.give(token)

    sent = client.post(giver.address, ANSWERS | {"token": giver.token(), "name": "Айсулуу"})
    read = [client.get(sent["Location"]) for _ in range(2)]

    assert (sent.status_code, sent["Location"]) == (303, f"{giver.address}?answers=session")
    assert [(page.status_code, page.context["form"]["name"].value()) for page in read] == [(429, "Айсулуу")] * 2
    assert Gift.objects.count() == 1


@pytest.mark.parametrize("why", ["session", "network", "provider_unreachable", "nonsense"])
def test_an_address_alone_refuses_nobody(school, client, why):
    page = Giver(school, client, "en").open(f"?answers={why}")

    assert (page.status_code, page.context["problem"]) == (200, "")
    assert "Retry-After" not in page
