"""Taking a giver's words from the public pages, and putting them back. The gift and the books stay as they are.

Words are what a giver typed and others read: the name, as far as it is shown, and the message. They go together.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from ashar.accounts.models import User
from ashar.audit import recording
from ashar.errors import Refused
from ashar.outbox import sending
from diaspora import names, rules
from diaspora.models import Gift, WordsHiding
from diaspora.models.hidings import LONGEST_REASON


class NothingToHide(Refused):
    """The gift came without words, or they are hidden already."""

    code = "nothing_to_hide"
    message = _("This gift has no words that others can see.")


class NotHidden(Refused):
    """Nobody has hidden the words of the gift, or somebody has shown them again."""

    code = "not_hidden"
    message = _("The words of this gift are not hidden.")


class NoReason(Refused):
    """What was hidden without a reason, or with a very long one, could not be explained to its giver."""

    code = "no_reason"
    message = _("Write why the words are hidden, in at most 500 characters.")


def hide(gift: Gift, *, reason: str, by: User, at: datetime) -> WordsHiding:
    """Take the words of `gift` from every public page. Announces `gift.words_changed`.

    Raises `NotAllowed`, `NoReason`, `NothingToHide`.
    """
    reason = reason.strip()
    with transaction.atomic(durable=True):
        rules.require(rules.may_hide_words(by))
        _lock(gift)
        if not 0 < len(reason) <= LONGEST_REASON:
            raise NoReason
        if not has_words(gift) or now(gift):
            raise NothingToHide
        hiding = WordsHiding.objects.create(gift=gift, reason=reason, hidden_by=by, hidden_at=at)
        recording.record("gift.hide_words", gift, by=by, at=at, facts={"hiding": hiding.pk})
        _announce(gift, at)
    return hiding


def show(gift: Gift, *, by: User, at: datetime) -> WordsHiding:
    """Show the words of `gift` again. Announces `gift.words_changed`. Raises `NotAllowed`, `NotHidden`."""
    with transaction.atomic(durable=True):
        rules.require(rules.may_hide_words(by))
        _lock(gift)
        hiding = now(gift)
        if hiding is None:
            raise NotHidden
        hiding.shown_by, hiding.shown_at = by, at
        hiding.save(update_fields=["shown_by", "shown_at"])
        recording.record("gift.show_words", gift, by=by, at=at, facts={"hiding": hiding.pk})
        _announce(gift, at)
    return hiding


def now(gift: Gift) -> WordsHiding | None:
    """Return what hides the words of `gift` now, if anything does. One query."""
    return gift.hidings.filter(shown_at__isnull=True).select_related("hidden_by").first()


def has_words(gift: Gift) -> bool:
    """Tell whether `gift` came with words for others to read."""
    return bool(gift.message or names.shown(gift))


def is_hidden(gift: str) -> Exists:
    """Return, for a query, whether the words of the gift that its path `gift` leads to are hidden now."""
    return Exists(WordsHiding.objects.filter(gift=OuterRef(gift), shown_at__isnull=True))


def _lock(gift: Gift) -> None:
    gift.refresh_from_db(from_queryset=Gift.objects.select_for_update(no_key=True))


def _announce(gift: Gift, at: datetime) -> None:
    sending.send("gift.words_changed", {"gift": str(gift.pk), "project": gift.project_id}, at=at)
