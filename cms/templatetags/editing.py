"""What the page editor shows of our checks."""

from typing import Any

from django import template
from wagtail.models import Page

from cms.editing import checks

register = template.Library()


@register.simple_tag
def told_of(page: Page) -> dict[str, Any]:
    """Return the findings and the length of `page` as it is being edited."""
    return {"findings": checks.findings(page), "length": checks.length(page)}
