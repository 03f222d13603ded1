"""Refunds in the room: asked for by one, decided by another, and every refusal in words."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.audit.models import Entry
from ashar.money import Money, typed
from ashar.outbox.models import Message
from ashar.payments import refunds
from ashar.payments.models import Payment, Refund
from diaspora.models import Project
from tests.ashar.accounts import signing_in
from tests.cms.conftest import ADMINISTRATOR
from tests.cms.staff.conftest import REASON, ask, decide, told
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory
from tests.factories.moments import NOON
from tests.factories.people import FinanceOfficerFactory


def errors_of(response) -> list[str]:
    """Return the sentences that stand in the page as errors."""
    told = re.findall(r'class="error-message">\s*(.*?)\s*</p>', response.content.decode(), re.DOTALL)
    return [sentence.replace("\xa0", " ") for sentence in told]


class TestAsking:
    def test_the_form_offers_all_that_is_left(self, officer, large_gift):
        page = officer.get(reverse("refunds:ask", args=[large_gift.payment_id]))
        assert page.context["left"] == Money(500_00, "USD")
        assert typed.parse(page.context["form"].initial["amount"], "USD") == Money(500_00, "USD")

    @pytest.mark.parametrize("amount", ["500", "500,00", "500.00", "1", "0,01"])
    def test_a_sum_within_the_payment_is_asked_for(self, officer, large_gift, amount):
        response = ask(officer, large_gift.payment, amount)
        [refund] = Refund.objects.all()
        assert (response.status_code, response["Location"]) == (302, reverse("refunds:inspect", args=[refund.pk]))
        assert (refund.reason, refund.requested_by.email) == (
            REASON,
            User.objects.get(groups__name=roles.FINANCE_OFFICER).email,
        )

    @pytest.mark.parametrize(
        "amount", ["0", "-1", "500.01", "5000", "1e3", "１００", "", "abc", "1,2,3", "٣", "9" * 40]
    )
    def test_any_other_is_an_error_of_the_field(self, officer, large_gift, amount):
        response = ask(officer, large_gift.payment, amount)
        assert (response.status_code, list(response.context["form"].errors)) == (200, ["amount"])
        assert Refund.objects.count() == 0

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("ky", "Сумма нөлдөн жогору болушу керек. Эң көбү: 500 $."),
            ("ru", "Сумма должна быть больше нуля и не больше 500 $."),
            ("en", "The amount must be above zero, and at most $500."),
        ],
    )
    def test_nothing_cannot_go_back_and_the_form_says_how_much_can(self, officer, large_gift, language, sentence):
        response = ask(officer, large_gift.payment, "0", language=language)
        assert errors_of(response) == [sentence]

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("ky", "Дагы кайтарууга боло турган эң көп сумма: 500 $."),
            ("ru", "Вернуть ещё можно не больше чем 500 $."),
            ("en", "At most $500 can still be refunded."),
        ],
    )
    def test_more_than_is_left_is_told_what_is_left(self, officer, large_gift, language, sentence):
        response = ask(officer, large_gift.payment, "500.01", language=language)
        assert errors_of(response) == [sentence]

    def test_where_nothing_is_left_no_amount_is_asked_for(self, officer, waiting_refund):
        [sentence] = errors_of(ask(officer, waiting_refund.payment, "0", language="en"))
        assert sentence == "This payment cannot be refunded."

    @pytest.mark.parametrize("amount", ["0", "-1", "500.01", "abc", "", "9" * 41])
    def test_one_bad_amount_is_one_sentence(self, officer, large_gift, amount):
        assert len(errors_of(ask(officer, large_gift.payment, amount))) == 1

    def test_the_large_sum_that_the_form_offers_can_be_sent_in_every_language(self, officer, school, fresh_rates):
        gift = ReceivedGiftFactory(project=school, amount=Money(1_234_00, "USD"))
        for language in ("ky", "ru", "en"):
            page = officer.get(reverse("refunds:ask", args=[gift.payment_id]), headers={"Accept-Language": language})
            assert typed.parse(page.context["form"].initial["amount"], "USD") == Money(1_234_00, "USD")

    @pytest.mark.parametrize(
        ("language", "title"), [("ky", "Мектептин чатыры"), ("ru", "Крыша школы"), ("en", "A school roof")]
    )
    def test_the_project_is_named_in_the_officers_language(self, officer, large_gift, language, title):
        page = officer.get(reverse("refunds:ask", args=[large_gift.payment_id]), headers={"Accept-Language": language})
        assert f"<p>{title} · " in page.content.decode()

    def test_a_title_in_another_language_is_marked(self, officer, large_gift):
        Project.objects.update(title_ru="")
        page = officer.get(reverse("refunds:ask", args=[large_gift.payment_id]), headers={"Accept-Language": "ru"})
        assert '<p><span lang="ky">Мектептин чатыры</span> · ' in page.content.decode()

    def test_a_payment_that_is_no_gift_is_called_as_its_giver_read_it(self, officer, large_gift):
        payment = Payment.objects.create(
            fund=large_gift.payment.fund, amount_minor=1, currency="USD", livemode=False, language="en",
            subject="Wood for the winter", success_path="/", cancel_path="/", created_at=NOON,
        )  # fmt: skip
        page = officer.get(reverse("refunds:ask", args=[payment.pk]))
        assert "<p>Wood for the winter · " in page.content.decode()

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("ky", "Биргелешкен суммасы ушуга жетсе, башка каржы адиси жактырышы керек: 10 000 сом."),
            ("ru", "одобрить должен другой финансист: 10 000 сом."),
            ("en", "come to this sum: KGS 10,000. Below it the money is sent at once."),
        ],
    )
    def test_the_form_says_from_which_sum_on_it_takes_two(self, officer, large_gift, language, sentence):
        page = officer.get(reverse("refunds:ask", args=[large_gift.payment_id]), headers={"Accept-Language": language})
        assert sentence in page.content.decode().replace("\xa0", " ").replace("\u202f", " ")

    def test_a_reason_is_needed(self, officer, large_gift):
        response = ask(officer, large_gift.payment, "1", reason="")
        assert list(response.context["form"].errors) == ["reason"]

    def test_a_large_one_waits_for_a_second_person(self, officer, large_gift):
        ask(officer, large_gift.payment, "500")
        assert Refund.objects.get().state == "requested"

    def test_a_small_one_is_due_at_once(self, officer, gift):
        ask(officer, gift.payment, "50")
        assert Refund.objects.get().state == "approved"
        assert Message.objects.filter(topic="refund.due").count() == 1

    def test_small_pieces_of_a_large_one_wait_as_well(self, officer, large_gift):
        for _ in range(5):
            ask(officer, large_gift.payment, "100")
        states = list(Refund.objects.order_by("requested_at").values_list("state", flat=True))
        assert states == ["approved", "requested", "requested", "requested", "requested"]

    def test_no_more_than_was_given_can_be_asked_for_in_pieces(self, officer, large_gift):
        ask(officer, large_gift.payment, "400")
        response = ask(officer, large_gift.payment, "200")
        assert list(response.context["form"].errors) == ["amount"]

    def test_what_was_never_paid_cannot_go_back(self, officer, school):
        response = ask(officer, StartedGiftFactory(project=school).payment, "1")
        assert list(response.context["form"].errors) == ["amount"]

    def test_a_payment_that_is_not_there_is_not_found(self, officer):
        assert officer.get(reverse("refunds:ask", args=[uuid.uuid4()]), follow=True).status_code == 404

    def test_whoever_asks_is_written_down(self, officer, large_gift):
        ask(officer, large_gift.payment, "500")
        entry = Entry.objects.get(verb="refund.request")
        assert entry.by_id == Refund.objects.get().requested_by_id


class TestDeciding:
    def test_another_officer_approves(self, officer, waiting_refund):
        response = decide(officer, waiting_refund, "approve")
        assert (waiting_refund.state, response["Location"]) == (
            "approved",
            reverse("refunds:inspect", args=[waiting_refund.pk]),
        )
        assert waiting_refund.approved_by_id not in {None, waiting_refund.requested_by_id}

    def test_an_approved_one_is_on_its_way(self, officer, waiting_refund):
        decide(officer, waiting_refund, "approve")
        assert Message.objects.get(topic="refund.due").payload == {"refund": str(waiting_refund.pk)}

    def test_another_officer_refuses(self, officer, waiting_refund):
        decide(officer, waiting_refund, "refuse")
        assert waiting_refund.state == "refused"
        assert Message.objects.filter(topic="refund.due").count() == 0

    def test_a_refused_one_can_be_asked_for_again(self, officer, waiting_refund):
        decide(officer, waiting_refund, "refuse")
        assert refunds.refundable(waiting_refund.payment) == Money(500_00, "USD")

    @pytest.mark.parametrize("verb", ["approve", "refuse"])
    def test_the_same_person_may_not(self, colleague, waiting_refund, verb):
        response = decide(colleague, waiting_refund, verb)
        assert waiting_refund.state == "requested"
        assert len(told(response)) == 1

    @pytest.mark.parametrize("verb", ["approve", "refuse"])
    def test_an_administrator_who_asked_may_not_either(self, enter, large_gift, verb):
        chief = enter(ADMINISTRATOR)
        ask(chief, large_gift.payment, "500")
        refund = Refund.objects.get()
        decide(chief, refund, verb)
        assert refund.state == "requested"

    def test_an_administrator_may_be_the_second_person(self, enter, waiting_refund):
        decide(enter(ADMINISTRATOR), waiting_refund, "approve")
        assert waiting_refund.state == "approved"

    @pytest.mark.parametrize(
        ("first", "second"), [("approve", "refuse"), ("refuse", "approve"), ("approve", "approve")]
    )
    def test_it_is_decided_once(self, officer, waiting_refund, first, second):
        decide(officer, waiting_refund, first)
        state = waiting_refund.state
        response = decide(officer, waiting_refund, second)
        assert waiting_refund.state == state
        assert len(told(response)) == 2  # both sentences are still waiting to be read

    def test_whoever_decides_is_written_down(self, officer, waiting_refund):
        decide(officer, waiting_refund, "approve")
        assert Entry.objects.get(verb="refund.approve").by_id == waiting_refund.approved_by_id


def test_two_officers_asking_for_the_same_money_get_it_once(officer, large_gift):
    other = signing_in.as_staff(Client(), FinanceOfficerFactory())
    answers = [ask(client, large_gift.payment, "500").status_code for client in (officer, other)]
    assert answers == [302, 200]
    assert Refund.objects.count() == 1
