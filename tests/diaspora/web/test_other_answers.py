"""One form sent again with other answers, and the way back to it."""

import pytest
from django.conf import settings
from django.test import Client

from ashar.money import Money
from ashar.payments import checkout, gateway
from ashar.payments.models import Payment
from diaspora import turns
from diaspora.models import Gift
from tests.diaspora.web.conftest import ANSWERS, Giver, arrive, html_of

pytestmark = pytest.mark.usefixtures("db")


def stands() -> list[str]:
    """Return how the card service's pages of all gifts stand, first started first."""
    return [gateway.session(gift.payment.session_id).status for gift in Gift.objects.order_by("started_at")]


class TestAnotherAmountOnTheSameForm:
    """Two tabs, or the way back: what was begun and not paid gives way to what was decided last."""

    def test_leaves_one_page_to_pay_on(self, giver, sandbox):
        token = giver.token()
        giver.give(token)
        first = Gift.objects.get()

        giver.give(token, choice="own", own="35")

        second = Gift.objects.exclude(pk=first.pk).get()
        assert [gateway.session(gift.payment.session_id).status for gift in (first, second)] == ["expired", "open"]
        assert second.amount == Money(35_00, "USD")

    def test_leaves_one_page_however_often_it_changes(self, giver, sandbox):
        token = giver.token()
        for own in ("20", "35", "50", "35.50"):
            giver.give(token, choice="own", own=own)

        assert stands() == ["expired", "expired", "expired", "open"]

    def test_changed_too_often_becomes_a_form_of_its_own_with_the_same_answers(self, giver, sandbox, monkeypatch):
        monkeypatch.setattr(turns, "MOST", 2)
        token = giver.token()
        for own in ("20", "35"):
            giver.give(token, choice="own", own=own)

        form = giver.give(token, choice="own", own="50").context["form"]

        assert (form["own"].value(), form["token"].value() == token) == ("50", False)
        assert stands() == ["expired", "expired"]

    def test_after_the_first_was_paid_there_is_the_first_gift_alone(self, giver, sandbox):
        token = giver.token()
        giver.give(token)
        first = Gift.objects.get()
        sandbox.pay(first.payment.session_id)

        answer = giver.give(token, choice="own", own="35")

        assert answer["Location"].startswith(f"/ru/gifts/{first.pk}/")
        assert Gift.objects.get() == first

    def test_starts_nothing_while_it_is_unknown_whether_the_first_was_paid(self, giver, sandbox, settings):
        token = giver.token()
        giver.give(token)
        settings.STRIPE_API_BASE = "http://127.0.0.1:9"

        answer = giver.give(token, choice="own", own="35")

        assert (answer.status_code, answer.context["form"]["own"].value()) == (200, "35")
        assert Gift.objects.count() == 1

    def test_and_back_leads_to_the_first_answers_again(self, giver, sandbox):
        """Changed to another amount and back: the first page to pay on was taken back, so there is a new one."""
        token = giver.token()
        for own in ("50", "30", "50"):
            answer = giver.give(token, choice="own", own=own)

        latest = Gift.objects.order_by("started_at").last()
        assert (answer.status_code, answer["Location"], latest.amount) == (
            303,
            latest.payment.session_url,
            Money(50_00, "USD"),
        )
        assert stands() == ["expired", "expired", "open"]

    def test_and_back_is_one_gift_however_often_it_is_sent(self, giver, sandbox):
        token = giver.token()
        for own in ("50", "30", "50", "50"):
            giver.give(token, choice="own", own=own)

        assert stands() == ["expired", "expired", "open"]

    @pytest.mark.parametrize(
        ("language", "sentence", "link"),
        [
            ("en", "no new gift was started, and nothing was taken for it.", "Start a new gift with what you"),
            ("ru", "новый взнос не начат, и за него ничего не списано.", "Начать новый взнос с тем, что вы"),
            (
                "ky",
                "жаңы салым башталган жок жана ал үчүн эч нерсе алынган жок.",
                "Азыр жөнөтүлгөн маалымат менен жаңы",
            ),
        ],
    )
    @pytest.mark.parametrize("has_arrived", [True, False], ids=["arrived", "on_its_way"])
    def test_after_the_first_was_paid_the_page_says_that_the_second_was_not_started(
        self, school, client, sandbox, language, sentence, link, has_arrived
    ):
        giver = Giver(school, client, language)
        token = giver.token()
        giver.give(token, choice="own", own="40")
        first = Gift.objects.get()
        if has_arrived:
            arrive(first.payment, sandbox)
        else:
            sandbox.pay(first.payment.session_id)

        answer = giver.give(token, choice="own", own="1500", email="other@example.org", name="Нурлан")
        html = html_of(client.get(answer["Location"]))

        assert answer["Location"] == f"/{language}/gifts/{first.pk}/?from=earlier"
        assert [sentence in html, link in html, "/payment/" in html] == [True, True, False]
        assert Gift.objects.get() == first

    def test_what_was_not_started_is_one_click_away_as_a_gift_of_its_own(self, giver, sandbox):
        token = giver.token()
        giver.give(token, choice="own", own="40")
        sandbox.pay(Gift.objects.get().payment.session_id)
        giver.give(token, choice="own", own="1500", email="other@example.org", cover_fee="on")

        form = giver.open("?answers").context["form"]
        asked = {name: form[name].value() for name in ("own", "email", "cover_fee")}
        fresh = form["token"].value()
        answer = giver.give(fresh, choice="own", own=asked["own"], email=asked["email"])

        assert asked == {"own": "1500", "email": "other@example.org", "cover_fee": True}
        assert (answer.status_code, fresh == token) == (303, False)
        assert list(Gift.objects.order_by("started_at").values_list("amount_minor", flat=True)) == [4000, 150000]

    def test_the_page_of_what_gave_way_leads_to_what_stands(self, giver, client, sandbox):
        token = giver.token()
        for own in ("50", "30", "20"):
            giver.give(token, choice="own", own=own)
        first, _second, last = Gift.objects.order_by("started_at")

        html = html_of(client.get(f"/en/gifts/{first.pk}/?from=cancel"))

        assert "The form was sent again with other answers. This gift was not made" in html
        assert f'href="/en/gifts/{last.pk}/"' in html
        assert "/payment/" not in html

    def test_what_gave_way_cannot_be_paid_any_more(self, giver, client, sandbox):
        token = giver.token()
        giver.give(token)
        first = Gift.objects.get()
        giver.give(token, choice="25.00")

        answer = client.post(f"/en/gifts/{first.pk}/payment/")

        assert answer["Location"] == f"/en/gifts/{first.pk}/"

    def test_what_was_sent_while_the_first_asked_for_its_page_stands(self, school, giver, client, sandbox, monkeypatch):
        """The other sending sees no page to end yet, so the first one ends its own as soon as it has it."""
        token, other = giver.token(), Giver(school, Client())
        other.client.cookies.load({settings.CSRF_COOKIE_NAME: client.cookies[settings.CSRF_COOKIE_NAME].value})
        ask, asked = checkout.send_to_provider, []

        def is_overtaken(payment, *, at):
            asked.append(payment)
            if len(asked) == 1:
                other.give(token, choice="25.00")
            return ask(payment, at=at)

        monkeypatch.setattr(checkout, "send_to_provider", is_overtaken)
        answer = giver.give(token)
        small = Gift.objects.get(amount_minor=25_00)

        assert answer["Location"] == f"/ru/gifts/{small.pk}/?from=changed"
        assert stands() == ["expired", "open"]
        assert "Only this gift stands; it waits for its payment." in html_of(
            client.get(f"/en/gifts/{small.pk}/?from=changed")
        )


