"""A translation that was stopped follows its source no more: it waits for nobody, and is named so wherever it is listed."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation
from wagtail_localize.views.report import TranslationsReportView

from ashar.language import LANGUAGES
from cms.editing import whole


class FollowedReport(TranslationsReportView):
    """The list of the translators' tool; what waits there waits for words and is followed."""

    def get_queryset(self) -> QuerySet[Translation]:
        """Return all translations, the youngest first, each with whether it waits, as its state says. Wagtail's filter reads that."""
        waiting = Q()
        for code in LANGUAGES:
            texts = whole.wanting(code).filter(source=OuterRef("source_id"))
            waiting |= Q(Exists(texts), target_locale__language_code=code)
        translations: QuerySet[Translation] = Translation.objects.annotate(waiting_for_translation=waiting)
        return translations.order_by("-pk")


def name_them() -> None:
    """Let the translators' tool say so too."""
    Translation.get_status_display = _naming_stopped(Translation.get_status_display)


def _naming_stopped(of_wagtail: Callable[[Translation], str]) -> Callable[[Translation], str]:
    @wraps(of_wagtail)
    def get_status_display(self: Translation) -> str:
        return of_wagtail(self) if self.enabled else _("Stopped")

    return get_status_display
