"""Who may write snippets: editors of all languages each of them, an editor of one language those of that language alone.

Wagtail asks for most deeds whether somebody may do them with any snippet of the kind; so each address that names one, or a
language, asks first whether it is theirs.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.models import Locale
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_localize.views import edit_translation

from ashar.accounts import roles, rules
from ashar.accounts.models import User
from ashar.language import LANGUAGES
from cms.snippets.snippet import Snippet

DEEDS = frozenset({"add", "change", "delete", "publish", "view"})
MAKING = frozenset({"add", "preview_on_add"})  # what names a language and no snippet
BEGINNING = frozenset({"list", "add"})  # where one comes to from the menu, in the first language of the site


def languages_of(user: Any) -> tuple[str, ...]:  # noqa: ANN401 - a user or Django's AnonymousUser
    """Return the languages in which `user` writes snippets. One query."""
    if not user.is_authenticated or not user.is_active:
        return ()
    own = set(user.groups.values_list("name", flat=True))
    if rules.is_administrator(user) or roles.EDITOR in own:
        return LANGUAGES
    return tuple(code for code in LANGUAGES if roles.EDITORS[code] in own)


class InOwnLanguage(BasePermissionPolicy):
    """Every deed is open to those who write in the language of the snippet."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether `user` may do `action` with some snippet."""
        return action in DEEDS and bool(languages_of(user))

    def user_has_any_permission(self, user: User, actions: Collection[str]) -> bool:
        """Whether `user` may do any of `actions` with some snippet."""
        return bool(DEEDS & set(actions)) and bool(languages_of(user))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Snippet) -> bool:
        """Whether `user` may do `action` with this one."""
        return action in DEEDS and instance.locale.language_code in languages_of(user)

    def instances_user_has_any_permission_for(self, user: User, actions: Collection[str]) -> QuerySet[Snippet]:
        """Return the snippets with which `user` may do any of `actions`."""
        codes = languages_of(user) if DEEDS & set(actions) else ()
        rows: QuerySet[Snippet] = self.model.objects.filter(locale__language_code__in=codes)
        return rows

    def users_with_any_permission(self, actions: Collection[str]) -> QuerySet[User]:
        """Return the people who may do any of `actions` with some snippet."""
        return self._people(LANGUAGES if DEEDS & set(actions) else ())

    def users_with_any_permission_for_instance(self, actions: Collection[str], instance: Snippet) -> QuerySet[User]:
        """Return the people who may do any of `actions` with this one."""
        return self._people((instance.locale.language_code,) if DEEDS & set(actions) else ())

    def _people(self, codes: Collection[str]) -> QuerySet[User]:
        if not codes:
            return get_user_model().objects.none()
        groups = [roles.EDITOR, *(roles.EDITORS[code] for code in codes)]
        allowed = Q(is_superuser=True) | Q(groups__name__in=groups)
        return get_user_model().objects.filter(allowed, is_active=True).distinct()


class Choosing(SnippetChooserViewSet):
    """Where a block's snippet is chosen. Nothing is made there: Wagtail would not know in which language."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's addresses without the one that makes."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class SnippetRoom(SnippetViewSet):
    """The list and the forms of one kind of snippet, each address guarded."""

    chooser_viewset_class = Choosing
    copy_view_enabled = False
    list_display = ["__str__", LocaleColumn(label=_("Language"))]  # Wagtail words it once, for whoever comes first

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's addresses, each behind the question whose language it is."""
        patterns: list[URLPattern] = super().get_urlpatterns()
        for pattern in patterns:
            pattern.callback = _guarded(pattern.callback, self.model, makes=pattern.name in MAKING)
            if pattern.name in BEGINNING:
                pattern.callback = _led_home(pattern.callback)
        return patterns


def ask_of_translations_too() -> None:
    """Let the translators' tool, which asks whether one may edit every snippet of a kind, ask about the one at hand."""
    of_pages = edit_translation.user_can_edit_instance

    def may_edit(user: User, instance: Any) -> bool:  # noqa: ANN401 - a page or a snippet
        if isinstance(instance, Snippet):
            return InOwnLanguage(type(instance)).user_has_permission_for_instance(user, "change", instance)
        return bool(of_pages(user, instance))

    edit_translation.user_can_edit_instance = may_edit


def room(kind: type[Snippet], icon: str) -> SnippetRoom:
    """Return the room of one kind of snippet."""
    return SnippetRoom(model=kind, icon=icon)


def _guarded(view: Callable[..., HttpResponse], kind: type[Snippet], *, makes: bool) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = _language(request, kind, kwargs.get("pk"), makes=makes)
        if code and code not in languages_of(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return answer


def _led_home(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead an editor of other languages than the first to their own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = languages_of(request.user) if "locale" not in request.GET else ()
        if own and _first() not in own:
            return redirect(f"{request.path}?locale={own[0]}")
        return view(request, *args, **kwargs)

    return answer


def _first() -> str:
    return str(Locale.get_default().language_code)


def _language(request: HttpRequest, kind: type[Snippet], pk: Any, *, makes: bool) -> str:  # noqa: ANN401 - from an address
    """Return the language that is written in at an address; nothing where none is, or where there is no such snippet."""
    if makes:
        return request.GET.get("locale") or _first()
    if pk is None:
        return ""
    if not str(pk).isdecimal():
        raise Http404  # Wagtail would read some other ways to write a number
    row = kind.objects.filter(pk=pk).select_related("locale").first()
    return row.locale.language_code if row else ""