class TestTheWayBackToTheForm:
    """What is drawn after sending the form is a page of its own: a browser can go back to it without sending again."""

    @pytest.mark.parametrize(
        ("sent", "why", "own"),
        [
            ({"preview": "1"}, "", "75"),
            ({"change": "EUR"}, "=other_amount", None),
            ({"email": "broken"}, "", "75"),
        ],
        ids=["preview", "currency", "mistake"],
    )
    def test_sending_leads_to_a_page_that_can_be_opened_again(self, giver, client, sent, why, own):
        token = giver.token()

        answer = client.post(giver.address, ANSWERS | {"token": token, "own": "75", "choice": "own"} | sent)
        pages = [client.get(answer["Location"]) for _ in range(2)]

        assert (answer.status_code, answer["Location"]) == (303, f"{giver.address}?answers{why}")
        assert [there.context["form"]["own"].value() for there in pages] == [own, own]
        assert [str(there.context["form"]["token"].value()) for there in pages] == [token, token]

    def test_after_the_gift_was_started_it_shows_the_gift(self, giver, sandbox):
        token = giver.token()
        giver.give(token, preview="1", choice="own", own="75")
        giver.give(token, choice="own", own="75")

        form = giver.open("?answers").context["form"]

        assert (form["own"].value(), form.is_bound) == ("75.00", False)
        assert (
            giver.give(form["token"].value(), choice="own", own="75")["Location"] == Payment.objects.get().session_url
        )

    def test_it_keeps_no_more_than_the_form_asks(self, giver):
        giver.give(preview="1", message="я" * 12_000, csrfmiddlewaretoken="secret", other="x")

        kept = giver.open("?answers").context["form"].data
        assert sorted(kept) == sorted([*ANSWERS, "token", "preview"])
        assert len(kept["message"]) == 10_000

    def test_it_is_nobody_elses(self, school, giver):
        giver.give(preview="1", email="secret@example.org")

        assert Giver(school, Client()).open("?answers").context["form"]["email"].value() is None
