"""People, for administrators: who they are, what they may, and the verbs that change it. Nobody is deleted here."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import django_filters
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from ashar.accounts import admitting, appointing, factors, recovering, roles
from ashar.accounts.models import User
from ashar.errors import Refused
from ashar.privacy import erasing
from cms.staff import deciding, forgetting, policy
from cms.staff.rooms import ALL, Room, RoomIndex, RoomPage, Row, column, title

YES, NO = _("yes"), _("no")
ROLES = list(roles.LABELS.items())


class InvitationForm(forms.Form):
    """Whom to let in, and what for."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    full_name = forms.CharField(label=_("Full name"), max_length=200)
    language = forms.ChoiceField(label=_("Language of our letters"), choices=settings.LANGUAGES)
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=ROLES, widget=forms.CheckboxSelectMultiple)


class RoleForm(forms.Form):
    """Which of the free roles somebody gets."""

    def __init__(self, free: Sequence[tuple[str, Any]]) -> None:
        super().__init__()
        choices = [("", _("Choose a role")), *free]
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=choices)


class PeopleFilters(WagtailFilterSet):
    """By role, and by whether a wish to be forgotten waits."""

    role = django_filters.ChoiceFilter(field_name="groups__name", label=_("Role"), choices=ROLES, empty_label=ALL)
    wish = forgetting.WishFilter()

    class Meta:
        model = User
        fields = ["role", "wish"]


class PeopleIndex(RoomIndex):
    """Everybody with an account, and the way to let somebody in."""

    def get_base_queryset(self) -> QuerySet[Model]:
        """Return the people with their roles, open wishes and whether they have a second factor, in three queries."""
        strong = Authenticator.objects.filter(user=OuterRef("pk"), type__in=factors.STRONG)
        people: QuerySet[Model] = super().get_base_queryset()
        return people.prefetch_related("groups", forgetting.with_wishes()).annotate(has_second_factor=Exists(strong))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the way to invite somebody."""
        return [HeaderButton(_("Invite somebody"), url=reverse("people:invite"), icon_name="plus")]


class PersonPage(RoomPage):
    """One person, with the roles to give and to take."""

    template_name = "cms/staff/person.html"
    page_title = _("Person")

    def get_page_subtitle(self) -> str:
        """Say who it is."""
        return str(self.object.get_full_name())

    def rows(self) -> Iterator[Row]:
        """Yield who they are and how they come in."""
        person = self.object
        yield Row(_("Full name"), person.full_name)
        yield Row(_("E-mail"), person.email)
        yield Row(_("Language of our letters"), dict(settings.LANGUAGES)[person.language])
        yield Row(_("Roles"), roles_of(person))
        yield Row(_("Second factor"), _said(factors.has_one(person)))
        yield Row(_("May sign in"), _said(person.is_active))
        yield Row(_("Last sign-in"), person.last_login)
        yield Row(_("Here since"), person.joined_at)
        if wish := erasing.open_request_of(person):
            yield Row(_("Request to erase"), wish.asked_at)
            yield Row(_("Time to answer"), forgetting.left(wish, at=timezone.now()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the roles held and a form of the free ones, and whether this administrator may change them."""
        person = self.object
        held = set(person.groups.values_list("name", flat=True))
        free = [(name, capfirst(label)) for name, label in ROLES if name not in held]
        context: dict[str, Any] = super().get_context_data(
            is_self=person.pk == self.request.user.pk,
            held=[(name, label) for name, label in ROLES if name in held],
            role_form=RoleForm(free) if person.is_active and free else None,
            wish=erasing.open_request_of(person),
            has_factors=Authenticator.objects.filter(user=person).exists(),
            **kwargs,
        )
        return context


def roles_of(person: User) -> str:
    """Return what `person` is, in words, the administrator first. The groups may have been fetched with many people."""
    held = {group.name for group in person.groups.all()}
    words = [str(label) for name, label in ROLES if name in held]
    return ", ".join([str(_("administrator")), *words] if person.is_superuser else words)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Let somebody in who is to work here."""
    administrator = policy.administrator(request)
    form = InvitationForm(request.POST or None)
    person = _admitted(form, by=administrator) if form.is_valid() else None
    if person:
        messages.success(request, _("They may sign in now; a letter tells who is new here."))
        return redirect("people:inspect", person.pk)
    return render(request, "cms/staff/invitation.html", {"form": form})


def _admitted(form: InvitationForm, *, by: User) -> User | None:
    """Admit whom the form names, or let the form say why that cannot be."""
    try:
        return admitting.admit(**form.cleaned_data, by=by, at=timezone.now())
    except Refused as refusal:
        form.add_error("email", str(refusal))
        return None


_button = partial(deciding.button, of=User, room="people", who=policy.administrator)
appoint = _button(appointing.give_role, _("The role was given."), told=("role",))
dismiss = _button(appointing.take_role, _("The role was taken."), told=("role",))
let_in_again = _button(
    recovering.remove_second_factors,
    _("The second factor was removed and every session ended. A letter tells the person."),
)


def _said(fact: bool) -> Any:  # noqa: ANN401, FBT001 - a lazy string; a fact to put in words
    return YES if fact else NO


class PeopleRoom(Room):
    """People, by address."""

    model = User
    name = "people"
    icon = "user"
    menu_label = _("People")
    counted = ngettext_lazy("%(rows)s person", "%(rows)s people", "number")
    menu_order = 160
    add_to_admin_menu = True
    index_view_class = PeopleIndex
    inspect_view_class = PersonPage
    inspect_template_name = "cms/staff/person.html"
    ordering = "email"
    search_fields = ["email", "full_name"]
    search_backend_name = None
    list_display = [
        title("email", _("E-mail"), "people"),
        column("full_name", _("Full name")),
        Column("roles", label=_("Roles"), accessor=roles_of),
        Column("second_factor", label=_("Second factor"), accessor=lambda person: _said(person.has_second_factor)),
        Column(
            "is_active", label=_("May sign in"), accessor=lambda person: _said(person.is_active), sort_key="is_active"
        ),
        column("last_login", _("Last sign-in")),
        Column("wish", label=_("Request to erase"), accessor=forgetting.left_of),
    ]
    filterset_class = PeopleFilters

    def get_urlpatterns(self) -> list[Any]:
        """Add the invitation, a role given, a role taken, a second factor that was lost, and a wish to be forgotten."""
        return [
            *super().get_urlpatterns(),
            path("invitation/", invite, name="invite"),
            path("inspect/<uuid:pk>/appointment/", appoint, name="appoint"),
            path("inspect/<uuid:pk>/dismissal/", dismiss, name="dismiss"),
            path("inspect/<uuid:pk>/lost-factor/", let_in_again, name="let_in_again"),
            path("erasures/<int:pk>/", forgetting.forget, name="forget"),
        ]
