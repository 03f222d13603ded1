"""What Wagtail's menu shows: the money rooms and the room of people, for those who may enter them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.permissions import register_permission_policy

from cms.address_field import AddressInput
from cms.staff import policy, preferences
from cms.staff.books import BooksRoom
from cms.staff.gifts import GiftRoom
from cms.staff.inbox import InboxRoom
from cms.staff.people import PeopleRoom
from cms.staff.refunds import RefundRoom

ROOMS = (GiftRoom, RefundRoom, InboxRoom, BooksRoom)

preferences.leave_language_to_the_account()

for room in ROOMS:
    register_permission_policy(room.model, policy.OfficersRead(room.model))
register_permission_policy(PeopleRoom.model, policy.AdministratorsRead(PeopleRoom.model))
register_form_field_override(models.SlugField, override={"widget": AddressInput})


class MoneyRooms(ViewSetGroup):
    """The menu “Money”."""

    menu_label = _("Money")
    menu_icon = "pick"
    menu_order = 150
    items = ROOMS


@hooks.register("register_admin_viewset")
def staff_rooms() -> list[ViewSet | ViewSetGroup]:
    """Put the money rooms and the room of people into the menu."""
    return [MoneyRooms(), PeopleRoom()]
