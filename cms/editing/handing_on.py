"""A page is handed on to its translators once it is published or planned to be, and each translator gets a letter.

Before that its text still changes on the way; and a translation that went out first would pass for what it was made of.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.operations import TranslationCreator
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.notices import telling
from ashar.outbox import sending
from ashar.web.heads import absolute

TOPIC = "translation.handed_on"


class HandOnPage(SubmitPageTranslationView):
    """The form of the translators' tool. Whoever may not hand on is answered by it."""

    def dispatch(self, request: HttpRequest, *args: Any, **told: Any) -> HttpResponse:
        """Refuse to hand on what nobody has approved yet, in a sentence."""
        page = get_object_or_404(Page, pk=told["page_id"])
        if not is_settled(page) and request.user.has_perm("wagtail_localize.submit_translation"):
            messages.error(request, refusal(page))
            return redirect("wagtailadmin_pages:edit", page.pk)
        answer: HttpResponse = super().dispatch(request, *args, **told)
        return answer

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Hand on, and let the translators hear of it."""
        answer: HttpResponse = super().form_valid(form)
        codes = [locale.language_code for locale in form.cleaned_data["locales"]]
        payload = {"page": self.object.pk, "languages": codes, "by": str(self.request.user.pk)}
        sending.send(TOPIC, payload, at=timezone.now())
        return answer


def is_settled(page: Page) -> bool:
    """Whether `page` is out, or goes out by itself."""
    return page.live or page.scheduled_revision is not None


def refusal(page: Page) -> str:
    """Return why a page that is still on its way is not handed on."""
    words = _(
        "“%(page)s” is neither published nor scheduled yet. Hand it on afterwards: on its way to approval its text still changes."
    )
    return words % {"page": page.get_admin_display_title()}


def pass_over_drafts() -> None:
    """Keep what is still on its way from being handed on with what is above it, or with what speaks of it."""
    of_tool = TranslationCreator.create_translations
    TranslationCreator.create_translations = _passing_over_drafts(of_tool)


def _passing_over_drafts(of_tool: Callable[..., None]) -> Callable[..., None]:
    @wraps(of_tool)
    def create_translations(creator: TranslationCreator, instance: Any, *args: Any, **told: Any) -> None:  # noqa: ANN401 - a page or a snippet
        if not isinstance(instance, Page) or is_settled(instance):
            of_tool(creator, instance, *args, **told)

    return create_translations


def tell(page: Page, codes: list[str], *, by: str, about: UUID, at: datetime) -> None:
    """Write one letter to each translator of the languages `codes`, in the translator's language. Idempotent by `about`.

    Translators are the editors of that language alone, or, where there is none, those of all languages; never whoever handed it on.
    """
    drafts = {each.locale.language_code: each for each in page.get_translations().select_related("locale")}
    waiting: dict[User, list[Page]] = {}
    for code in codes:
        for person in translators(code, but=by) if code in drafts else ():
            waiting.setdefault(person, []).append(drafts[code])
    with transaction.atomic(durable=True):
        for person, pages in waiting.items():
            facts = {"title": page.title, "drafts": list(_drafts(pages))}
            telling.tell("translation_waits", key=f"{TOPIC}:{about}:{person.pk}", person=person, at=at, facts=facts)


def translators(code: str, *, but: str | None) -> QuerySet[User]:
    """Return who translates into the language `code`, without the person `but`."""
    people = User.objects.filter(is_active=True).exclude(pk=but).order_by("pk")
    own = people.filter(groups__name=roles.EDITORS[code])
    return own if own.exists() else people.filter(groups__name=roles.EDITOR)


def _drafts(pages: list[Page]) -> Iterator[dict[str, str]]:
    for page in pages:
        yield {"language": str(page.locale), "href": absolute(reverse("wagtailadmin_pages:edit", args=[page.pk]))}
