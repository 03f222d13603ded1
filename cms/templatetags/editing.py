"""What the page editor shows of our checks."""

from typing import Any

from django import template
from wagtail.models import Page

from cms.editing import checks

register = template.Library()


@register.simple_tag
def told_of(page: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever is being edited
    """Return the findings and the length of `page`; nothing of what is no page."""
    return {"findings": checks.findings(page), "length": checks.length(page)} if isinstance(page, Page) else {}
