"""Verbs on a gift: it is started before the giver sees a card field, and follows its payment wherever that goes."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ashar import clock, crash, legible
from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.language import pick
from ashar.money import Money, currencies, printed
from ashar.outbox import sending
from ashar.payments import checkout
from ashar.payments.models import Movement, MovementKind, Payment
from ashar.payments.states import PaymentState
from ashar.privacy import card_numbers
from ashar.workflow import moving
from diaspora import matching, receipts, states
from diaspora.models import Gift, Project
from diaspora.states import GiftState, ProjectState


class ProjectIsNotOpen(Refused):
    """The collection is over, or has not begun."""

    code = "project_is_not_open"
    message = _("This project takes no gifts now. No gift was started and nothing was taken from you.")


class CurrencyNotTaken(Refused):
    """The card rail does not take this currency."""

    code = "currency_not_taken"
    message = _("Gifts by card cannot be made in %(currency)s.")


class AmountTooSmall(Refused):
    """Below it the fee eats more than a tenth."""

    code = "amount_too_small"
    message = _("The smallest gift by card is %(least)s: of less, too much would go to the card fee.")


class AmountTooLarge(Refused):
    """The card rail takes no more at once."""

    code = "amount_too_large"
    message = _("The largest gift by card is %(most)s. For more, please write to us.")


class CardNumberWritten(Refused):
    """Words that everyone may read hold what looks like a card number."""

    code = "card_number_written"
    message = _(
        "This looks like a card number, and everyone may read what stands here. Please take it out: the card is asked for "
        "on the page of the card service only."
    )


class MarksPiledUp(Refused):
    """More marks than any writing needs stand on one letter: they would paint over the words of others."""

    code = "marks_piled_up"
    message = _("There are too many marks on one letter. Please write the text without them.")


class LettersTurned(Refused):
    """Controls turn the letters round, so that something else is read than is kept."""

    code = "letters_turned"
    message = _("The text contains a character that cannot be kept. Please write it again.")


class TokenUsed(Refused):
    """The form was already sent with other answers; it is another gift and needs another token."""

    code = "token_used"
    message = _("This form was sent already with other answers.")


@dataclass(frozen=True, slots=True)
class _Answers:
    """What makes two sendings of a form the same sending."""

    project_id: int
    amount_minor: int
    currency: str
    name: str
    shown_as: str
    message: str
    email: str


def start(  # noqa: PLR0913 - the form has five questions, and the rest says who, where and when
    project: Project,
    *,
    amount: Money,
    email: str,
    name: str,
    shown_as: str,
    message: str,
    language: str,
    by: User | None,
    token: UUID,
    at: datetime,
) -> Gift:
    """Start a gift with its payment; the card is asked afterwards by `ashar.payments.checkout.send_to_provider`.

    Idempotent by `token`: the same answers, in whatever language, give the same gift, others raise `TokenUsed`. Raises `ProjectIsNotOpen`,
    `CurrencyNotTaken`, `AmountTooSmall`, `AmountTooLarge`, and what `check_words` raises. Nothing is posted.
    """
    answers = _Answers(project.pk, amount.minor, amount.currency, name, shown_as, message, email)
    with transaction.atomic(durable=True):
        project = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        same = Gift.objects.filter(token=token).first()
        if same is not None:
            return _the_same(same, answers)
        _check_open(project, at)
        check_amount(amount)
        check_words(name)
        check_words(message)
        gift = Gift(token=token, donor=by, language=language, started_at=at, **asdict(answers))
        gift.payment = _new_payment(gift, project, at)
        gift.save(force_insert=True)
        recording.record("gift.start", gift, by=by, at=at, facts={"amount_minor": amount.minor, "in": amount.currency})
    return gift


def follow(payment_id: UUID | str, *, at: datetime) -> Gift | None:
    """Take into the gift what has happened to its payment since: freeze its som value, match, issue the receipt, tell.

    Idempotent: each movement is taken once, in its order, with exactly one match step. A payment that is no gift gives
    nothing. Announces `gift.moved` when anything moved.
    """
    with transaction.atomic(durable=True):
        gift = (
            Gift.objects.select_for_update(of=("self",), no_key=True)
            .select_related("project__fund")
            .filter(payment_id=payment_id)
            .first()
        )
        if gift is None:
            return None
        crash.point("diaspora.before_match")
        moved = _untaken(gift)
        for movement in moved:
            _take_in(gift, movement, at)
        crash.point("diaspora.after_receipt")
        if moved:
            sending.send("gift.moved", {"gift": str(gift.pk), "project": gift.project_id}, at=at)
            facts = {"movements": [movement.pk for movement in moved]}
            recording.record("gift.follow", gift, by=None, at=at, facts=facts)
        elif gift.state == GiftState.STARTED and _is_expired(gift):
            moving.move(gift, "abandon", table=states.GIFT, by=None, at=at)
    crash.point("diaspora.after_following")
    return gift


def check_amount(amount: Money) -> None:
    """Raise unless a gift of `amount` can be made by card. No query."""
    terms = currencies.get(amount.currency)
    if not terms.chargeable:
        raise CurrencyNotTaken(currency=amount.currency)
    least, most = (Money(minor, amount.currency) for minor in (terms.minimum_charge_minor, terms.maximum_charge_minor))
    if amount < least:
        raise AmountTooSmall(least=printed.show(least))
    if amount > most:
        raise AmountTooLarge(most=printed.show(most))


def check_words(words: str) -> None:
    """Raise unless `words`, a name or a message, may be kept and shown to everyone."""
    if card_numbers.is_in(words):
        raise CardNumberWritten
    if legible.is_piled(words):
        raise MarksPiledUp
    if legible.is_turned(words):
        raise LettersTurned


def takes_gifts(project: Project, *, at: datetime) -> bool:
    """Tell whether a gift may be started now: the project is open and its last day, in Bishkek, has not passed."""
    return project.state == ProjectState.OPEN and clock.day(at) <= project.closes_on


def _check_open(project: Project, at: datetime) -> None:
    if not takes_gifts(project, at=at):
        raise ProjectIsNotOpen


def _the_same(gift: Gift, answers: _Answers) -> Gift:
    if any(getattr(gift, field) != value for field, value in asdict(answers).items()):
        raise TokenUsed
    return gift


def _is_expired(gift: Gift) -> bool:
    return Payment.objects.filter(pk=gift.payment_id, state=PaymentState.EXPIRED).exists()


def _untaken(gift: Gift) -> list[Movement]:
    """Return the movements that have no match step yet, in their order."""
    movements = Movement.objects.filter(payment_id=gift.payment_id, match_step__isnull=True)
    return list(movements.order_by("sequence"))


def _take_in(gift: Gift, movement: Movement, at: datetime) -> None:
    course = _course(gift, movement)
    if movement.kind == MovementKind.CHARGE:
        _receive(gift, movement, course, at)
    else:
        _change(gift, movement, course, at)


def _receive(gift: Gift, charge: Movement, course: matching.Course, at: datetime) -> None:
    gift.som_minor, gift.fee_som_minor, gift.received_at = charge.som_minor, charge.fee_som_minor, charge.at
    gift.rate_facts = _rate_facts(charge)
    gift.save(update_fields=["som_minor", "fee_som_minor", "received_at", "rate_facts"])
    moving.move(gift, "receive", table=states.GIFT, by=None, at=at)
    step = matching.step(gift, charge, course=course, at=at)
    crash.point("diaspora.after_match")
    receipt = receipts.issue(gift, at=at)
    crash.point("diaspora.before_receipt_is_told")
    receipts.tell_received(gift, receipt, step=step, at=at)


def _change(gift: Gift, movement: Movement, course: matching.Course, at: datetime) -> None:
    step = matching.step(gift, movement, course=course, at=at)
    crash.point("diaspora.after_match")
    is_whole = course.kept.minor <= 0
    if is_whole and gift.state == GiftState.RECEIVED:
        moving.move(gift, "give_back", table=states.GIFT, by=None, at=at)
    elif not is_whole and gift.state == GiftState.RETURNED:
        moving.move(gift, "restore", table=states.GIFT, by=None, at=at)
    if movement.kind == MovementKind.REFUND:
        receipts.tell_returned(gift, gift.receipt, movement=movement, step=step, is_whole=is_whole, at=at)


def _course(gift: Gift, movement: Movement) -> matching.Course:
    so_far = list(
        Movement.objects.filter(payment_id=gift.payment_id, sequence__lte=movement.sequence).order_by("sequence")
    )
    kept = sum(past.gross_minor for past in so_far)
    return matching.Course(charge=so_far[0], kept=Money(kept, gift.currency))


def _rate_facts(charge: Movement) -> dict[str, object]:
    if charge.rate is None:
        return {}
    return {
        "value_e4": charge.rate_value_e4,
        "nominal": charge.rate_nominal,
        "on": charge.rate.on.isoformat(),
        "source": charge.rate.source,
    }


def _new_payment(gift: Gift, project: Project, at: datetime) -> Payment:
    with translation.override(gift.language):
        here = reverse("gift", args=[gift.pk])
    return checkout.create(
        project.fund,
        amount=gift.amount,
        email=gift.email,
        language=gift.language,
        subject=pick(project, "title", gift.language),
        paths=(f"{here}?from=checkout", f"{here}?from=cancel"),
        at=at,
    )
