"""What the page editor shows of our checks."""

import json
from typing import Any

from django import template
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation

from ashar.accounts.models import User
from cms.editing import checks, side_by_side, strings

register = template.Library()


@register.simple_tag
def told_of(page: Page) -> dict[str, Any]:
    """Return the findings and the length of `page` as it is being edited."""
    return {"findings": checks.findings(page), "length": checks.length(page)}


@register.simple_tag
def may_explore(person: User) -> bool:
    """Say whether the list of pages is open to `person`."""
    return bool(page_permission_policy.explorable_instances(person).exists())


@register.simple_tag
def taking_lines(translation: Translation) -> str:
    """Return the keys of the texts in which a translator may end lines, for a script."""
    return json.dumps([text.pk for text in strings.taking_lines(translation)])


@register.filter
def told_apart(props: str) -> str:
    """Return what the tool's script is given, with a key of its own for each text, value and snippet in it."""
    return side_by_side.told_apart(props)


@register.simple_tag
def versions_to_edit(thing: Any, person: User) -> list[dict[str, str]]:  # noqa: ANN401 - a page or a snippet
    """Return each version of `thing` that `person` may edit: its language and where its form stands. One query for all versions."""
    finder = AdminURLFinder(person)
    versions = thing.get_translations(inclusive=True).select_related("locale").order_by("pk")
    found = [(version.locale.get_display_name(), finder.get_edit_url(version)) for version in versions]
    return [{"language": language, "href": href} for language, href in found if href]
