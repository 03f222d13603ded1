"""What somebody answers for: the pages whose block “Who answers for this” names them, wherever it stands in a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from ashar.places import sorting
from cms.found.pages import path_of
from cms.pages.written import lent_from, once

PLACE = ".answers.item.person"  # the end of the way from a page to a person in `AnswersBlock`


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """A page that somebody answers for. `language` is empty unless it is lent from another one."""

    href: str
    title: str
    language: str


def pages(person: Page, code: str) -> Sequence[AnsweredPage]:
    """Return the pages that `person` answers for, whichever translation of theirs is named, as readers of the language see them.

    Each stands once, by its title. Two queries, one where nothing is answered for.
    """
    naming = {int(key) for key in _naming(person)}
    found = once(Page.objects.filter(pk__in=naming), code) if naming else ()
    return sorted((_page(each, code) for each in found), key=lambda answered: sorting.key(answered.title))


def _naming(person: Page) -> QuerySet[ReferenceIndex, str]:
    """Return the keys of the pages that name `person` as who answers."""
    everywhere = type(person).objects.filter(translation_key=person.translation_key)
    rows = ReferenceIndex.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        to_content_type__app_label="wagtailcore",
        to_content_type__model="page",
        to_object_id__in=everywhere.values_list(Cast("pk", CharField())),
        model_path__endswith=PLACE,
    )
    keys: QuerySet[ReferenceIndex, str] = rows.values_list("object_id", flat=True)
    return keys


def _page(page: Page, code: str) -> AnsweredPage:
    return AnsweredPage(path_of(code, page.url_path), page.title, lent_from(page, code))
