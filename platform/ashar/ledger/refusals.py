"""What the ledger refuses, each with a stable code and a sentence."""

from django.utils.translation import gettext_lazy as _

from ashar.errors import Refused


class KeyReused(Refused):
    """A journal with this key exists and says something else."""

    code = "key_reused"
    message = _("The books already hold another entry under the key %(key)s.")


class Unbalanced(Refused):
    """The legs of one currency do not sum to zero, or there are none."""

    code = "unbalanced"
    message = _("The entry does not balance in %(currency)s.")


class OutOfRange(Refused):
    """A leg is larger than the books can sum exactly."""

    code = "out_of_range"
    message = _("This amount is too large for the books.")


class FundOverdrawn(Refused):
    """A restricted fund would go below zero."""

    code = "fund_overdrawn"
    message = _("There is not enough money in the fund. Fund: %(fund)s. Available: %(available)s.")


class AlreadyReversed(Refused):
    """A journal is taken back at most once."""

    code = "already_reversed"
    message = _("The entry %(key)s has already been reversed.")


class ReversalOfReversal(Refused):
    """A reversal is final; what it took back is posted anew under a new key."""

    code = "reversal_of_reversal"
    message = _("The entry %(key)s is itself a reversal and cannot be reversed.")


class AlreadyClosed(Refused):
    """Closings only go forward."""

    code = "already_closed"
    message = _("The books are already closed. Last closed day: %(through)s.")


class DayIsNotOver(Refused):
    """Money still comes in on that day."""

    code = "day_is_not_over"
    message = _("This day is not over yet. Last day that can be closed: %(latest)s.")


class DayIsTooLongAgo(Refused):
    """A slip of the pen: no book of ours goes back so far, and a closing cannot be undone."""

    code = "day_is_too_long_ago"
    message = _("The books do not go back that far. Earliest day that can be closed: %(earliest)s.")


class FundDiffers(Refused):
    """A fund with this key exists with another kind."""

    code = "fund_differs"
    message = _("A fund %(key)s of another kind already exists.")
