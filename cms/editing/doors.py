"""Addresses of Wagtail's that ask one thing more, and one that is closed. Stands before them in the root `urls.py`.

What is done with one page that the site stands on is refused in a sentence that says why. What is done with many pages at
once is refused where any of them may not be done it: Wagtail would name those to whoever asks, drafts of others too. What is
shown on pages is not deleted. A page that a block has chosen is named to whoever translates the block.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action.dispatcher import index as bulk_actions
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.documents import get_document_model
from wagtail.documents.views import documents
from wagtail.documents.views import multiple as many_documents
from wagtail.images import get_image_model
from wagtail.images.views import images
from wagtail.images.views import multiple as many_images
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from ashar.accounts import rules
from cms.editing import chosen_pages, in_use
from cms.editing.stopped import FollowedReport
from cms.pages.pillars import Pillar, refusal

View = Callable[..., HttpResponse]


def refusing(name: str, kept: str) -> View:
    """Return Wagtail's view `name` of one page, which its address calls `kept`, behind the question whether it stands."""
    of_wagtail = page_viewset_registry.as_view(name, page_id_kwarg=kept)

    @never_cache
    @require_admin_access
    @wraps(of_wagtail)
    def answer(request: HttpRequest, **told: int) -> HttpResponse:
        page = get_object_or_404(Page, pk=told[kept]).specific_deferred
        if isinstance(page, Pillar) and not rules.is_administrator(request.user):
            messages.error(request, refusal(page))
            return redirect("wagtailadmin_explore", told[kept])
        done: HttpResponse = of_wagtail(request, **told)
        return done

    return answer


@never_cache
@require_admin_access
def with_many_pages(request: HttpRequest, action: str) -> HttpResponse:
    """Do something with many pages if whoever asks may do it with each of them."""
    kind = bulk_action_registry.get_bulk_action_class("wagtailcore", "page", action)
    if kind and kind(request, Page).get_actionable_objects()[1]["items_with_no_access"]:
        raise PermissionDenied
    done: HttpResponse = bulk_actions(request, "wagtailcore", "page", action)
    return done


@never_cache
@require_admin_access
def no_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """Refuse to make an alias of a translation: it would throw the translation away and show the source as if it were one."""
    messages.error(
        request,
        _(
            "A translation is not replaced by its source. Unpublish the translation: readers then see the other language under a notice."
        ),
    )
    return redirect("wagtailadmin_pages:edit", page_id)


def of_publishers(view: View) -> View:
    """Return `view` for those who publish pages: it names pages that are not out yet, of every language."""

    @never_cache
    @require_admin_access
    @wraps(view)
    def answer(request: HttpRequest, **told: int) -> HttpResponse:
        if not publishes(request.user):
            raise PermissionDenied
        return view(request, **told)

    return answer


def publishes(person: Any) -> bool:  # noqa: ANN401 - whoever asks
    """Tell whether `person` publishes pages anywhere."""
    return bool(page_permission_policy.user_has_any_permission(person, ["publish"]))


IMAGE, DOCUMENT = get_image_model(), get_document_model()

urlpatterns = [
    path("api/main/pages/<int:pk>/", chosen_pages.detail),
    path("localize/reports/translations/", of_publishers(FollowedReport.as_view())),
    path("localize/reports/translations/results/", of_publishers(FollowedReport.as_view(results_only=True))),
    path("localize/page/<int:page_id>/convert_to_alias/", no_alias),
    path("pages/<int:page_id>/delete/", refusing("delete", "page_id")),
    path("pages/<int:page_id>/unpublish/", refusing("unpublish", "page_id")),
    path("pages/<int:page_to_move_id>/move/", refusing("move", "page_to_move_id")),
    path("pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", refusing("move_confirm", "page_to_move_id")),
    path("bulk/wagtailcore/page/<str:action>/", with_many_pages),
    path("images/<int:image_id>/delete/", in_use.kept(images.DeleteView.as_view(), IMAGE, "image_id")),
    path("documents/delete/<int:document_id>/", in_use.kept(documents.DeleteView.as_view(), DOCUMENT, "document_id")),
    path(
        "images/multiple/<int:image_id>/delete/",
        in_use.kept(many_images.DeleteView.as_view(), IMAGE, "image_id", speaks_json=True),
    ),
    path(
        "documents/multiple/<int:doc_id>/delete/",
        in_use.kept(many_documents.DeleteView.as_view(), DOCUMENT, "doc_id", speaks_json=True),
    ),
]
