"""A gift as its giver follows it, and a receipt as anybody verifies it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.functional import Promise

from ashar.accounts.models import User
from ashar.language import pick
from ashar.ledger import queries as books
from ashar.money import Money
from ashar.payments.models import Movement
from ashar.payments.states import DisputeState, PaymentState
from diaspora import giving, hiding, names, receipts, turns
from diaspora.models import Gift, Match, Receipt
from diaspora.queries import addresses, standing
from diaspora.queries.standing import Standing
from diaspora.queries.trails import Line, lines_of
from diaspora.receipts import Rate
from diaspora.states import GiftState

VALID, PARTLY, WHOLLY = "valid", "returned_in_part", "returned"
CLAIMED, LOST = "claimed", "lost"


@dataclass(frozen=True, slots=True)
class GiftPage:
    """Everything the page of a gift says. Sums in som are nothing until the gift has arrived.

    `dispute` is where the claim of the giver's bank stands (`open`, `won` by us, `lost`), if there was one.
    `newest_href` leads to the gift that took the place of one that was not paid, because the form was sent again.
    `amount`, `som` and `rate` are those of the day it arrived, `returned` and `returned_som` what went back since;
    `kept`, `kept_som`, `fee` and `matched` are what is left. `is_partly_back`: some went back and some is left.
    """

    id: str
    state: str
    state_label: str | Promise
    dispute: str
    amount: Money
    som: Money | None
    fee: Money | None
    matched: Money
    kept: Money
    kept_som: Money | None
    returned: Money
    returned_som: Money | None
    is_partly_back: bool
    rate: Rate | None
    number: str
    receipt_href: str
    email: str
    shown_name: str
    message: str
    words_are_hidden: bool
    project_title: str
    project_href: str
    project_url: str
    trail_href: str
    give_href: str
    takes_gifts: bool
    newest_href: str
    steps: Sequence[Line]


@dataclass(frozen=True, slots=True)
class GiftRow:
    """A gift in the list of its giver."""

    href: str
    at: datetime
    project: str
    amount: Money
    som: Money | None
    state_label: str | Promise
    number: str
    receipt_href: str


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """What anybody may know of a receipt, never the address.

    `state` is `valid`, `returned_in_part` or `returned`; or, where a bank took money back, `claimed` while it is not
    decided and `lost` after.
    """

    number: str
    issued_at: datetime
    project: str
    project_href: str
    amount: Money
    som: Money
    kept: Money
    shown_name: str
    state: str


def gift_page(gift: Gift, *, at: datetime) -> GiftPage:
    """Return everything the page says. `gift` comes with its project; the number of queries is fixed."""
    project, receipt = gift.project, Receipt.objects.filter(gift=gift).first()
    title, now = pick(project, "title"), standing.look_up(gift)
    hidden = hiding.has_words(gift) and hiding.now(gift) is not None
    return GiftPage(
        id=str(gift.pk),
        state=gift.state,
        state_label=standing.for_the_giver(now),
        dispute=now.dispute,
        amount=gift.amount,
        som=gift.som,
        fee=now.fee,
        matched=_matched(gift),
        kept=now.kept,
        kept_som=now.kept_som,
        returned=now.returned,
        returned_som=now.returned_som,
        is_partly_back=now.is_partly_back,
        rate=receipts.rate_of(gift),
        number=receipt.number if receipt else "",
        receipt_href=_receipt_href(receipt),
        email=names.masked(gift.email),
        shown_name="" if hidden else names.shown(gift),
        message=gift.message,
        words_are_hidden=hidden,
        project_title=title,
        project_href=addresses.project(project.slug),
        project_url=settings.SITE_URL + addresses.project(project.slug),
        trail_href=reverse("trail", args=[project.slug]),
        give_href=reverse("give", args=[project.slug]),
        takes_gifts=giving.takes_gifts(project, at=at),
        newest_href=_newest_href(gift),
        steps=_steps(gift),
    )


def is_behind(gift: Gift) -> bool:
    """Tell whether its payment, which `gift` comes with, knows more than the gift: `giving.follow` is due. One query."""
    is_expired = gift.state == GiftState.STARTED and gift.payment.state == PaymentState.EXPIRED
    return is_expired or Movement.objects.filter(payment=gift.payment_id, match_step__isnull=True).exists()


def my_gifts(user: User, *, addresses_of_user: Iterable[str]) -> list[GiftRow]:
    """Return the gifts of `user`, newest first: those given signed in, and those given with a verified address."""
    mine = given_by(user, addresses_of_user=addresses_of_user).select_related("project", "receipt")
    return rows_of(list(standing.with_standing(mine).order_by("-started_at", "pk")))


def given_by(user: User, *, addresses_of_user: Iterable[str]) -> QuerySet[Gift]:
    """Return the gifts that are those of `user`, without what was never paid and never will be."""
    mine = Q(donor=user)
    for address in addresses_of_user:
        mine |= Q(donor__isnull=True, email__iexact=address)
    return Gift.objects.filter(mine).exclude(state=GiftState.ABANDONED)


def rows_of(gifts: Sequence[Gift]) -> list[GiftRow]:
    """Return `gifts`, which come with their standing, projects and receipts, as rows in the same order. No query."""
    return [_row(gift) for gift in gifts]


def receipt_page(receipt: Receipt) -> ReceiptPage:
    """Return what the public page of `receipt` says; it comes with its gift and project. Two queries."""
    gift, now = receipt.gift, standing.look_up(receipt.gift)
    return ReceiptPage(
        number=receipt.number,
        issued_at=receipt.issued_at,
        project=pick(gift.project, "title"),
        project_href=addresses.project(gift.project.slug),
        amount=gift.amount,
        som=Money(gift.som_minor or 0, "KGS"),
        kept=now.kept,
        shown_name="" if hiding.now(gift) else names.shown(gift),
        state=_receipt_state(now),
    )


def _receipt_state(now: Standing) -> str:
    if now.kept == now.amount:
        return VALID
    if now.dispute == DisputeState.OPEN:
        return CLAIMED
    if now.dispute == DisputeState.LOST:
        return LOST
    return PARTLY if now.kept else WHOLLY


def _newest_href(gift: Gift) -> str:
    if gift.state not in {GiftState.STARTED, GiftState.ABANDONED}:
        return ""
    newest = turns.newest(gift)
    return reverse("gift", args=[newest.pk]) if newest != gift else ""


def _matched(gift: Gift) -> Money:
    return Money(Match.objects.filter(gift=gift).aggregate(total=Sum("amount_minor"))["total"] or 0, "KGS")


def _steps(gift: Gift) -> list[Line]:
    """Return the journals that the gift has followed, oldest first: never more than its state tells."""
    if gift.state in {GiftState.STARTED, GiftState.ABANDONED}:
        return []
    journals = books.journals_of(gift.project.fund).filter(
        Q(movement__payment=gift.payment_id, movement__match_step__isnull=False) | Q(match_step__gift=gift)
    )
    return lines_of(list(journals), gift.project.fund)[::-1]


def _receipt_href(receipt: Receipt | None) -> str:
    return reverse("receipt", args=[receipts.sign(receipt)]) if receipt else ""


def _row(gift: Gift) -> GiftRow:
    receipt = getattr(gift, "receipt", None)
    return GiftRow(
        href=reverse("gift", args=[gift.pk]),
        at=gift.started_at,
        project=pick(gift.project, "title"),
        amount=gift.amount,
        som=gift.som,
        state_label=standing.for_the_giver(standing.of(gift)),
        number=receipt.number if receipt else "",
        receipt_href=_receipt_href(receipt),
    )
