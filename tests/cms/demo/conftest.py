"""A demo small enough for a test: two projects of the thirty, loaded by the real code."""

import pytest

from cms.demo import content

TWO = ("clean-water-for-kochkor", "lights-on-naryn-street")


@pytest.fixture
def two_projects(db, monkeypatch):
    """Leave two projects, their association and a tenth of the money, and nothing but that."""
    projects = [{**entry, "goal_som": entry["goal_som"] // 10} for entry in content.projects() if entry["slug"] in TWO]
    associations = [entry for entry in content.associations() if entry["slug"] == projects[0]["association"]]
    monkeypatch.setattr(content, "projects", lambda: projects)
    monkeypatch.setattr(content, "associations", lambda: associations)
    monkeypatch.setattr("stripe.HTTPClient.INITIAL_DELAY", 0)
    return projects
