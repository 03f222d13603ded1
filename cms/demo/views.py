"""The demo's own page: who to sign in as, and where the mails are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.demo import signins


@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the demo's sign-ins with the second-factor codes that are valid now."""
    return render(request, "cms/demo_people.html", {"people": list(signins.codes()), "password": signins.PASSWORD})
