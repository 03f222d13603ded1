"""What pages show is not deleted under them: a snippet, a picture, a document.

Readers' versions are asked of Wagtail's index of references, which knows no drafts and no hour to come; those are read one by
one, once for all that is deleted, for nothing is deleted often.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce, wraps
from operator import or_
from typing import Any, TypeAlias

from django.contrib import messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.permissions import page_permission_policy, policy_registry

from cms.snippets.snippet import Snippet

KEPT = (Snippet, AbstractImage, AbstractDocument)
View = Callable[..., HttpResponse]
Thing: TypeAlias = tuple[int, str]  # the kind of a row, and its key
Drafts: TypeAlias = dict[Thing, list[Any]]


def refuse(request: HttpRequest, rows: Iterable[Model]) -> HttpResponse | None:
    """Lead to where the first of `rows` that is in use stands, or do nothing. A hook before Wagtail deletes snippets."""
    drafts = drafts_by_thing()
    for row in rows:
        words = sentence(row, request.user, drafts)
        if words:
            messages.error(request, words)
            return redirect(_usage(row))
    return None


def refuse_many(request: HttpRequest, deed: str, things: Sequence[Any], _action: Any) -> HttpResponse | None:  # noqa: ANN401 - Wagtail's signature
    """Answer whoever deletes several things at once while one of them is in use."""
    return refuse(request, things) if deed == "delete" else None


def kept(view: View, kind: type[Model], key: str, *, speaks_json: bool = False) -> View:
    """Return Wagtail's `view` that deletes one of `kind`, whose address calls it `key`, behind the question whether it is in use.

    Who may not delete it is answered by Wagtail.
    """

    @never_cache
    @require_admin_access
    @wraps(view)
    def answer(request: HttpRequest, **told: int) -> HttpResponse:
        row = get_object_or_404(kind, pk=told[key])
        if not policy_registry.get_by_type(kind).user_has_permission_for_instance(request.user, "delete", row):
            return view(request, **told)
        if speaks_json:
            words = sentence(row, request.user, drafts_by_thing())
            return JsonResponse({"success": False, "error_message": words}) if words else view(request, **told)
        return refuse(request, [row]) or view(request, **told)

    return answer


def sentence(row: Model, person: Any, known: Drafts) -> str:  # noqa: ANN401 - whoever is signed in
    """Return why `row` is not deleted, or nothing where nothing shows it. Of drafts, pages that `person` may change are named."""
    if not isinstance(row, KEPT):
        return ""
    drafts = known.get(_thing(row), [])
    if ReferenceIndex.get_references_to(row).exists():
        words = _("“%(thing)s” stands on pages and cannot be deleted. Take it from them first.")
        if isinstance(row, Snippet):
            words = _("“%(snippet)s” stands on pages and cannot be deleted. Take it from them first, or withdraw it.")
    elif drafts:
        words = _("“%(thing)s” stands in drafts and cannot be deleted. Take it from them first.")
    else:
        return ""
    pages = [draft for draft in drafts if isinstance(draft, Page)]
    return " ".join([words % {"thing": row, "snippet": row}, *_named(pages, person)])


def drafts_by_thing() -> Drafts:
    """Return by what they show the last drafts of pages and snippets, and what waits for its hour, by title."""
    found: Drafts = {}
    for revision in _unseen():
        draft = revision.as_object()
        shown = ReferenceIndex._extract_references_from_object(draft)  # noqa: SLF001 - the index's own reading, of what it does not keep
        for thing in {(kind, key) for kind, key, _model_path, _content_path in shown}:
            found.setdefault(thing, []).append(draft)
    return {thing: sorted({draft.pk: draft for draft in drafts}.values(), key=str) for thing, drafts in found.items()}


def _unseen() -> QuerySet[Revision]:
    """Return the revisions that readers do not see and may yet."""
    kinds = (Page, *Snippet.kinds())
    last = [Q(pk__in=kind.objects.filter(has_unpublished_changes=True).values("latest_revision")) for kind in kinds]
    return Revision.objects.filter(reduce(or_, last, Q(approved_go_live_at__isnull=False)))


def _thing(row: Model) -> Thing:
    """Return a row as the index names it."""
    return ReferenceIndex._get_base_content_type(row).pk, str(row.pk)  # noqa: SLF001 - how the index itself names a kind


def _named(drafts: Sequence[Page], person: Any) -> list[str]:  # noqa: ANN401 - whoever is signed in
    """Return the sentence that names those of `drafts` that `person` may change, if any."""
    own = page_permission_policy.instances_user_has_permission_for(person, "change").filter(
        pk__in=[page.pk for page in drafts]
    )
    known = set(own.values_list("pk", flat=True))
    titles = [_("“%(title)s”") % {"title": page.get_admin_display_title()} for page in drafts if page.pk in known]
    return [_("In drafts: %(drafts)s.") % {"drafts": ", ".join(titles)}] if titles else []


def _usage(row: Any) -> str:  # noqa: ANN401 - a snippet or a file
    """Return the address at which Wagtail lists where `row` stands."""
    if isinstance(row, Snippet):
        return reverse(type(row).snippet_viewset.get_url_name("usage"), args=[row.pk])
    return str(row.usage_url)
