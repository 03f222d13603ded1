"""A page is handed on to its translators once it is published or planned to be, and each translator gets a letter.

Before that its text still changes on the way; and a translation that went out first would pass for what it was made of.
What is kept under “Snippets” goes with the pages that show it. What a language has already stays there as it is.
"""

from collections.abc import Callable, Sequence
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
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.components import TranslationComponentManager
from wagtail_localize.models import Translation
from wagtail_localize.operations import TranslationCreator
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitSnippetTranslationView

from ashar.accounts import roles
from ashar.accounts.models import User
from ashar.notices import telling
from ashar.outbox import sending
from ashar.web.heads import absolute

TOPIC = "translation.handed_on"


class Noted(TranslationComponentManager):
    """What the tool keeps beside translations, with the keys of those that it made."""

    def __init__(self, components: TranslationComponentManager) -> None:
        super().__init__(components.components)
        self.made: list[int] = []

    def save(self, *args: Any, sources_and_translations: dict[Any, list[Translation]], **told: Any) -> None:
        """Note what was made; the tool calls this at the end of its work."""
        self.made += [each.pk for made in sources_and_translations.values() for each in made]
        super().save(*args, sources_and_translations=sources_and_translations, **told)


class Telling:
    """Stands before a form of the translators' tool: the translators of all that it hands on hear of it."""

    object: Any
    request: HttpRequest
    components: TranslationComponentManager

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Hand on, with what is below and what belongs to it, and let the translators hear of it."""
        self.components = noted = Noted(self.components)
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        payload = {"title": str(self.object), "translations": noted.made, "by": str(self.request.user.pk)}
        sending.send(TOPIC, payload, at=timezone.now())
        return answer


class HandOnPage(Telling, SubmitPageTranslationView):
    """The form for a page. Whoever may not hand on is answered by the tool."""

    def dispatch(self, request: HttpRequest, *args: Any, **told: Any) -> HttpResponse:
        """Refuse to hand on what nobody has approved yet, in a sentence."""
        page = get_object_or_404(Page, pk=told["page_id"])
        if not is_settled(page) and request.user.has_perm("wagtail_localize.submit_translation"):
            messages.error(request, refusal(page))
            return redirect("wagtailadmin_pages:edit", page.pk)
        answer: HttpResponse = super().dispatch(request, *args, **told)
        return answer


class HandOnSnippet(Telling, SubmitSnippetTranslationView):
    """The form for a snippet."""


def is_settled(page: Page) -> bool:
    """Whether `page` is out, or goes out by itself."""
    return page.live or page.scheduled_revision is not None


def refusal(page: Page) -> str:
    """Return why a page that is still on its way is not handed on."""
    words = _(
        "“%(page)s” is neither published nor scheduled yet. Hand it on afterwards: on its way to approval its text still changes."
    )
    return words % {"page": page.get_admin_display_title()}


def make_what_is_missing() -> None:
    """Keep from being handed on, with what is above it or speaks of it: what is still on its way, and what is there already."""
    TranslationCreator.create_translations = _making_what_is_missing(TranslationCreator.create_translations)


def missing(thing: Any, locales: Sequence[Locale]) -> list[Locale]:  # noqa: ANN401 - a page or a snippet
    """Return those of `locales` that have no `thing` of their own; an alias of a page is none. One query."""
    there = thing.get_translations(inclusive=True)
    own = there.filter(alias_of__isnull=True) if isinstance(thing, Page) else there
    known = set(own.values_list("locale", flat=True))
    return [locale for locale in locales if locale.pk not in known]


def _making_what_is_missing(of_tool: Callable[..., None]) -> Callable[..., None]:
    """Ask first: the tool would write the source's words over what is there, also by hand, and withdraw it if it is a snippet."""

    @wraps(of_tool)
    def create_translations(creator: TranslationCreator, instance: Any, *args: Any, **told: Any) -> None:  # noqa: ANN401 - a page or a snippet
        on_its_way = isinstance(instance, Page) and not is_settled(instance)
        asked, wanted = creator.target_locales, [] if on_its_way else missing(instance, creator.target_locales)
        if not wanted:
            return
        creator.seen_objects.discard(instance.translation_key)  # seen, perhaps, for other languages
        creator.target_locales = wanted
        try:
            of_tool(creator, instance, *args, **told)
        finally:
            creator.target_locales = asked

    return create_translations


def tell(title: str, translations: Sequence[int], *, by: str, about: UUID, at: datetime) -> None:
    """Write one letter on what was handed on with `title` to each translator, in the translator's language. Idempotent by `about`.

    Translators are the editors of that language alone, or, where there is none, those of all languages; never whoever handed it on.
    """
    waiting: dict[User, list[dict[str, str]]] = {}
    for draft in _drafts(translations):
        for person in translators(draft["code"], but=by):
            waiting.setdefault(person, []).append(draft)
    with transaction.atomic(durable=True):
        for person, drafts in waiting.items():
            facts = {"title": title, "drafts": drafts}
            telling.tell("translation_waits", key=f"{TOPIC}:{about}:{person.pk}", person=person, at=at, facts=facts)


def translators(code: str, *, but: str | None) -> QuerySet[User]:
    """Return who translates into the language `code`, without the person `but`."""
    people = User.objects.filter(is_active=True).order_by("pk")
    own = people.filter(groups__name=roles.EDITORS[code])
    return (own if own.exists() else people.filter(groups__name=roles.EDITOR)).exclude(pk=but)


def _drafts(translations: Sequence[int]) -> list[dict[str, str]]:
    """Return what waits in them, pages first and what belongs to them below, without what is gone."""
    rows = Translation.objects.filter(pk__in=translations, enabled=True).select_related(
        "source__object", "target_locale"
    )
    lasting = [each for each in rows if each.source.object.get_instance_or_none(each.source.locale)]
    there = [(each, each.source.object.get_instance_or_none(each.target_locale)) for each in lasting]
    there.sort(key=lambda pair: (not isinstance(pair[1], Page), pair[0].pk))
    return [
        {
            "code": each.target_locale.language_code,
            "title": each.source.object_repr,
            "language": str(each.target_locale),
            "href": absolute(each.get_target_instance_edit_url()),
        }
        for each, draft in there
        if draft
    ]
