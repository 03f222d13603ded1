"""What the page editor shows of our checks."""

import json
from typing import Any

from django import template
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.editing import checks, strings

register = template.Library()


@register.simple_tag
def told_of(page: Page) -> dict[str, Any]:
    """Return the findings and the length of `page` as it is being edited."""
    return {"findings": checks.findings(page), "length": checks.length(page)}


@register.simple_tag
def taking_lines(translation: Translation) -> str:
    """Return the keys of the texts in which a translator may end lines, for a script."""
    return json.dumps([text.pk for text in strings.taking_lines(translation)])
