"""Where gifts stand: what came, what went back, what remains, and what the giver's bank says. One basis for every table."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ashar.money import Money
from ashar.payments.models import Dispute, Movement
from ashar.payments.states import DisputeState
from diaspora import states
from diaspora.models import Gift
from diaspora.states import GiftState

# What is read of a gift that went back, whole or in part, through a bank and not by us.
WHOLLY_TAKEN: dict[str, str | Promise] = {
    DisputeState.OPEN: _("Taken back by the bank for now"),
    DisputeState.LOST: _("Taken back by the bank"),
}
PARTLY_TAKEN: dict[str, str | Promise] = {
    DisputeState.OPEN: _("A part was taken back by the bank for now"),
    DisputeState.LOST: _("A part was taken back by the bank"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One gift after the movements that it has followed: `amount` came, `kept` remains. Sums in som: nothing until it arrives.

    `fee` is what the project bears for what remains; operations bear that of what went back. `dispute` is where the
    latest claim of the giver's bank stands, if there was one.
    """

    state: str
    dispute: str
    amount: Money
    kept: Money
    som: Money | None
    kept_som: Money | None
    fee: Money | None

    @property
    def returned(self) -> Money:
        """What went back, in the giver's currency."""
        return Money.zero(self.amount.currency) if self.som is None else self.amount - self.kept

    @property
    def returned_som(self) -> Money | None:
        """What went back, in som."""
        return None if self.som is None or self.kept_som is None else self.som - self.kept_som

    @property
    def is_partly_back(self) -> bool:
        """Whether a part went back and a part remains."""
        return self.state == GiftState.RECEIVED and bool(self.returned)


def with_standing(gifts: QuerySet[Gift]) -> QuerySet[Gift]:
    """Return `gifts` with what `of` reads. No query more."""
    disputes = Dispute.objects.filter(payment=OuterRef("payment")).order_by("-seen_at", "-pk")
    return gifts.annotate(
        dispute_state=Subquery(disputes.values("state")[:1]),
        kept_minor=_total("gross_minor"),
        kept_som_minor=_total("som_minor"),
        kept_fee_minor=_total("fee_som_minor"),
    )


def of(gift: Any) -> Standing:  # noqa: ANN401 - a gift fetched `with_standing`
    """Return where `gift` stands."""
    has_arrived = gift.som is not None
    return Standing(
        state=gift.state,
        dispute=gift.dispute_state or "",
        amount=gift.amount,
        kept=Money(max(gift.kept_minor or 0, 0), gift.currency),
        som=gift.som,
        kept_som=Money(max(gift.kept_som_minor or 0, 0), "KGS") if has_arrived else None,
        fee=Money(gift.kept_fee_minor or 0, "KGS") if has_arrived else None,
    )


def look_up(gift: Gift) -> Standing:
    """Return where `gift` stands, however it was fetched. One query."""
    return of(with_standing(Gift.objects.filter(pk=gift.pk)).get())


def for_the_giver(standing: Standing) -> str | Promise:
    """Return the state as the giver reads it."""
    part = _("Given back in part")
    return _through_the_bank(standing) or (
        part if standing.is_partly_back else states.GIFT.public_label(standing.state)
    )


def for_staff(standing: Standing) -> str | Promise:
    """Return the state as staff read it."""
    part = _("Returned in part")
    return _through_the_bank(standing) or (part if standing.is_partly_back else GiftState(standing.state).label)


def _through_the_bank(standing: Standing) -> str | Promise:
    if standing.state == GiftState.RETURNED:
        return WHOLLY_TAKEN.get(standing.dispute, "")
    return PARTLY_TAKEN.get(standing.dispute, "") if standing.is_partly_back else ""


def _total(name: str) -> Subquery:
    followed: QuerySet[Any] = Movement.objects.filter(payment=OuterRef("payment"), match_step__isnull=False)
    return Subquery(followed.order_by().values("payment").annotate(total=Sum(name)).values("total"))
