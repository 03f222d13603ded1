"""The page of a refund: what moved, who asked, who decided."""

import pytest
from django.test import Client
from django.urls import reverse

from ashar.money import Money
from ashar.payments.models import Refund, RefundMovement
from tests.ashar.accounts import signing_in
from tests.cms.staff.conftest import ask, decide, told
from tests.factories.gifts import go_back
from tests.factories.moments import NOON
from tests.factories.people import FinanceOfficerFactory


class TestPage:
    def buttons(self, client: Client, refund: Refund) -> list[str]:
        html = client.get(reverse("refunds:inspect", args=[refund.pk])).content.decode()
        return [verb for verb in ("approval", "refusal") if f'/{verb}/"' in html]

    def test_the_second_person_gets_the_buttons(self, officer, waiting_refund):
        assert self.buttons(officer, waiting_refund) == ["approval", "refusal"]

    def test_whoever_asked_gets_a_sentence_instead(self, colleague, waiting_refund):
        assert self.buttons(colleague, waiting_refund) == []
        page = colleague.get(reverse("refunds:inspect", args=[waiting_refund.pk]), headers={"Accept-Language": "en"})
        assert "Another finance officer has to decide" in page.content.decode()

    def test_an_auditor_gets_no_buttons(self, auditor, waiting_refund):
        assert self.buttons(auditor, waiting_refund) == []

    def test_a_decided_one_has_no_buttons(self, officer, waiting_refund):
        decide(officer, waiting_refund, "refuse")
        assert self.buttons(officer, waiting_refund) == []

    @pytest.mark.parametrize(("language", "title"), [("ky", "Мектептин чатыры"), ("ru", "Крыша школы")])
    def test_page_and_list_name_the_project_in_the_officers_language(self, officer, waiting_refund, language, title):
        for address in (reverse("refunds:inspect", args=[waiting_refund.pk]), reverse("refunds:index")):
            assert title in officer.get(address, headers={"Accept-Language": language}).content.decode()

    def test_it_leads_to_its_gift_and_the_gift_leads_back(self, officer, waiting_refund):
        gift = reverse("gifts:inspect", args=[waiting_refund.payment.gift.pk])
        here = reverse("refunds:inspect", args=[waiting_refund.pk])
        assert f'href="{gift}"' in officer.get(here).content.decode()
        assert f'href="{here}"' in officer.get(gift).content.decode()

    def test_one_made_past_this_program_has_no_person(self, officer, large_gift):
        refund = Refund.objects.create(
            payment=large_gift.payment, amount_minor=1_00, currency="USD", reason="At the provider", requested_at=NOON
        )
        page = officer.get(reverse("refunds:inspect", args=[refund.pk]))
        assert "None" not in [str(row.value) for row in page.context["fields"]]

    def test_its_money_leads_to_the_journal(self, officer, waiting_refund, large_gift):
        movement = go_back(large_gift, Money(1_00, "USD"))
        RefundMovement.objects.create(movement=movement, refund=waiting_refund)
        page = officer.get(reverse("refunds:inspect", args=[waiting_refund.pk])).content.decode()
        assert f'href="{reverse("journals:inspect", args=[movement.journal_id])}"' in page

    def test_the_money_of_another_refund_of_the_gift_is_not_shown(self, officer, waiting_refund, large_gift):
        movement = go_back(large_gift, Money(1_00, "USD"))
        sent = Refund.objects.create(
            payment=large_gift.payment, amount_minor=1_00, currency="USD", reason="", requested_at=NOON
        )
        RefundMovement.objects.create(movement=movement, refund=sent)
        page = officer.get(reverse("refunds:inspect", args=[waiting_refund.pk]))
        assert list(page.context["movements"]) == []
        assert movement.journal.key not in page.content.decode()

    @pytest.mark.parametrize(
        ("language", "labels"),
        [("ky", ("Ким четке какты", "Четке кагылды")), ("ru", ("Кто отказал", "Отказано")),
         ("en", ("Refused by", "Refused"))],
    )  # fmt: skip
    def test_a_refused_one_says_who_refused_it_and_when(self, officer, waiting_refund, language, labels):
        decide(officer, waiting_refund, "refuse")
        page = officer.get(reverse("refunds:inspect", args=[waiting_refund.pk]), headers={"Accept-Language": language})
        rows = {str(row.label): row.value for row in page.context["fields"]}
        assert [rows[label] for label in labels] == [waiting_refund.refusal.by, waiting_refund.refusal.at]

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("ky", "кереги жок: анча чоң эмес сумма"),
            ("ru", "не требуется: сумма невелика"),
            ("en", "not needed: a small sum"),
        ],
    )
    def test_a_small_one_says_that_nobody_had_to_approve(self, officer, gift, language, said):
        ask(officer, gift.payment, "50")
        [refund] = Refund.objects.all()
        for address in (f"inspect/{refund.pk}/", "", "?export=csv"):
            page = officer.get(f"/cms/refunds/{address}", headers={"Accept-Language": language})
            assert said in b"".join(page).decode()

    def test_what_waits_was_refused_or_made_elsewhere_does_not_say_so(self, officer, waiting_refund):
        Refund.objects.create(
            payment=waiting_refund.payment,
            amount_minor=1_00,
            currency="USD",
            reason="",
            requested_at=NOON,
            state="sent",
        )
        for state in ("requested", "refused"):
            Refund.objects.filter(pk=waiting_refund.pk).update(state=state)
            page = officer.get(reverse("refunds:index"), headers={"Accept-Language": "en"})
            assert "not needed" not in page.content.decode()

    def test_a_refused_one_says_why_to_whoever_asked(self, officer, colleague, waiting_refund):
        address = reverse("refunds:inspect", args=[waiting_refund.pk])
        before = colleague.get(address).content.decode()
        decide(officer, waiting_refund, "refuse", "Paid once <b>only")
        after = colleague.get(address).content.decode()
        assert ["Paid once &lt;b&gt;only" in html for html in (before, after)] == [False, True]

    def test_a_refusal_without_a_reason_is_answered_in_words(self, officer, waiting_refund):
        answer = officer.post(
            reverse("refunds:refuse", args=[waiting_refund.pk]), {}, headers={"Accept-Language": "en"}
        )
        assert told(answer) == ["Write why the refund is refused, in at most 500 characters."]
        waiting_refund.refresh_from_db()
        assert waiting_refund.state == "requested"

    def test_one_that_waits_names_nobody_who_refused(self, officer, waiting_refund):
        page = officer.get(reverse("refunds:inspect", args=[waiting_refund.pk]), headers={"Accept-Language": "en"})
        assert [row for row in page.context["fields"] if str(row.label).startswith("Refused")] == []

    def test_the_list_names_who_refused(self, officer, waiting_refund):
        refused_by = "second@example.org"
        second = signing_in.as_staff(Client(), FinanceOfficerFactory(email=refused_by))
        assert refused_by not in officer.get(reverse("refunds:index")).content.decode()
        decide(second, waiting_refund, "refuse")
        assert refused_by in officer.get(reverse("refunds:index")).content.decode()
