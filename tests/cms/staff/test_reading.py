"""The pages of one gift, one event, one journal: what they say, where they lead, what they keep to themselves."""

import pytest
from django.urls import reverse
from django.utils import translation

from ashar.ledger import posting
from ashar.ledger.models import Journal, Role
from ashar.money import Money, rates
from ashar.payments import gateway, settlement
from ashar.payments.models import Dispute, WebhookEvent
from cms.staff import wording
from cms.staff.books import gift_of
from cms.staff.rooms import Row
from diaspora import giving
from tests.cms.conftest import FAR_AWAY
from tests.cms.staff.conftest import an_event
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory, go_back
from tests.factories.moments import NOON
from tests.factories.pools import PoolFactory


def rows_of(client, room: str, pk) -> dict[str, str]:
    page = client.get(f"/cms/{room}/inspect/{pk}/", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    return {str(row.label): str(row.value) for row in page.context["fields"]}


def html_of(client, room: str, pk) -> str:
    page = client.get(f"/cms/{room}/inspect/{pk}/", headers={"Accept-Language": "en"}).content.decode()
    return page.replace("\xa0", " ").replace("\u202f", " ")


class TestGift:
    def test_says_what_the_giver_said_and_what_came_of_it(self, officer, gift):
        told = rows_of(officer, "gifts", gift.pk)
        assert list(told) == [
            "State",
            "Worth",
            "Card fee",
            "Receipt",
            "Giver",
            "Shown as",
            "Message",
            "E-mail",
            "Language",
            "Started",
            "Received",
        ]
        assert (told["State"], told["Giver"], told["Message"]) == ("Received", "Нурбек Асанов", "Балдарга")

    def test_says_nothing_of_what_is_not_there(self, officer, school):
        told = rows_of(officer, "gifts", StartedGiftFactory(project=school).pk)
        assert list(told) == ["State", "Giver", "Shown as", "E-mail", "Language", "Started"]

    def test_leads_to_the_journals_of_its_money_and_of_its_match(self, officer, school, fresh_rates):
        PoolFactory(slug="ministry", closes_on=FAR_AWAY)
        gift = ReceivedGiftFactory(project=school)
        html = html_of(officer, "gifts", gift.pk)
        journals = Journal.objects.filter(kind__in=("charge", "match"))
        assert [journal.kind for journal in journals if f"/cms/journals/inspect/{journal.pk}/" in html] == [
            "charge",
            "match",
        ]

    def test_says_that_no_money_has_moved(self, officer, school):
        assert "No money has moved." in html_of(officer, "gifts", StartedGiftFactory(project=school).pk)

    def test_names_movements_in_words(self, officer, gift):
        go_back(gift)
        html = html_of(officer, "gifts", gift.pk)
        assert ("<td>payment</td>" in html, "<td>refund</td>" in html) == (True, True)

    def test_tells_of_a_dispute(self, officer, gift):
        Dispute.objects.create(
            provider_id="dp_1", payment=gift.payment, amount_minor=50_00, currency="USD", seen_at=NOON
        )
        html, told = html_of(officer, "gifts", gift.pk), rows_of(officer, "gifts", gift.pk)
        assert ("$50: open" in html, told["State"], told["Dispute"]) == (True, "Received", "disputed: open")
        assert "/cms/refunds/ask/" not in html

    def test_tells_what_troubles_its_payment(self, officer, gift):
        gift.payment.trouble = "amount differs"
        gift.payment.save(update_fields=["trouble"])
        assert "amount differs" in html_of(officer, "gifts", gift.pk)

    def test_the_door_to_a_refund_stands_open_for_officers_only(self, officer, auditor, gift):
        address = reverse("refunds:ask", args=[gift.payment_id])
        assert f'href="{address}"' in html_of(officer, "gifts", gift.pk)
        assert address not in html_of(auditor, "gifts", gift.pk)

    def test_there_is_no_door_when_nothing_is_left(self, officer, gift):
        go_back(gift)
        gift.payment.refunds.create(
            amount_minor=50_00, currency="USD", reason="x", requested_at=NOON, state="succeeded"
        )
        giving.follow(gift.payment_id, at=NOON)
        assert "/cms/refunds/ask/" not in html_of(officer, "gifts", gift.pk)

    def test_what_a_giver_wrote_cannot_write_into_the_page(self, officer, school):
        gift = StartedGiftFactory(project=school, name="<img src=x>", message="<script>alert(1)</script>")
        html = html_of(officer, "gifts", gift.pk)
        assert ("<img src=x>" in html, "<script>alert(1)" in html) == (False, False)


class TestJournal:
    def test_shows_every_leg(self, officer, gift):
        [journal] = Journal.objects.all()
        page = officer.get(f"/cms/journals/inspect/{journal.pk}/")
        assert [leg.pk for _fund, leg in page.context["legs"]] == list(
            journal.legs.order_by("id").values_list("pk", flat=True)
        )
        assert len(page.context["legs"]) == 5

    @pytest.mark.parametrize(("language", "name"), [("ky", "Мектептин чатыры"), ("ru", "Крыша школы")])
    def test_funds_of_legs_go_by_the_name_of_the_officers_language(self, officer, gift, language, name):
        [journal] = Journal.objects.all()
        page = officer.get(f"/cms/journals/inspect/{journal.pk}/", headers={"Accept-Language": language})
        assert page.content.decode().count(f"<td>{name}</td>") == 2

    def test_tells_its_place_in_the_chain(self, officer, gift):
        [journal] = Journal.objects.all()
        told = rows_of(officer, "journals", journal.pk)
        assert (told["Key"], told["Hash"], told["Previous hash"]) == (journal.key, journal.hash, journal.previous_hash)

    def test_leads_to_its_gift(self, officer, gift):
        [journal] = Journal.objects.all()
        assert f'href="/cms/gifts/inspect/{gift.pk}/"' in html_of(officer, "journals", journal.pk)

    def test_the_journal_of_a_match_leads_to_the_gift_as_well(self, school, fresh_rates):
        PoolFactory(slug="ministry", closes_on=FAR_AWAY)
        gift = ReceivedGiftFactory(project=school)
        assert gift_of(Journal.objects.get(kind="match")) == gift

    def test_the_journal_of_a_pool_has_no_gift(self, officer, fresh_rates):
        PoolFactory(slug="ministry", closes_on=FAR_AWAY)
        journal = Journal.objects.get(kind="pool_funded")
        assert gift_of(journal) is None
        assert "Gift" not in rows_of(officer, "journals", journal.pk)

    def test_a_correction_and_what_it_corrects_lead_to_each_other(self, officer, fresh_rates):
        PoolFactory(slug="ministry", closes_on=FAR_AWAY)
        wrong = Journal.objects.get(kind="pool_funded")
        right = posting.reverse(wrong, key="wrong:reversal", at=NOON)
        assert f'href="/cms/journals/inspect/{wrong.pk}/"' in html_of(officer, "journals", right.pk)
        assert f'href="/cms/journals/inspect/{right.pk}/"' in html_of(officer, "journals", wrong.pk)

    def test_no_fact_is_shown_as_a_heap_of_braces(self, officer, school, fresh_rates):
        PoolFactory(slug="ministry", closes_on=FAR_AWAY)
        ReceivedGiftFactory(project=school)
        for journal in Journal.objects.all():
            assert [value for value in rows_of(officer, "journals", journal.pk).values() if "{" in value] == []

    @pytest.mark.parametrize(
        ("language", "label", "sum_told"),
        [("ky", "Биргелешип каржылоо фонду · Кош салым", "4 372,50 сом"),
         ("ru", "Фонд софинансирования · Двойной взнос", "4 372,50 сом"),
         ("en", "Match pool · Double gift", "KGS 4,372.50")],
    )  # fmt: skip
    def test_what_a_match_took_is_a_sum_beside_the_pools_name(
        self, officer, school, fresh_rates, language, label, sum_told
    ):
        PoolFactory(
            slug="ministry", closes_on=FAR_AWAY, title_ky="Кош салым", title_ru="Двойной взнос", title_en="Double gift"
        )
        ReceivedGiftFactory(project=school)
        journal = Journal.objects.get(kind="match")
        page = officer.get(f"/cms/journals/inspect/{journal.pk}/", headers={"Accept-Language": language})
        told = {str(row.label): str(row.value).replace("\xa0", " ") for row in page.context["fields"]}
        assert told[label] == sum_told
        assert [name for name in told if "ministry" in name or "pools" in name] == []
        assert "437250" not in told.values()

    def test_a_pool_that_is_gone_goes_by_its_address(self, officer, school, fresh_rates):
        PoolFactory(slug="ministry", closes_on=FAR_AWAY)
        ReceivedGiftFactory(project=school)
        journal = Journal(facts={"pools": {"gone": 100, "<b>": 200}}, kind="match")
        with translation.override("en"):
            told = [(str(row.label), row.value.replace("\xa0", " ")) for row in wording.facts(journal)]
        assert told == [("Match pool · &lt;b&gt;", "KGS 2"), ("Match pool · gone", "KGS 1")]

    def test_facts_are_told_one_by_one_however_deep(self):
        assert list(wording.plainly({"b": {"y": 2, "x": {"z": 1}}, "a": "told"})) == [
            Row("a", "told"),
            Row("b · x · z", "1"),
            Row("b · y", "2"),
        ]

    def test_an_unknown_kind_is_named_as_it_is(self, officer, school):
        operations = posting.open_fund("operations", kind="operations", title="Operations")
        legs = [
            posting.Entry(school.fund, Role.GIVEN, Money(-1, "KGS")),
            posting.Entry(operations, Role.BANK, Money(1, "KGS")),
        ]
        journal = posting.post("new:1", kind="barter", legs=legs, at=NOON)
        assert "barter" in officer.get(f"/cms/journals/inspect/{journal.pk}/").content.decode()


class TestEvent:
    def test_says_why_it_waits(self, officer, quarantined_event):
        told = rows_of(officer, "events", quarantined_event.pk)
        assert (told["State"], told["Reason"], told["Attempts"]) == (
            "in quarantine",
            "It is about something that we do not know of.",
            "1",
        )

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("ky", "Мындай түрдөгү окуялар бул жерде эч нерсени өзгөртпөйт."),
            ("ru", "События этого типа здесь ничего не меняют."),
            ("en", "Events of this type change nothing here."),
        ],
    )
    def test_a_reason_is_a_sentence_on_page_list_and_export(self, officer, quarantined_event, language, sentence):
        WebhookEvent.objects.update(reason="type_not_followed")
        for address in (f"inspect/{quarantined_event.pk}/", "", "?export=csv"):
            response = officer.get(f"/cms/events/{address}", headers={"Accept-Language": language})
            told = b"".join(response).decode()
            assert (sentence in told, "type_not_followed" in told) == (True, False)

    @pytest.mark.parametrize("language", ["ky", "ru"])
    def test_every_reason_has_a_sentence_of_its_own_in_each_language(self, language):
        with translation.override("en"):
            english = {code: str(said) for code, said in wording.REASONS.items()}
        with translation.override(language):
            said = {code: str(words) for code, words in wording.REASONS.items()}
        assert [code for code in said if said[code] == english[code]] == []
        assert len(set(said.values())) == len(said)

    def test_every_way_in_which_following_can_be_refused_has_a_sentence(self):
        refusals = [
            settlement.Mismatch,
            *settlement.Mismatch.__subclasses__(),
            gateway.ProviderUnreachable,
            rates.StaleRate,
        ]
        assert {refusal.code for refusal in refusals} - wording.REASONS.keys() == set()

    def test_a_fault_that_nobody_foresaw_goes_by_its_name(self, officer, quarantined_event):
        WebhookEvent.objects.update(reason="ZeroDivisionError")
        assert rows_of(officer, "events", quarantined_event.pk)["Reason"] == "ZeroDivisionError"

    def test_keeps_what_the_card_service_sent_to_itself(self, officer, quarantined_event):
        assert "payload-canary" not in html_of(officer, "events", quarantined_event.pk)

    @pytest.mark.parametrize(
        ("state", "door"),
        [("quarantined", True), ("dead", True), ("received", False), ("done", False), ("ignored", False)],
    )
    def test_what_was_given_up_can_be_looked_at_again(self, officer, state, door):
        event = an_event(state=state)
        assert (f'action="/cms/events/inspect/{event.pk}/retry/"' in html_of(officer, "events", event.pk)) is door
        officer.post(reverse("events:retry", args=[event.pk]))
        event.refresh_from_db()
        assert event.state == ("received" if door else state)

    @pytest.mark.parametrize("state", ["quarantined", "dead"])
    def test_what_nobody_needs_is_set_aside_for_good(self, officer, state):
        event = an_event(state=state)
        officer.post(reverse("events:set_aside", args=[event.pk]))
        event.refresh_from_db()
        assert event.state == "ignored"
        assert "/dismissal/" not in html_of(officer, "events", event.pk)

    def test_an_auditor_has_no_button(self, auditor, quarantined_event):
        page = html_of(auditor, "events", quarantined_event.pk)
        assert ("/retry/" in page, "/dismissal/" in page) == (False, False)

    def test_looking_again_begins_from_nothing(self, officer, quarantined_event):
        officer.post(reverse("events:retry", args=[quarantined_event.pk]))
        event = WebhookEvent.objects.get()
        assert (event.state, event.attempts) == ("received", 0)

    def test_twice_is_once_and_a_sentence(self, officer, quarantined_event):
        address = reverse("events:retry", args=[quarantined_event.pk])
        answers = [officer.post(address)["Location"] for _ in range(2)]
        assert answers == [reverse("events:inspect", args=[quarantined_event.pk])] * 2


@pytest.mark.parametrize("room", ["gifts", "refunds", "events", "journals"])
def test_every_page_leads_back_to_its_list(officer, waiting_refund, quarantined_event, charge, room):
    rows = {
        "gifts": waiting_refund.payment.gift,
        "refunds": waiting_refund,
        "events": quarantined_event,
        "journals": charge,
    }
    assert f'href="/cms/{room}/"' in html_of(officer, room, rows[room].pk)
