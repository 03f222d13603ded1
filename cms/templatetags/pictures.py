"""Pictures in templates, as far as they are ready."""

from django import template
from wagtail.images.models import AbstractImage, Picture

from cms import renditions

register = template.Library()


@register.simple_tag
def ready_picture(image: AbstractImage | None, *, wide: bool = False, **attributes: str) -> Picture | str:
    """Return `image`, whole or `wide`, in every format that is ready, or nothing. Wagtail's own tags would make what is missing."""
    return (renditions.shown(image, wide=wide, **attributes) if image else None) or ""
