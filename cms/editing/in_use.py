"""What pages show is not deleted under them: a snippet, a picture, a document.

Readers' versions are asked of Wagtail's index of references, which knows no drafts; those are read one by one, for nothing is
deleted often.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import page_permission_policy, policy_registry

from cms.snippets.snippet import Snippet

KEPT = (Snippet, AbstractImage, AbstractDocument)
View = Callable[..., HttpResponse]


def refuse(request: HttpRequest, rows: Iterable[Model]) -> HttpResponse | None:
    """Lead to where the first of `rows` that is in use stands, or do nothing. A hook before Wagtail deletes snippets."""
    for row in rows:
        words = sentence(row, request.user)
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
            words = sentence(row, request.user)
            return JsonResponse({"success": False, "error_message": words}) if words else view(request, **told)
        return refuse(request, [row]) or view(request, **told)

    return answer


def sentence(row: Model, person: Any) -> str:  # noqa: ANN401 - whoever is signed in
    """Return why `row` is not deleted, or nothing where no page shows it. Of drafts, those that `person` may change are named."""
    if not isinstance(row, KEPT):
        return ""
    drafts = drafts_with(row)
    if ReferenceIndex.get_references_to(row).exists():
        words = _("“%(thing)s” stands on pages and cannot be deleted. Take it from them first.")
        if isinstance(row, Snippet):
            words = _("“%(snippet)s” stands on pages and cannot be deleted. Take it from them first, or withdraw it.")
    elif drafts:
        words = _("“%(thing)s” stands in drafts and cannot be deleted. Take it from them first.")
    else:
        return ""
    return " ".join([words % {"thing": row, "snippet": row}, *_named(drafts, person)])


def drafts_with(row: Model) -> list[Page]:
    """Return the pages whose last draft shows `row`, by title."""
    pages = Page.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    written = [page.latest_revision.as_object() for page in pages.select_related("latest_revision").order_by("title")]
    return [page for page in written if _shows(page, row)]


def _shows(page: Page, row: Model) -> bool:
    kind = ReferenceIndex._get_base_content_type(row).pk  # noqa: SLF001 - how the index itself names a kind
    found = ReferenceIndex._extract_references_from_object(page)  # noqa: SLF001 - the index's own reading, of what it does not keep
    return any((to_kind, to) == (kind, str(row.pk)) for to_kind, to, _model_path, _content_path in found)


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
