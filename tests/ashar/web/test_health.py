"""`/healthz` and `/readyz` as a balancer sees them."""

import pytest
from django.db import connection

from ashar.web import probes, readiness


@pytest.fixture
def only_ours(monkeypatch):
    """The two probes of this app, whatever the other apps have registered."""
    monkeypatch.setattr(readiness, "_probes", {"database": probes.database, "migrations": probes.migrations})
    monkeypatch.setattr(probes, "_migrated", set())


def test_process_answers_without_the_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content, response["Content-Type"]) == (
        200,
        b"ok\n",
        "text/plain; charset=utf-8",
    )
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("only_ours")
def test_ready_installation(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "state": "ok",
        "probes": {
            "database": {"state": "ok", "facts": {}},
            "migrations": {"state": "ok", "facts": {"waiting": 0}},
        },
    }
    assert response.cookies == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("only_ours")
def test_degraded_installation_still_serves(client):
    readiness.register("worker", lambda _at: readiness.degraded(seconds_silent=90))

    response = client.get("/readyz")

    assert (response.status_code, response.json()["state"]) == (200, "degraded")
    assert response.json()["probes"]["worker"] == {"state": "degraded", "facts": {"seconds_silent": 90}}


@pytest.mark.django_db
@pytest.mark.usefixtures("only_ours")
def test_failed_installation_gets_no_visitors(client):
    readiness.register("disk", lambda _at: readiness.failed(free=0))

    response = client.get("/readyz")

    assert (response.status_code, response.json()["state"]) == (503, "failed")


@pytest.mark.django_db
@pytest.mark.usefixtures("only_ours")
def test_database_that_takes_no_writes_fails(client):
    read_only = "SET TRANSACTION READ ONLY" if connection.vendor == "postgresql" else "PRAGMA query_only = ON"
    with connection.cursor() as cursor:
        cursor.execute(read_only)
        try:
            response = client.get("/readyz")
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA query_only = OFF")

    assert (response.status_code, response.json()["probes"]["database"]["state"]) == (503, "failed")


@pytest.mark.django_db
@pytest.mark.usefixtures("only_ours")
def test_waiting_migration_fails(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["probes"]["migrations"] == {"state": "failed", "facts": {"waiting": 1}}


@pytest.mark.django_db
@pytest.mark.usefixtures("only_ours")
def test_applied_migrations_are_looked_up_once(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(3):  # savepoint, the question, release
        client.get("/readyz")
