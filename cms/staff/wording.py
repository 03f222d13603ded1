"""What rows keep for the program, said for people: the facts of a journal, and why an event did not go through."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ashar.ledger.models import Journal
from ashar.money import Money
from ashar.payments import settlement
from ashar.payments.models import WebhookEvent
from cms.staff import naming
from cms.staff.rooms import Row, shown
from diaspora.models import MatchPool

LABELS = {
    "payment": _("Payment"),
    "gift": _("Number of the gift"),
    "reference": pgettext_lazy("ledger", "Reference"),
}
REASONS = {
    "type_not_followed": _("Events of this type change nothing here."),
    "foreign_account": _("It is about another account at the card service."),
    "unknown_object": _("It is about something that we do not know of."),
    settlement.Mismatch.code: settlement.Mismatch.message,
    "other_payment": _("The card service ties it to another payment than we do."),
    "other_mode": _("Test money where real money is expected, or the other way round."),
    "other_amount": _("The card service names another sum than we do."),
    "other_currency": _("The card service names another currency than we do."),
    "too_much_refunded": _("More was refunded than was paid."),
    "provider_unreachable": _("The card service does not answer; it is asked again."),
    "provider_refused": _("The card service refused to answer."),
    "stale_rate": _("There is no fresh exchange rate; it is tried again."),
    "no_rate": _("There is no exchange rate for this currency."),
    "worker_lost": _("The worker was interrupted too often."),
}


def reason(event: WebhookEvent) -> str:
    """Return why the event waits or was left out; what the program did not foresee goes by its own name."""
    return str(REASONS.get(event.reason, event.reason))


def facts(journal: Journal) -> Iterator[Row]:
    """Yield what `journal` says of itself, one line each; what a match took from a pool is a sum beside the pool's name."""
    told = dict(journal.facts)
    pools = told.pop("pools", {})
    yield from plainly(told)
    names = {pool.slug: naming.pool(pool) for pool in MatchPool.objects.filter(slug__in=pools)}
    for slug, minor in sorted(pools.items()):
        label = format_html("{} · {}", gettext("Match pool"), names.get(slug, slug))
        yield Row(label, shown(Money(minor, "KGS")))


def plainly(told: Mapping[str, Any], *, of: str = "") -> Iterator[Row]:
    """Yield one line for each fact however deep it lies, under the word for it where there is one."""
    for name, value in sorted(told.items()):
        label = f"{of}{LABELS.get(name, name)}"
        if isinstance(value, Mapping):
            yield from plainly(value, of=f"{label} · ")
        else:
            yield Row(label, str(value))
