"""What Wagtail's menu shows: the money rooms, the room of people and the snippets, for those who may enter them."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail_localize.views import edit_translation

from cms import address_field, pictures
from cms.address_field import AddressInput
from cms.editing import (
    answered,
    catalogues,
    desk,
    doors,
    guide,
    handing_on,
    in_use,
    own_language,
    preview_checks,
    reports,
    returned,
    review,
    side_by_side,
    spoken_anew,
    stopped,
    turns,
    typed_times,
    whole,
)
from cms.editing.broken import BrokenLinksReport
from cms.editing.figures_apart import FiguresApartReport, FiguresItem
from cms.editing.past_check import PastCheckReport
from cms.editing.reports import TranslationsReport
from cms.models import Contact, Figure, Partner
from cms.pages.addressed import WRITE_LATIN
from cms.staff import policy, preferences
from cms.staff.books import BooksRoom
from cms.staff.calls import CallRoom, CallsRead
from cms.staff.gifts import GiftRoom
from cms.staff.inbox import InboxRoom
from cms.staff.people import PeopleRoom
from cms.staff.refunds import RefundRoom

only_to_write = require_http_methods(["PUT", "DELETE"])  # else the tool would draw a page of its framework, in English
ROOMS = (GiftRoom, RefundRoom, InboxRoom, BooksRoom)
SNIPPETS: dict[type[Any], str] = {Contact: "mail", Partner: "group", Figure: "order"}  # with their icons

preferences.leave_language_to_the_account()
own_language.ask_of_translations_too()
whole.let_out_whole_ones_alone()
stopped.name_them()
review.let_publishers_take_over()
turns.let_forms_take_turns()
answered.let_buttons_answer()
handing_on.make_what_is_missing()
spoken_anew.let_labels_follow_the_reader()
typed_times.let_forms_answer()
typed_times.name_the_zone()
pictures.let_no_file_name_be_words()
address_field.number_used_ones()

for room in ROOMS:
    register_permission_policy(room.model, policy.OfficersRead(room.model))
register_permission_policy(CallRoom.model, CallsRead(CallRoom.model))
register_permission_policy(PeopleRoom.model, policy.AdministratorsRead(PeopleRoom.model))
for kind, icon in SNIPPETS.items():
    register_permission_policy(kind, own_language.InOwnLanguage(kind))
    register_snippet(own_language.room(kind, icon))
register_form_field_override(
    models.SlugField, override={"widget": AddressInput, "error_messages": {"invalid": WRITE_LATIN}}
)


class MoneyRooms(ViewSetGroup):
    """The menu “Money”."""

    menu_label = _("Money")
    menu_icon = "pick"
    menu_order = 150
    items = ROOMS


@hooks.register("register_admin_urls", order=-1)
def translators_tool_is_asked_by_ours() -> list[URLPattern]:
    """Stand before the address at which wagtail-localize takes a catalogue, which breaks on one that does not say whose it is.

    Before those at which a page or a snippet is handed on, which ask not whether readers have it and tell no translator.
    And before the one at which it synchronises, which says nothing of what it did not publish, and the one of its words
    for scripts, which speak to nobody in particular and so Kyrgyz to everybody. Wagtail's own words stand in it too: what
    Russian lacks there is Kyrgyz, and would take the place of what Wagtail said a moment before.
    """
    words = require_admin_access(JavaScriptCatalog.as_view(packages=["wagtail.admin", "wagtail_localize"]))
    texts = {
        "strings/<int:string_segment_id>": edit_translation.edit_string_translation,
        "overrides/<int:overridable_segment_id>": edit_translation.edit_override,
    }
    tool = "localize/translate/<int:translation_id>"
    return [
        path("localize/jsi18n/", words, name="words_for_scripts"),
        path("localize/submit/page/<int:page_id>/", handing_on.HandOnPage.as_view(), name="hand_on"),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            handing_on.HandOnSnippet.as_view(),
            name="hand_on_snippet",
        ),
        path(f"{tool}/pofile/upload/", catalogues.bring_back, name="bring_back"),
        path("localize/update/<int:translation_source_id>/", whole.synchronise, name="synchronise"),
        *(path(f"{tool}/{place}/edit/", only_to_write(view), name=view.__name__) for place, view in texts.items()),
    ]


@hooks.register("register_admin_urls")
def reports_have_addresses() -> list[URLPattern]:
    """Put the reports of editors beside Wagtail's."""
    ours = (TranslationsReport, PastCheckReport, BrokenLinksReport, FiguresApartReport)
    return [address for report in ours for address in reports.addresses(report)]


@hooks.register("register_admin_urls")
def guide_has_an_address() -> list[URLPattern]:
    """Put our guide for editors into the rooms."""
    return guide.addresses()


@hooks.register("register_help_menu_item")
def guide_in_the_menu() -> MenuItem:
    """Put our guide for editors into the menu."""
    return guide.item()


@hooks.register("register_reports_menu_item")
def translations_in_the_menu() -> MenuItem:
    """Put the report of translations into the menu."""
    return reports.item(TranslationsReport, order=900)


@hooks.register("register_reports_menu_item")
def guides_past_check_in_the_menu() -> MenuItem:
    """Put the report on forgotten guides into the menu."""
    return reports.item(PastCheckReport, order=1150)


@hooks.register("register_reports_menu_item")
def broken_links_in_the_menu() -> MenuItem:
    """Put the report on broken links into the menu."""
    return reports.item(BrokenLinksReport, order=1160)


@hooks.register("register_reports_menu_item")
def figures_apart_in_the_menu() -> MenuItem:
    """Put the report on figures that differ into the menu."""
    return reports.item(FiguresApartReport, order=1170, line=FiguresItem)


@hooks.register("construct_reports_menu")
def translators_report_is_for_publishers(request: HttpRequest, items: list[MenuItem]) -> None:
    """Keep the line of the translators' tool from those to whom its report is closed."""
    if not doors.publishes(request.user):
        place = reverse("wagtail_localize:translations_report")
        items[:] = [item for item in items if item.url != place]


@hooks.register("construct_homepage_panels")
def desk_on_the_front_page(request: HttpRequest, panels: list[Component]) -> None:
    """Begin the front page of those who write and read with their own desk."""
    desk.lay(request, panels)


@hooks.register("insert_global_admin_css")
def style_of_the_form() -> str:
    """Let nothing in the panels beside a form be cut off."""
    return format_html('<link rel="stylesheet" href="{}">', static("cms/editor.css"))


@hooks.register("construct_wagtail_userbar")
def our_checks_in_the_preview(_request: HttpRequest, items: list[Any], _page: Any) -> None:  # noqa: ANN401 - Wagtail's signature
    """Let axe look at what an editor can set right."""
    preview_checks.instead_of_wagtails(items)


hooks.register("construct_help_menu", guide.take_foreign_lines_away)
hooks.register("before_delete_snippet", in_use.refuse)
hooks.register("before_edit_page", returned.say, order=-3)
for editing in ("before_edit_page", "before_edit_snippet"):
    hooks.register(editing, whole.refuse, order=-2)  # before the translators' tool takes the form
    hooks.register(editing, side_by_side.publish, order=-1)
hooks.register("before_bulk_action", whole.refuse_many)
hooks.register("before_bulk_action", in_use.refuse_many)
hooks.register("after_edit_page", desk.back_to)


@hooks.register("register_admin_viewset")
def staff_rooms() -> list[ViewSet | ViewSetGroup]:
    """Put the money rooms and the rooms of calls and of people into the menu."""
    return [MoneyRooms(), CallRoom(), PeopleRoom()]
