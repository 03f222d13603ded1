"""Every address pattern the program knows, found in the resolver, with arguments that lead to something of the village."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse, translate_url
from wagtail.models import Collection, Locale, Site

from cms.models import HomePage, ProjectPage
from diaspora.models import MatchPool
from tests.hostile.village import GIVER, OTHER_GIVER, Village

ADMINS = ("cms/", "django-admin/")
NOBODYS = 999_999
NO_UUID = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Pattern:
    """One pattern: its route as the resolver prints it, its full name where it has one, and its arguments."""

    route: str
    name: str
    arguments: tuple[str, ...]

    @property
    def is_of_admin(self) -> bool:
        """Whether it stands in one of the two admins."""
        return self.route.startswith(ADMINS)

    @property
    def key(self) -> str:
        """Its name, or its route where it has none."""
        return self.name or self.route


def patterns() -> list[Pattern]:
    """Return every pattern; those in a language once."""
    return list(_walk(get_resolver().url_patterns, route="", spaces=()))


def of_site() -> list[Pattern]:
    """Return the patterns outside the two admins."""
    return [pattern for pattern in patterns() if not pattern.is_of_admin]


def of_admins() -> list[Pattern]:
    """Return the named patterns of the two admins."""
    return [pattern for pattern in patterns() if pattern.is_of_admin and pattern.name]


def in_admin(pattern: Pattern, village: Village) -> str:
    """Return an address of an admin's pattern that leads to a row where the village has one."""
    told = arguments_of(village)
    if pattern.name == "admin:app_list":
        return reverse(pattern.name, kwargs={"app_label": "wagtailimages"})
    if pattern.name in OF_ROOMS:
        return reverse(pattern.name, kwargs={pattern.arguments[0]: OF_ROOMS[pattern.name](village)})
    kwargs = {name: told.get(name, NOBODYS) for name in pattern.arguments}
    for pk in (told["pk"], NO_UUID):
        try:
            return reverse(pattern.name, kwargs=kwargs | ({"pk": pk} if "pk" in kwargs else {}))
        except NoReverseMatch:
            continue
    raise AssertionError(f"No arguments are known for {pattern.name} ({pattern.route})")


OF_ROOMS = {
    **dict.fromkeys(  # else a document or a topic could happen to have the number of a language
        (
            "wagtailadmin_api:documents:detail",
            "wagtailadmin_api:images:detail",
            "wagtaildocs_chooser:chosen",
            "wagtailimages_chooser:chosen",
            *(f"wagtailsnippetchoosers_cms_{kind}:chosen" for kind in ("topic", "contact", "partner", "figure")),
        ),
        lambda _village: NOBODYS,
    ),
    "wagtailadmin_api:pages:detail": lambda _village: HomePage.objects.get(locale__language_code="ky").pk,
    "gifts:inspect": lambda village: village.gift.pk,
    "refunds:inspect": lambda village: village.refund.pk,
    "refunds:approve": lambda village: village.refund.pk,
    "refunds:refuse": lambda village: village.refund.pk,
    "refunds:ask": lambda village: village.gift.payment_id,
    "events:inspect": lambda village: village.event.pk,
    "events:retry": lambda village: village.event.pk,
    "journals:inspect": lambda village: village.journal.pk,
    **{f"calls:{name}": lambda village: village.call.pk for name in ("inspect", "revise", "fund", "publish", "cancel")},
    "calls:extend": lambda village: village.open_call.pk,
    "people:inspect": lambda village: village.person(GIVER).pk,
    "people:appoint": lambda village: village.person(GIVER).pk,
    "people:dismiss": lambda village: village.person(GIVER).pk,
    "people:let_in_again": lambda village: village.person(OTHER_GIVER).pk,
    **{
        f"wagtailsnippets_cms_topic:{name}": lambda village: village.topic.pk
        for name in ("edit", "copy", "delete", "history", "history_results", "inspect", "usage", "usage_results")
    },
    **{
        f"wagtailsnippets_cms_{kind}:{name}": lambda village, kind=kind: village.snippets[kind].pk
        for kind in ("contact", "partner", "figure")
        for name in ("edit", "delete", "history", "history_results", "usage", "preview_on_edit", "unpublish")
    },
}


def arguments_of(village: Village) -> dict[str, object]:
    """Return what stands for a named argument in an address of an admin."""
    page = ProjectPage.objects.get(project=village.school, locale__language_code="ru")
    pages = dict.fromkeys(("page_id", "page_pk", "page_to_move_id"), page.pk)
    parent = page.get_parent().pk
    return pages | {
        "pk": Locale.objects.first().pk,
        "parent_page_id": parent,
        "destination_id": parent,
        "content_type_app_name": "cms",
        "content_type_model_name": "projectpage",
        "app_label": "wagtailcore",
        "model_name": "page",
        "action": "delete",
        "action_name": "approve",
        "image_id": village.picture.pk,
        "document_id": village.paper.pk,
        "redirect_id": village.redirect.pk,
        "collection_id": Collection.get_first_root_node().pk,
        "site_id": Site.objects.first().pk,
        "revision_id_a": "live",
        "revision_id_b": "latest",
        "content_type_id": ContentType.objects.get_for_model(MatchPool).pk,
        "object_id": page.pk,
        "filter_spec": "max-100x100",
        "mode": "default",
        "uidb64": "hostile",
        "token": "hostile",
        "app_name": "taggit",
    }


def in_language(address: str, language: str) -> str:
    """Return the same address in another language."""
    return translate_url(address, language)


def _walk(found: list[URLPattern | URLResolver], *, route: str, spaces: tuple[str, ...]) -> Iterator[Pattern]:
    for one in found:
        here = route + _route(one)
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from _walk(one.url_patterns, route=here, spaces=inner)
        else:
            yield Pattern(here, ":".join((*spaces, one.name)) if one.name else "", _arguments(one, here))


def _route(one: URLPattern | URLResolver) -> str:
    text = str(one.pattern)
    return "<language>/" if text in {"ky/", "ru/", "en/"} else text


def _arguments(one: URLPattern, route: str) -> tuple[str, ...]:
    named = [*re.findall(r"<(?:\w+:)?(\w+)>", route), *one.pattern.regex.groupindex]
    return tuple(dict.fromkeys(name for name in named if name != "language"))
