"""A translation goes out whole: while texts of it wait for their translation, readers see the other language under a notice.

What has no words (numbers, links, addresses of sites and pages) needs no translation. A draft may lack whatever it lacks.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.views.update_translations import UpdateTranslationsView

from ashar.language import LANGUAGES

# Read by both databases, so a letter is named by its range. Tags and named signs are no words.
LETTERS = "A-Za-zÀ-ÿЀ-ӿ"
WORDLESS = rf"^(<[^>]*>|&[a-z]+;|[^<>{LETTERS}])*$"
LINK = r"^(<[^>]*>|\s)*(https?://[^\s<>]+|[^\s<>@]+@[^\s<>@]+)(<[^>]*>|\s)*$"
EMPTY = r"^\s*$"


class Unfinished(PublishPagePermissionError):  # noqa: N818 - as the kernel's `Refused`
    """A translation was to go out before it was whole."""


def wanting(code: str) -> QuerySet[StringSegment]:
    """Return the texts handed on into the language `code` that have no translation yet, or one with a mistake."""
    done = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale__language_code=code
    )
    handed_on = StringSegment.objects.filter(
        source__translations__target_locale__language_code=code, source__translations__enabled=True
    )
    needless = Q(context__path="slug") | Q(string__data__regex=WORDLESS) | Q(string__data__regex=LINK)
    return handed_on.exclude(needless).filter(~Exists(done.filter(has_error=False).exclude(data__regex=EMPTY)))


def lacking(thing: Any) -> int:  # noqa: ANN401 - a page or a snippet
    """Return how many texts of `thing` wait for their translation; none where it is no translation. One query."""
    return wanting(thing.locale.language_code).filter(source__object_id=thing.translation_key).count()


def sentence(count: int) -> str:
    """Return why a translation that lacks `count` texts does not go out."""
    return ngettext(
        "Not published: %(count)s text has no translation yet, or one with a mistake. What you have done is kept.",
        "Not published: %(count)s texts have no translation yet, or one with a mistake. What you have done is kept.",
        count,
    ) % {"count": count}


def refuse(request: HttpRequest, thing: Any) -> HttpResponse | None:  # noqa: ANN401 - likewise
    """Answer whoever publishes a translation side by side with its source before it is whole; nobody else."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    count = lacking(thing)
    return _told(request, count, request.get_full_path()) if count else None


def refuse_many(request: HttpRequest, deed: str, things: list[Any], action: Any) -> HttpResponse | None:  # noqa: ANN401 - Wagtail's signature
    """Answer whoever publishes several pages at once, with what is below them or without, while one of them is not whole."""
    if request.method != "POST" or deed != "publish":
        return None
    pages = [each for thing in things for each in (thing, *_drafts_below(request, thing))]
    keys = {code: [page.translation_key for page in pages if page.locale.language_code == code] for code in LANGUAGES}
    count = sum(wanting(code).filter(source__object_id__in=keys[code]).count() for code in LANGUAGES if keys[code])
    return _told(request, count, action.next_url) if count else None


def synchronise(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    """Let the translators' tool synchronise the translations of a source, and say what it was to publish and did not."""
    answer: HttpResponse = UpdateTranslationsView.as_view()(request, translation_source_id=translation_source_id)
    if request.POST.get("publish_translations"):
        count = sum(wanting(code).filter(source=translation_source_id).count() for code in LANGUAGES)
        if count:
            messages.warning(request, sentence(count))
    return answer


def let_out_whole_ones_alone() -> None:
    """Ask the same at every other door: where Wagtail publishes a version, and where the translators' tool writes one.

    What is scheduled is asked when it is planned. New words of its source keep nothing back whose hour has come.
    """
    PublishRevisionAction.execute = _asking_first(PublishRevisionAction.execute)
    Translation.save_target = _saving_whole(Translation.save_target)
    Translation.get_progress = _counting_words(Translation.get_progress)


def _counting_words(of_wagtail: Callable[[Translation], tuple[int, int]]) -> Callable[[Translation], tuple[int, int]]:
    @wraps(of_wagtail)
    def get_progress(self: Translation) -> tuple[int, int]:
        """Return how many texts there are, and how many of them wait for nothing; of one that was stopped, how many are said."""
        texts, said = of_wagtail(self)
        waiting = wanting(self.target_locale.language_code).filter(source=self.source_id)
        return texts, texts - waiting.count() if self.enabled else said

    return get_progress


def _asking_first(publish: Callable[..., None]) -> Callable[..., None]:
    @wraps(publish)
    def execute(self: PublishRevisionAction, skip_permission_checks: bool = False) -> None:  # noqa: FBT001, FBT002 - Wagtail's signature
        planned = self.revision.approved_go_live_at is not None
        count = 0 if planned or not hasattr(self.object, "translation_key") else lacking(self.object)
        if count:
            raise Unfinished(sentence(count))
        publish(self, skip_permission_checks=skip_permission_checks)

    return execute


def _saving_whole(save: Callable[..., None]) -> Callable[..., None]:
    @wraps(save)
    def save_target(self: Translation, user: Any = None, publish: bool = True) -> None:  # noqa: ANN401, FBT001, FBT002 - likewise
        texts = wanting(self.target_locale.language_code).filter(source=self.source)
        count = texts.count() if publish else 0
        if count:
            raise ValidationError(sentence(count), code="unfinished")
        save(self, user=user, publish=publish)

    return save_target


def _drafts_below(request: HttpRequest, page: Page) -> QuerySet[Page]:
    below = page.get_descendants().not_live().select_related("locale")
    return below if request.POST.get("include_descendants") else below.none()


def _told(request: HttpRequest, count: int, onward: str) -> HttpResponse:
    messages.error(request, sentence(count))
    return redirect(onward)
