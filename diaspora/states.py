"""The states of a project and of a gift, and their lawful moves as literal tables."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ashar.workflow import Table


class ProjectState(TextChoices):
    """What staff reads; `PROJECT_PUBLIC` is what everybody else reads."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open for gifts")
    FUNDED = "funded", _("Goal reached")
    CLOSED = "closed", _("Closed")


class GiftState(TextChoices):
    """What staff reads; `GIFT_PUBLIC` is what the giver reads."""

    STARTED = "started", _("Started")
    RECEIVED = "received", _("Received")
    RETURNED = "returned", _("Returned in full")
    ABANDONED = "abandoned", _("Not paid")


class ShownAs(TextChoices):
    """How a giver's name stands on public pages, chosen per gift: what staff reads; `SHOWN_AS_ASKED` is what the giver reads."""

    ANONYMOUS = "anonymous", _("without the name")
    INITIALS = "initials", _("by initials")
    NAMED = "named", _("by name")


SHOWN_AS_ASKED: dict[str, str | Promise] = {
    ShownAs.ANONYMOUS: _("Without my name"),
    ShownAs.INITIALS: _("Only my initials"),
    ShownAs.NAMED: _("My name"),
}

PROJECT_PUBLIC: dict[str, str | Promise] = {
    ProjectState.DRAFT: _("Being prepared"),
    ProjectState.OPEN: _("Collecting gifts"),
    ProjectState.FUNDED: _("Goal reached"),
    ProjectState.CLOSED: _("Collection over"),
}

GIFT_PUBLIC: dict[str, str | Promise] = {
    GiftState.STARTED: _("Waiting for the payment"),
    GiftState.RECEIVED: _("Arrived"),
    GiftState.RETURNED: _("Given back"),
    GiftState.ABANDONED: _("Not paid"),
}

# `reopen` follows a goal that was raised above what is there.
PROJECT = Table(
    entity="project",
    states=ProjectState,
    public=PROJECT_PUBLIC,
    transitions={
        "open": (("draft",), "open"),
        "fund": (("open",), "funded"),
        "reopen": (("funded",), "open"),
        "close": (("draft", "open", "funded"), "closed"),
    },
)

# A payment that was already under way when its session seemed lost may still settle: abandoned → received.
# A refund that failed, or a dispute that was won, brings a returned gift back.
GIFT = Table(
    entity="gift",
    states=GiftState,
    public=GIFT_PUBLIC,
    transitions={
        "receive": (("started", "abandoned"), "received"),
        "give_back": (("received",), "returned"),
        "restore": (("returned",), "received"),
        "abandon": (("started",), "abandoned"),
    },
)
