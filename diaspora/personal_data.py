"""What the part holds on people: classified, exported, forgotten."""

from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ashar.accounts import addresses
from ashar.accounts.models import User
from ashar.payments import forgetting
from ashar.privacy.classified import Basis, Personal, Sensitivity, impersonal, personal
from ashar.privacy.erasing import eraser
from ashar.privacy.exporting import collector
from ashar.privacy.retention import keeper
from diaspora import attendance
from diaspora.models import Attendance, Gift, Leadership, Meeting, WordsHiding
from diaspora.states import ShownAs

RECEIPT = Personal(_("to send the receipt of your gift"), Basis.LAW, "accounting", Sensitivity.CONFIDENTIAL)
SHOWN = Personal(_("to name you beside your gift as you chose"), Basis.CONSENT, "accounting", Sensitivity.PLAIN)
HIDDEN = Personal(_("to explain why your words are not shown"), Basis.INTEREST, "accounting", Sensitivity.CONFIDENTIAL)
COMING = Personal(
    _("to keep a place for you, to remind you and to tell you what changes"),
    Basis.CONSENT,
    "meeting",
    Sensitivity.DANGEROUS,
)
ERASED = "erased-"  # how the address of a gift begins whose giver is forgotten
NO_REASON_ANY_MORE = "erased"  # a hiding has a reason, and what it said of the giver is gone

personal(
    "diaspora.Gift",
    {
        "email": RECEIPT.of(_("the e-mail address of your gift")),
        "name": SHOWN.of(_("the name beside your gift")),
        "message": SHOWN.of(_("your words to the village")),
    },
)
personal("diaspora.WordsHiding", {"reason": HIDDEN.of(_("why your words to the village were hidden"))})
personal(
    "diaspora.Attendance",
    {
        "person": COMING.of(_("to which meeting you come")),
        "party": COMING.of(_("with how many people you come")),
        "said_at": COMING.of(_("when you said that you come")),
    },
)
impersonal("diaspora.Gift", "rate_facts")
impersonal("diaspora.Meeting", "online", "where")
impersonal("diaspora.Receipt", "number")
impersonal("diaspora.Verification", "note")
impersonal("diaspora.CardTerms", "source")
impersonal("diaspora.BudgetLine", "title_ky", "title_ru", "title_en", "unit_ky", "unit_ru", "unit_en")
impersonal("diaspora.MatchPool", "title_ky", "title_ru", "title_en")
impersonal("diaspora.Association", "name_ky", "name_ru", "name_en", "about_ky", "about_ru", "about_en", "picture")
impersonal(
    "diaspora.Project",
    "title_ky",
    "title_ru",
    "title_en",
    "summary_ky",
    "summary_ru",
    "summary_en",
    "story_ky",
    "story_ru",
    "story_en",
    "cover",
)


@collector("gifts")
def collect(person: User) -> dict[str, Any]:
    """Return the person's gifts, those given as a guest under a verified address included, and what they lead."""
    leaderships = Leadership.objects.filter(person=person).select_related("association").order_by("pk")
    return {
        "gifts": [
            _told(gift) for gift in _gifts_of(person).select_related("project", "receipt").prefetch_related("hidings")
        ],
        "leads": [{"association": row.association.slug, "since": row.since.isoformat()} for row in leaderships],
    }


@eraser("gifts")
def forget(person: User) -> dict[str, Any]:
    """Take name, words, why they were hidden, and address from the person's gifts; sums, receipts and the books stay, as the law asks."""
    gifts = list(_gifts_of(person))
    for gift in gifts:
        gift.donor = None
    payments = _blunt(gifts)
    leaderships, _kinds = Leadership.objects.filter(person=person).delete()
    return {"gifts": len(gifts), "payments": payments, "leaderships": leaderships}


@collector("meetings")
def collect_meetings(person: User) -> dict[str, Any]:
    """Return to which meetings the person comes."""
    words = Attendance.objects.filter(person=person).select_related("meeting").order_by("meeting__starts_at", "pk")
    return {"comes_to": [_coming(word) for word in words]}


