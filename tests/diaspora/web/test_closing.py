"""A collection that ends while somebody gives: nothing is taken, and what is under way still counts."""

import pytest
from django.utils import timezone

from ashar.money import Money
from ashar.payments.models import Payment
from diaspora import projects
from diaspora.models import Gift
from tests.diaspora.web.conftest import arrive, text_of
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_project_says_so_and_starts_nothing(db, client, method):
    project = ClosedProjectFactory(slug="built")

    response = getattr(client, method)("/en/projects/built/give/")

    assert "The collection for this project is over. No gift was started and nothing was taken from you." in text_of(
        response
    )
    assert (response.status_code, project.gifts.count()) == (200, 0)


def test_a_project_that_closes_while_the_form_is_open_takes_nothing(school, giver):
    token = giver.token()
    projects.close(school, by=None, at=timezone.now())

    response = giver.give(token)

    assert "Сбор средств на этот проект завершён" in text_of(response)
    assert Gift.objects.count() == 0


def test_a_project_that_closes_while_the_card_is_asked_still_counts_the_gift(school, giver, sandbox):
    giver.give()
    projects.close(school, by=None, at=timezone.now())

    arrive(Payment.objects.get(), sandbox)

    assert Gift.objects.get().state == "received"


def test_a_closed_project_does_not_lead_to_the_card_service_again(school, giver, client, sandbox):
    giver.give()
    gift = Gift.objects.get()
    projects.close(school, by=None, at=timezone.now())

    response = client.post(f"/en/gifts/{gift.pk}/payment/", follow=True)

    assert "this gift can no longer be paid" in text_of(response)


def test_a_goal_that_changed_while_the_form_was_open_does_not_matter_to_the_gift(school, giver, sandbox):
    token = giver.token()
    projects.change_goal(school, goal=Money(2_000_000_00, "KGS"), by=None, at=timezone.now())

    assert giver.give(token).status_code == 303


def test_a_draft_is_not_there(db, client):
    DraftProjectFactory(slug="secret")

    assert client.get("/ru/projects/secret/give/").status_code == 404
