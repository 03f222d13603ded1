"""Pages are written to be published; no data of applicants is ever kept in them. Wagtail's log may name a person.

A page about a person stands there as long as they agree.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from ashar.accounts.models import User
from ashar.privacy import purposes
from ashar.privacy.classified import Basis, Personal, Sensitivity, impersonal, personal
from ashar.privacy.erasing import eraser

LOGGED = Personal(purposes.PROVE_ACTS, Basis.INTEREST, "account", Sensitivity.CONFIDENTIAL)

personal("wagtailcore.ModelLogEntry", {"label": LOGGED, "data": LOGGED})

SHOWN = Personal(_("to show whom the news speaks of"), Basis.CONSENT, "public", Sensitivity.PUBLIC)

personal("cms.PersonPage", {"role": SHOWN})

impersonal("cms.HomePage", "lead")
impersonal("cms.ProjectIndexPage", "lead")
impersonal("cms.AssociationIndexPage", "lead")
impersonal("cms.ProjectPage", "note")
impersonal("cms.NewsIndexPage", "lead")
impersonal("cms.ArticlePage", "lead")
impersonal("cms.PersonIndexPage", "lead")
impersonal("cms.Topic", "title_ky", "title_ru", "title_en")


@eraser("cms")
def forget(person: User) -> dict[str, Any]:
    """Take the address from what Wagtail logged about the account: a line is labelled by the text of its row.

    Our room of people writes no such line; those of an older day may stand there.
    """
    kind = ContentType.objects.get_for_model(User)
    about = ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk))
    return {"log_lines": about.update(label=f"erased-{person.pk}", data={})}
