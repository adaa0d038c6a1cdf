"""Health checks: what a load balancer and a newcomer's script rely on."""

import subprocess

import pytest
from django.db import DatabaseError


def test_live_needs_no_database(client):
    response = client.get("/sante/live")

    assert response.status_code == 200
    assert response.json()["status"] == "live"


@pytest.mark.django_db
def test_ready_names_the_running_commit(client):
    response = client.get("/sante/ready")

    head = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    assert response.status_code == 200
    assert response.json()["status"] == "ready"
    if head.returncode == 0:
        assert response.json()["commit"] == head.stdout.strip()
    assert "no-store" in response["Cache-Control"]


def test_ready_says_when_the_database_does_not_answer(client, monkeypatch):
    def no_database():
        raise DatabaseError("gone")

    monkeypatch.setattr("config.health.connection.cursor", no_database)

    assert client.get("/sante/ready").status_code == 503
    assert client.get("/sante/live").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sante/live", "/sante/ready"])
def test_health_sets_no_cookie_and_takes_no_post(client, address):
    assert not client.get(address).cookies
    assert client.post(address).status_code == 405
