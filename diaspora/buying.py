"""What a sum buys, told from the project's own budget."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ashar.language import pick
from ashar.money import Money
from ashar.web import counting
from diaspora.models import BudgetLine

DECIMAL_HELPS_BELOW = 100  # tenths of a per cent


def told(som: Money, lines: Sequence[BudgetLine]) -> str:
    """Return what `som` buys: pieces of the dearest piece it reaches, else its share of the dearest line it does not fill.

    Empty without a budget, or when nothing true and tangible can be said.
    """
    affordable = [line for line in lines if line.unit_minor and line.unit_minor <= som.minor]
    if affordable:
        line = max(affordable, key=lambda one: one.unit_minor or 0)
        pieces = som.minor // (line.unit_minor or 1)
        return f"{pieces} × {pick(line, 'unit') or pick(line, 'title')}"
    larger = [line for line in lines if line.amount_minor >= som.minor]
    if not larger:
        return ""
    line = min(larger, key=lambda one: one.amount_minor)
    share = som.minor * 1000 // line.amount_minor
    if not share:
        return ""
    return _("%(share)s of the line “%(title)s”") % {"share": _percent(share), "title": pick(line, "title")}


def _percent(tenths: int) -> str:
    """Write tenths of a per cent as the active language does: 37 → "3.7%", 250 → "25%"; whole ones from ten upward."""
    shown = tenths if tenths < DECIMAL_HELPS_BELOW else tenths // 10 * 10
    return counting.per_cent(shown // 10, tenths=shown % 10)
