"""The form on its page: what it says of a card number, of another currency and of two sums, and what it keeps."""

import re
import uuid

import pytest
from django.utils import timezone

from ashar.money import Money
from diaspora import giving
from diaspora.models import Gift


class TestCardNumbersInWords:
    @pytest.mark.parametrize("field", ["name", "message"])
    def test_are_refused_where_they_stand_and_nothing_is_kept(self, giver, field):
        refused = giver.give(**{field: "Менин картам: 4242 4242 4242 4242"})

        assert list(refused.context["form"].errors) == [field]
        assert "похоже на номер карты" in refused.content.decode()
        assert Gift.objects.count() == 0

    def test_are_taken_out_and_the_rest_gives(self, giver, sandbox):
        token = giver.token()
        giver.give(token, message="4242 4242 4242 4242")
        giver.give(token, message="Окугула!")

        assert Gift.objects.get().message == "Окугула!"

    @pytest.mark.parametrize("field", ["name", "message"])
    def test_the_verb_refuses_them_whoever_calls(self, school, field):
        words = {"name": "Айгүл", "message": ""} | {field: "4242424242424242"}

        with pytest.raises(giving.CardNumberWritten):
            giving.start(
                school,
                amount=Money(50_00, "USD"),
                email="giver@example.org",
                shown_as="named",
                language="ky",
                by=None,
                token=uuid.uuid4(),
                at=timezone.now(),
                **words,
            )


class TestAnotherCurrency:
    def test_keeps_all_that_was_answered_but_the_amount(self, giver):
        token = giver.token()
        answers = {"own": "75", "choice": "own", "cover_fee": "on", "message": "Окугула!", "shown_as": "initials"}

        form = giver.give(token, change="EUR", **answers).context["form"]

        assert (form.chosen_currency, form["currency"].value(), form.is_bound) == ("EUR", "EUR", False)
        assert {name: form[name].value() for name in ("token", "own", "choice", "message", "name", "email")} == {
            "token": token,
            "own": None,
            "choice": None,
            "message": "Окугула!",
            "name": "Айгүл",
            "email": "giver@example.org",
        }
        assert (form["shown_as"].value(), form["cover_fee"].value()) == ("initials", True)

    @pytest.mark.parametrize(
        "amount", [{"choice": "50.00"}, {"choice": "own", "own": "70000"}, {"choice": "", "own": "x"}]
    )
    def test_leaves_the_amount_behind_and_says_so(self, giver, amount):
        """As many euros are another gift than as many won."""
        page = giver.give(change="EUR", **amount)

        assert [page.context["form"][field].value() for field in ("choice", "own")] == [None, None]
        assert "Валюта теперь другая, поэтому сумма не выбрана." in page.content.decode()

    def test_of_a_form_without_an_amount_says_nothing_of_it(self, giver):
        assert "Валюта теперь другая" not in giver.give(change="EUR", choice="", own="").content.decode()

    def test_starts_nothing_and_scolds_for_nothing(self, giver):
        response = giver.give(change="EUR", choice="", email="no address", name="", message="\x00")

        assert (response.status_code, Gift.objects.count()) == (200, 0)
        assert "no address" in response.content.decode()
        assert "aria-invalid" not in response.content.decode()

    def test_then_gives_in_it(self, giver, sandbox):
        form = giver.give(change="KRW").context["form"]
        giver.give(form["token"].value(), currency=form["currency"].value(), choice="own", own="70000")

        assert Gift.objects.get().amount == Money(70_000, "KRW")

    @pytest.mark.parametrize("wanted", ["KGS", "eur", "'", "EUR\x00"])
    def test_that_is_not_offered_is_the_one_of_the_association(self, giver, wanted):
        assert giver.give(change=wanted).context["currency"] == "KRW"

    def test_is_not_what_the_enter_key_chooses(self, giver):
        """A browser takes the first button of a form for Enter: it must be the one that goes on."""
        form = giver.open().content.decode().partition('class="form give-form"')[2]

        assert (
            re.findall(r"<button[^>]*>", form)[0]
            == '<button class="hidden" type="submit" tabindex="-1" aria-hidden="true">'
        )


class TestTwoWaysToSayHowMuch:
    def test_an_amount_that_is_written_needs_no_mark(self, giver, sandbox):
        giver.give(choice="", own="75")

        assert Gift.objects.get().amount == Money(75_00, "USD")

    @pytest.mark.parametrize("own", ["75", "xx"])
    def test_a_mark_and_another_amount_are_asked_about(self, giver, own):
        form = giver.give(choice="50.00", own=own).context["form"]

        assert form.errors["own"] == [
            "Вы выбрали 50\xa0$ и написали ещё и другую сумму. Сотрите написанное или выберите «Другая сумма»."
        ]
        assert Gift.objects.count() == 0

    def test_a_mark_and_the_same_amount_are_one(self, giver, sandbox):
        giver.give(choice="50.00", own="50")

        assert Gift.objects.get().amount == Money(50_00, "USD")

    def test_neither_is_asked_for(self, giver):
        form = giver.give(choice="", own="").context["form"]

        assert form.errors["choice"] == ["Выберите сумму или напишите свою."]
