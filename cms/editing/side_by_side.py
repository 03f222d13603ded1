"""What the translators' tool is given to show, and what it does with a translation that is whole: it goes out, and says so."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.editing import own_language
from cms.editing.spoken_anew import said_now


def publish(request: HttpRequest, thing: Any) -> HttpResponse | None:  # noqa: ANN401 - a page or a snippet
    """Publish `thing` from the tool's form and say so, or leave it to the tool: what it refuses, and what is no translation.

    The tool itself would speak of missing translations wherever an address or a number was left as it is.
    """
    if request.method != "POST" or request.POST.get("action") != "publish" or not _may_publish(request.user, thing):
        return None
    followed = Translation.objects.filter(source__object_id=thing.translation_key, enabled=True)
    translation = followed.filter(target_locale=thing.locale_id).first()
    if translation is None:
        return None
    try:
        translation.save_target(user=request.user, publish=True)
    except ValidationError:
        return None
    thing.refresh_from_db()
    told = said_now("Published '{object}' in {locale}.")
    messages.success(request, told.format(object=thing, locale=thing.locale.get_display_name()))
    return redirect(request.path)


def told_apart(props: str) -> str:
    """Return `props` with a key of its own for each segment: texts, values and snippets are counted from one each.

    The tool's script takes those of one number for the same, and opens a box for each of them at once.
    """
    told = json.loads(props)
    for segment in told["segments"]:
        if segment["type"] != "string":
            segment["id"] = f"{segment['type']}-{segment['id']}"
    for override in told["initialOverrides"]:
        override["segment_id"] = f"synchronised_value-{override['segment_id']}"
    return json.dumps(told)


def _may_publish(user: Any, thing: Any) -> bool:  # noqa: ANN401 - likewise
    if isinstance(thing, Page):
        return bool(thing.permissions_for_user(user).can_publish())
    return own_language.InOwnLanguage(type(thing)).user_has_permission_for_instance(user, "publish", thing)