@eraser("meetings")
def forget_meetings(person: User) -> dict[str, Any]:
    """Take back that the person comes anywhere; their places are free."""
    return {"attendances": attendance.drop(Attendance.objects.filter(person=person))}


@keeper("meeting", "diaspora.Attendance")
def forget_attendances(*, before: datetime, most: int) -> int:
    """Delete at most `most` words about meetings that ended before `before`, and the meetings nobody came to; return how many words."""
    past = Attendance.objects.filter(meeting__ends_at__lt=before).order_by("pk").values_list("pk", flat=True)[:most]
    count = attendance.drop(Attendance.objects.filter(pk__in=list(past)))
    Meeting.objects.filter(ends_at__lt=before, attendances=None).delete()
    return count


@keeper("accounting", "diaspora.Gift")
def forget_givers(*, before: datetime, most: int) -> int:
    """Take name, words, why they were hidden, and address from at most `most` gifts begun before `before`; return how many.

    Sums, receipts and books stay, and so does the link to a giver's account for as long as the account lives.
    """
    past = Gift.objects.filter(started_at__lt=before).exclude(name="", message="", email__startswith=ERASED)
    gifts = list(past.order_by("started_at")[:most])
    _blunt(gifts)
    return len(gifts)


@keeper("accounting", "diaspora.WordsHiding")
def forget_reasons(*, before: datetime, most: int) -> int:
    """Take from at most `most` hidings of gifts begun before `before` what they say of the giver; return how many."""
    told = WordsHiding.objects.exclude(reason=NO_REASON_ANY_MORE).filter(gift__started_at__lt=before)
    past = told.order_by("pk").values_list("pk", flat=True)[:most]
    return WordsHiding.objects.filter(pk__in=list(past)).update(reason=NO_REASON_ANY_MORE)


def _gifts_of(person: User) -> QuerySet[Gift]:
    mine = Q(donor=person) | (Q(donor__isnull=True) & addresses.matching(person, "email"))
    return Gift.objects.filter(mine).order_by("started_at", "pk")


def _blunt(gifts: list[Gift]) -> int:
    """Take the giver from `gifts` and their payments, whatever address each was paid under; return how many had one."""
    for gift in gifts:
        gift.name, gift.message, gift.shown_as = "", "", ShownAs.ANONYMOUS
        gift.email = f"{ERASED}{gift.pk}@invalid"
    Gift.objects.bulk_update(gifts, ["name", "message", "shown_as", "donor", "email"], batch_size=500)
    WordsHiding.objects.filter(gift__in=gifts).update(reason=NO_REASON_ANY_MORE)
    return forgetting.blunt(gift.payment_id for gift in gifts)


def _coming(word: Attendance) -> dict[str, Any]:
    return {
        "meeting": word.meeting.slug,
        "starts_at": word.meeting.starts_at.isoformat(),
        "people": word.party,
        "said_at": word.said_at.isoformat(),
    }


def _told(gift: Gift) -> dict[str, Any]:
    receipt = getattr(gift, "receipt", None)
    return {
        "id": str(gift.pk),
        "project": gift.project.slug,
        "amount_minor": gift.amount_minor,
        "currency": gift.currency,
        "som_minor": gift.som_minor,
        "state": gift.state,
        "name": gift.name,
        "shown_as": gift.shown_as,
        "message": gift.message,
        "words_hidden": [_hidden(hiding) for hiding in sorted(gift.hidings.all(), key=attrgetter("hidden_at", "pk"))],
        "email": gift.email,
        "started_at": gift.started_at.isoformat(),
        "receipt": receipt.number if receipt else "",
    }


def _hidden(hiding: WordsHiding) -> dict[str, Any]:
    return {
        "reason": hiding.reason,
        "hidden_at": hiding.hidden_at.isoformat(),
        "shown_at": hiding.shown_at.isoformat() if hiding.shown_at else "",
    }
