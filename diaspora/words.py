"""What a journal is and did, in words; and who published a rate.

Names and sums stand apart from the words, so that no language has to bend them.
"""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from ashar.money import Money, printed
from ashar.payments.models import MovementKind


def of(kind: str, *, giver: str, given: Money | None, amount: Money, pools: Sequence[str] = ()) -> str:
    """Return the sentence for a journal of `kind`; an unknown kind is named as it is, with its sum."""
    sentence = SENTENCES.get(kind)
    facts = {
        "giver": giver or _("someone who gave without a name"),
        "given": printed.show(given) if given else "",
        "amount": printed.show(amount),
        "pools": ", ".join(pools),
        "kind": kind,
    }
    return (sentence() if sentence else _("Entry in the books (%(kind)s): %(amount)s")) % facts


def kind(code: str) -> str | Promise:
    """Return what kind of journal it is; an unknown kind is named as it is."""
    return KINDS.get(code, code)


def of_source(source: str) -> str:
    """Return who published a rate, in words; an unknown source is named as it is."""
    name = SOURCES.get(source)
    return name() if name else source


SOURCES = {
    "demo": lambda: _("demo rate"),
    "nbkr-daily": lambda: _("National Bank of the Kyrgyz Republic"),
    "nbkr-weekly": lambda: _("National Bank of the Kyrgyz Republic"),
}

KINDS: dict[str, str | Promise] = {
    **dict(MovementKind.choices),
    "match": pgettext_lazy("journal", "match"),
    "match_returned": pgettext_lazy("journal", "match taken back"),
    "pool_funded": pgettext_lazy("journal", "money into a pool"),
    "call_funded": pgettext_lazy("journal", "money into the budget of a call"),
    "paid_out": pgettext_lazy("journal", "money paid out"),
    "reversal": pgettext_lazy("journal", "correction by the opposite"),
}

SENTENCES = {
    "charge": lambda: _("Gift of %(given)s. Giver: %(giver)s"),
    "refund": lambda: _("Given back: %(given)s. Giver: %(giver)s"),
    "refund_failed": lambda: _("A refund did not reach the giver and came back: %(given)s. Giver: %(giver)s"),
    "dispute_withdrawn": lambda: _("The giver's bank took the money back for now: %(given)s. Giver: %(giver)s"),
    "dispute_reinstated": lambda: _("The giver's bank returned the money: %(given)s. Giver: %(giver)s"),
    "match": lambda: _("Matched: %(amount)s. Added by: %(pools)s. For the gift of: %(giver)s"),
    "match_returned": lambda: _("Match taken back: %(amount)s. Goes back to: %(pools)s. For the gift of: %(giver)s"),
    "pool_funded": lambda: _("Money paid into the pool: %(amount)s"),
    "call_funded": lambda: _("Money paid into the budget of a call: %(amount)s"),
    "paid_out": lambda: _("Paid out for the work: %(amount)s"),
    "reversal": lambda: _("An entry was corrected by its opposite: %(amount)s"),
}
