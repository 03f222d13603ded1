"""The states of a call and its lawful moves as a literal table."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ashar.workflow import Table


class CallState(TextChoices):
    """What staff reads; `CALL_PUBLIC` is what everybody else reads."""

    DRAFT = "draft", pgettext_lazy("call", "Draft")
    PUBLISHED = "published", pgettext_lazy("call", "Announced")
    OPEN = "open", pgettext_lazy("call", "Open for applications")
    CLOSED = "closed", pgettext_lazy("call", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("call", "Cancelled")


# Those in which a call has a deadline that counts; a draft has none yet, and a cancelled call none any more.
BY_CLOCK = (CallState.PUBLISHED, CallState.OPEN, CallState.CLOSED)
# The colour of the tag that says where a call stands.
TAGS = {CallState.PUBLISHED: "info", CallState.OPEN: "good", CallState.CANCELLED: "bad"}
CALL_PUBLIC: dict[str, str | Promise] = {
    CallState.DRAFT: _("Being prepared"),
    CallState.PUBLISHED: _("Opens soon"),
    CallState.OPEN: _("Takes applications"),
    CallState.CLOSED: _("Applications are over"),
    CallState.CANCELLED: _("The call was cancelled"),
}

# `reopen` follows a deadline that was moved after it had passed.
CALL = Table(
    entity="call",
    states=CallState,
    public=CALL_PUBLIC,
    transitions={
        "publish": (("draft",), "published"),
        "open": (("published",), "open"),
        "close": (("open",), "closed"),
        "reopen": (("closed",), "open"),
        "cancel": (("draft", "published", "open"), "cancelled"),
    },
)
