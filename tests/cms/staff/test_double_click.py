"""The form that asks for a refund, sent more than once: by a double click, by eight windows, by the way back."""

import re
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from ashar.payments.models import Refund

CLICKS = 8


@pytest.fixture
def form(officer, large_gift) -> tuple[str, dict[str, str]]:
    """The address of the form and what the browser of the officer would send."""
    address = reverse("refunds:ask", args=[large_gift.payment_id])
    html = officer.get(address).content.decode()
    [token] = re.findall(r'type="hidden" name="token" value="([0-9a-f-]{36})"', html)
    return address, {"amount": "40", "reason": "Paid twice", "token": token}


def test_each_form_has_a_token_of_its_own(officer, form):
    address, answers = form
    again = officer.get(address).context["form"]["token"].value()
    assert str(again) != answers["token"]


def test_a_double_click_asks_once_and_leads_to_one_page(officer, form):
    address, answers = form
    places = [officer.post(address, answers)["Location"] for _ in range(2)]
    assert places == [reverse("refunds:inspect", args=[answers["token"]])] * 2
    assert [str(refund.pk) for refund in Refund.objects.all()] == [answers["token"]]


def test_the_form_sent_again_with_another_sum_says_so(officer, form):
    address, answers = form
    officer.post(address, answers)
    page = officer.post(address, answers | {"amount": "50"})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["amount"])
    assert Refund.objects.count() == 1


@pytest.mark.parametrize("token", ["", "1", "canary"])
def test_a_form_without_its_token_asks_for_nothing_and_says_why(officer, form, token):
    address, answers = form
    page = officer.post(address, answers | {"token": token})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["token"])
    assert "errorlist" in page.content.decode()
    assert Refund.objects.count() == 0


def test_a_form_that_was_mended_may_be_sent_again(officer, form):
    address, answers = form
    officer.post(address, answers | {"amount": "a lot"})
    assert officer.post(address, answers).status_code == 302
    assert Refund.objects.get().pk == uuid.UUID(answers["token"])


@pytest.mark.django_db(transaction=True)
def test_eight_windows_at_once_ask_once(officer, form):
    address, answers = form
    start = Barrier(CLICKS)

    def click(_: int) -> int:
        window = Client()
        window.cookies = officer.cookies
        start.wait(timeout=30)
        try:
            return window.post(address, answers).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CLICKS) as windows:
        assert Counter(windows.map(click, range(CLICKS))) == {302: CLICKS}
    assert Refund.objects.count() == 1
