"""What the rules of a call do not allow, each with its code and its sentence."""

from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused


class AddressTaken(Refused):
    """Another call lives at this address."""

    code = "call_address_taken"
    message = _("Another call has the address “%(slug)s” already.")


class MoneyIsNotSom(Refused):
    """Calls are kept in som, above zero."""

    code = "call_money_is_not_som"
    message = _("Money of a call is a positive sum in som.")


class ClosesBeforeItOpens(Refused):
    """The deadline comes after the opening."""

    code = "call_closes_before_it_opens"
    message = _("The deadline must be later than the opening.")


class DeadlineIsPast(Refused):
    """Nobody could apply any more."""

    code = "call_deadline_is_past"
    message = _("The deadline has passed.")


class DeadlineIsNotLater(Refused):
    """People plan by a deadline: it may move away from them, never towards them."""

    code = "call_deadline_is_not_later"
    message = _("A deadline that was announced may only be moved to a later moment.")


class TitleIsMissing(Refused):
    """What has no name cannot be found again."""

    code = "call_title_is_missing"
    message = _("Write a title in at least one language.")


class WordsAreMissing(Refused):
    """Whoever reads one of our languages must have the same chance."""

    code = "call_words_are_missing"
    message = _("A call is announced in three languages at once. Missing: %(missing)s.")


class SharesAreNotPositive(Refused):
    """So many som of grant for so many of one's own, and neither is nothing."""

    code = "call_shares_are_not_positive"
    message = _("Both shares must be whole numbers above zero.")


class BudgetIsTooSmall(Refused):
    """Nobody is invited to ask for money that is not there."""

    code = "call_budget_is_too_small"
    message = _("The budget must hold at least one grant of the largest size. In the budget now: %(budget)s.")


class MomentIsUnlikely(Refused):
    """A slip in the year would be announced to everybody, and could never be taken back."""

    code = "call_moment_is_unlikely"
    message = _("Check the year: the opening and the deadline must lie within three years of today.")


class ChangedMeanwhile(Refused):
    """Somebody else changed the draft after this form of it was opened."""

    code = "call_changed_meanwhile"
    message = _(
        "Somebody else changed this draft meanwhile. Nothing was saved: open it anew beside this form and compare."
    )


class BookedAlready(Refused):
    """The bank names no two transfers alike."""

    code = "call_money_booked_already"
    message = _("A transfer with this reference was booked already, with another sum: %(amount)s.")


class ReasonIsTooLong(Refused):
    """A reason is a sentence."""

    code = "call_reason_is_too_long"
    message = _("Say it in at most %(most)s characters.")


class CallIsPublished(Refused):
    """What was announced stays as it was announced."""

    code = "call_is_published"
    message = _("The call was announced; only its deadline may still move.")


class CallIsCancelled(Refused):
    """A cancelled call takes no money."""

    code = "call_is_cancelled"
    message = _("The call was cancelled.")


class ReasonIsMissing(Refused):
    """Whoever cancels a call says why."""

    code = "call_reason_is_missing"
    message = _("Say why the call is cancelled.")
