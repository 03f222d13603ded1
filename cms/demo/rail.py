"""Sends the demo's gifts through the real code and a card sandbox served in this process, at the moments of the plan."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.test.utils import override_settings

from ashar.accounts.models import User
from ashar.outbox import delivering
from ashar.payments import checkout, refunds, settlement
from ashar.payments.models import MovementKind, Payment
from ashar.payments.sandbox import Sandbox
from ashar.payments.states import PaymentState, RefundState
from cms.demo.givers import Planned
from diaspora import giving
from diaspora.models import Gift, MatchStep, Project

REASON = "demo"
PATIENCE = timedelta(minutes=3)  # from the first screen to the paid card
RETURNED = {"full refund": 40, "half refund": 90, "dispute": 130, "dispute won": 170}  # what happens to which gift


class Moments:
    """The plan's clock, which the sandbox and the player share."""

    def __init__(self) -> None:
        self.moment = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment the plan has reached."""
        return self.moment


class Play:
    """Carries out planned gifts. Call it once per gift, in the order of their moments."""

    def __init__(self, sandbox: Sandbox, moments: Moments) -> None:
        self.sandbox = sandbox
        self.moments = moments
        self.paid: list[Payment] = []

    def __call__(self, project: Project, planned: Planned) -> Gift:
        """Start the gift, pay it with the test card that succeeds, and let everything that follows follow."""
        self.moments.moment = planned.at
        by = User.objects.filter(email=planned.email).first()
        gift = giving.start(
            project,
            amount=planned.amount,
            email=planned.email,
            name=by.full_name if by else planned.name,
            shown_as=planned.shown_as,
            message=planned.message,
            language=planned.language,
            by=by,
            token=planned.token,
            at=planned.at,
        )
        payment = gift.payment
        self.paid.append(payment)
        if payment.state == PaymentState.SETTLED:  # an earlier loading got this far
            return gift
        checkout.send_to_provider(payment, at=planned.at)
        self.moments.moment = planned.at + PATIENCE
        self.sandbox.pay(str(payment.session_id))
        self._follow(payment)
        return gift

    def returned(self, at: datetime) -> int:
        """Give a few of the gifts back and let a few be disputed, so that the books show that too; return how many."""
        self.moments.moment = at
        matched = self._of_matched_projects()
        happened: dict[str, Payment] = {}
        for what, place in RETURNED.items():
            later = [payment for payment in self.paid[place:] if payment not in happened.values()]
            if later:
                happened[what] = next((payment for payment in later if payment.pk in matched), later[0])
        for what, payment in happened.items():
            if "refund" in what:
                self._refund(payment, parts=2 if what.startswith("half") else 1)
            else:
                self._dispute(payment, won=what.endswith("won"))
            self._follow(payment)
        return len(happened)

    def _of_matched_projects(self) -> set[uuid.UUID]:
        """Return the payments for projects whose every gift was matched.

        Where a pool's cap was used up, a return would free a part of it, and the gifts that came without a match meanwhile
        would look forgotten.
        """
        without = MatchStep.objects.filter(movement__kind=MovementKind.CHARGE, amount_minor=0)
        gifts = Gift.objects.exclude(project__gifts__payment__movements__match_step__in=without)
        return set(gifts.values_list("payment_id", flat=True))

    def _refund(self, payment: Payment, *, parts: int) -> None:
        officer = User.objects.get(email="finance@demo.example")
        amount = payment.amount.split([1] * parts)[0]
        token = uuid.uuid5(payment.pk, "refund")
        refund = refunds.request(payment, amount=amount, reason=REASON, by=officer, token=token, at=self.moments.now())
        if (
            parts == 1 and refund.state == RefundState.REQUESTED
        ):  # the other one is left for the second person to decide
            refunds.approve(refund, by=User.objects.get(email="second@demo.example"), at=self.moments.now())
        refunds.send(refund, at=self.moments.now())

    def _dispute(self, payment: Payment, *, won: bool) -> None:
        intent = self.sandbox.get(str(payment.intent_id))
        dispute = self.sandbox.dispute(intent["latest_charge"])
        if won:
            self.sandbox.close_dispute(dispute["id"], won=True)

    def _follow(self, payment: Payment) -> None:
        settlement.follow(payment, at=self.moments.now())
        delivering.drain(self.moments.now())


@contextmanager
def play() -> Iterator[Play]:
    """Serve the sandbox's state file in this process, with the plan's clock and its webhooks held back.

    The same file is served afterwards by `manage.py stripe_sandbox`, so demo gifts can be refunded and disputed there.
    """
    moments = Moments()
    sandbox = Sandbox(str(settings.VAR / "sandbox.sqlite3"), clock=moments.now)
    with sandbox, sandbox.serve(), override_settings(STRIPE_API_BASE=sandbox.base_url):
        sandbox.switch(drop=["*"])
        yield Play(sandbox, moments)
        sandbox.switch(drop=[])
