"""A gift whose payment the giver's bank disputes, on the pages of its giver and of everybody."""

import pytest
from django.urls import reverse
from django.utils import translation

from diaspora import queries, receipts
from diaspora.models import Gift
from tests.diaspora.web.conftest import arrive, catch_up
from tests.factories.people import PersonFactory


def page(client, name, *args, language="en"):
    with translation.override(language):
        return client.get(reverse(name, args=args))


def charge_of(sandbox) -> str:
    (event,) = sandbox.events("charge.succeeded")
    return event["data"]["object"]["id"]


class TestADisputedGift:
    """A bank takes the money back before anything is decided: that is no refund, and nobody says it is one."""

    TOLD = {
        ("open", "en"): ("Your bank has taken your gift back for now", "taken money back for now while it examines"),
        ("open", "ru"): ("Ваш банк пока отозвал взнос", "Банк жертвователя пока отозвал деньги"),
        ("open", "ky"): ("Банкыңыз салымды убактылуу кайтарып алды", "акчаны убактылуу кайтарып алды"),
        ("lost", "en"): ("Your bank has taken your gift back", "taken money back for good"),
        ("won", "en"): ("decided for the project: the gift counts.", "This receipt is genuine and valid."),
    }
    A_REFUND = ("The whole gift went back to your card", "The whole gift has been given back since")

    @pytest.fixture
    def disputed(self, giver, sandbox):
        giver.give()
        gift = Gift.objects.get()
        arrive(gift.payment, sandbox)
        dispute = sandbox.dispute(charge_of(sandbox))
        catch_up(gift.payment)
        return gift, dispute["id"]

    @pytest.mark.parametrize(("end", "language"), TOLD)
    def test_is_told_as_it_stands_on_its_page_and_its_receipt(self, disputed, client, sandbox, end, language):
        gift, dispute = disputed
        if end != "open":
            sandbox.close_dispute(dispute, won=end == "won")
            catch_up(gift.payment)

        html = page(client, "gift", gift.pk, language=language).content.decode()
        proof = page(client, "receipt", receipts.sign(gift.receipt), language=language).content.decode()

        on_page, on_receipt = self.TOLD[end, language]
        assert (on_page in html, on_receipt in proof) == (True, True)
        assert [sentence for sentence in self.A_REFUND if sentence in html + proof] == []

    @pytest.mark.parametrize(
        ("end", "label"),
        [("open", "Taken back by the bank for now"), ("lost", "Taken back by the bank"), ("won", "Arrived")],
    )
    def test_has_the_same_state_on_its_page_and_in_the_list_of_its_giver(self, disputed, client, sandbox, end, label):
        gift, dispute = disputed
        if end != "open":
            sandbox.close_dispute(dispute, won=end == "won")
            catch_up(gift.payment)
        giver = PersonFactory(email="known@example.org")
        Gift.objects.update(donor=giver)

        with translation.override("en"):
            shown = page(client, "gift", gift.pk).context["gift"]
            (row,) = queries.my_gifts(giver, addresses_of_user=[])
            assert (str(shown.state_label), str(row.state_label)) == (label, label)

    def test_that_is_claimed_in_part_says_so_and_thanks_for_what_is_left(self, giver, client, sandbox):
        giver.give()
        gift = Gift.objects.get()
        arrive(gift.payment, sandbox)
        dispute = sandbox.dispute(charge_of(sandbox), amount=20_00)
        catch_up(gift.payment)
        examined = page(client, "gift", gift.pk).content.decode()
        sandbox.close_dispute(dispute["id"], won=False)
        catch_up(gift.payment)
        decided = page(client, "gift", gift.pk).content.decode()

        assert "Your bank is examining this payment, and we are answering it." in examined
        assert "Your bank has taken a part of the money back for good." in decided
        assert ["Still with the project: $30. Thank you for it." in html for html in (examined, decided)] == [
            True, True,
        ]  # fmt: skip
        assert [sentence for sentence in ("one gift, paid once", ">Arrived<") if sentence in examined + decided] == []
