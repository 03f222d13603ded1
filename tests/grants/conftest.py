"""Who runs calls and who pays for them, and a call in each of its first states."""

import pytest

from tests.factories.calls import DraftCallFactory, OpenCallFactory, PublishedCallFactory
from tests.factories.people import EditorFactory, FinanceOfficerFactory


@pytest.fixture
def editor(db):
    return EditorFactory()


@pytest.fixture
def officer(db):
    return FinanceOfficerFactory()


@pytest.fixture
def draft(db):
    return DraftCallFactory(slug="business")


@pytest.fixture
def published(db):
    return PublishedCallFactory(slug="business")


@pytest.fixture
def open_call(db):
    return OpenCallFactory(slug="business")
