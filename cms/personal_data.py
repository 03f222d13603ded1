"""Pages are written to be published; no data of applicants is ever kept in them.

A page about a person stands there as long as they agree. Wagtail keeps two things on the staff: its log may name a person,
and its own account page takes a picture of one.
"""

from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from ashar.accounts.models import User
from ashar.privacy import purposes
from ashar.privacy.classified import Basis, Personal, Sensitivity, impersonal, personal
from ashar.privacy.erasing import eraser
from ashar.privacy.exporting import collector

LOGGED = Personal(purposes.PROVE_ACTS, Basis.INTEREST, "account", Sensitivity.CONFIDENTIAL)
SHOWING = Personal(purposes.SHOW_COLLEAGUES, Basis.CONSENT, "account", Sensitivity.PLAIN)

personal("wagtailcore.ModelLogEntry", dict.fromkeys(("label", "data"), LOGGED.of(_("what you changed on pages"))))
personal("wagtailusers.UserProfile", {"avatar": SHOWING.of(purposes.PICTURE)})

SHOWN = Personal(_("to show whom the news speaks of"), Basis.CONSENT, "public", Sensitivity.PUBLIC)
ANSWERING = Personal(_("to show who answers for what a page says"), Basis.CONSENT, "public", Sensitivity.PUBLIC)

personal(
    "cms.PersonPage",
    {"role": SHOWN.of(_("what a page says of you")), "alt_text": SHOWN.of(_("what a picture of you shows"))},
)
personal("cms.GuidePage", {"checked_by": ANSWERING.of(_("who checked what a page says"))})

personal(
    "cms.Contact",
    {
        "name": ANSWERING.of(_("your name, where you are the one to turn to")),
        "phone": ANSWERING.of(_("the phone under which you answer")),
        "email": ANSWERING.of(_("the address under which you answer")),
    },
)

impersonal("cms.Contact", "purpose", "hours", "address", "map_link")
impersonal("cms.Partner", "name", "work", "link")
impersonal("cms.Figure", "measure", "value", "up_to", "unit", "definition", "source", "source_link")
impersonal("cms.HomePage", "lead")
impersonal("cms.ProjectIndexPage", "lead")
impersonal("cms.AssociationIndexPage", "lead")
impersonal("cms.CallIndexPage", "lead")
impersonal("cms.CallPage", "body")
impersonal("cms.ProjectPage", "note")
impersonal("cms.NewsIndexPage", "lead")
impersonal("cms.ArticlePage", "lead")
impersonal("cms.PersonIndexPage", "lead")
impersonal("cms.GuideIndexPage", "lead")
impersonal("cms.GuidePage", "lead")
impersonal("cms.PracticeIndexPage", "lead")
impersonal("cms.PracticePage", "lead", "matching", "lesson")
impersonal("cms.EventIndexPage", "lead")
impersonal("cms.EventPage", "lead", "place", "online")
impersonal("cms.FaqPage", "lead")
impersonal("cms.StatisticsPage", "lead")
impersonal("cms.BrokenLink", "kind", "target", "words", "reason")
impersonal("cms.AskedAddress", "address", "reason")
impersonal("cms.ContactPage", "lead")
impersonal("cms.LandingPage", "lead", "alt_text")
impersonal("cms.Topic", "title_ky", "title_ru", "title_en")


@collector("cms")
def collect(person: User) -> dict[str, Any]:
    """Return the name of the picture that colleagues see."""
    return {"picture": UserProfile.objects.filter(user=person).values_list("avatar", flat=True).first() or ""}


@eraser("cms")
def forget(person: User) -> dict[str, Any]:
    """Take the address from what Wagtail logged about the account, and delete its picture once that is certain.

    A line of the log is labelled by the text of its row. Our room of people writes no such line; those of an older day
    may stand there.
    """
    kind = ContentType.objects.get_for_model(User)
    about = ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk))
    return {"log_lines": about.update(label=f"erased-{person.pk}", data={}), "pictures": _forget_pictures(person)}


def _forget_pictures(person: User) -> int:
    profiles = UserProfile.objects.filter(user=person).exclude(avatar="")
    for profile in profiles:
        transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name), robust=True)
    return profiles.update(avatar="")
