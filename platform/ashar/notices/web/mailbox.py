"""The demo's mailbox: everybody may read every mail, since nobody's real mail is there."""

from collections.abc import Callable
from functools import wraps

from csp.decorators import csp_exempt
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ashar.notices import mailbox
from ashar.notices.models import MailboxMessage
from ashar.web import paging

PAGE_SIZE = 30
# A mail brings its own styles; it gets no script, no form, no picture from elsewhere and no origin.
CSP_OF_A_MAIL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

View = Callable[..., HttpResponse]


def only_in_demo(view: View) -> View:
    """Answer 404 outside the demo, whatever the addresses say."""

    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, **arguments: int) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **arguments)

    return guarded


@only_in_demo
def messages(request: HttpRequest) -> HttpResponse:
    """Show the mails, newest first."""
    page = Paginator(mailbox.newest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "notices/mailbox.html", {"page": page, "canonical_query": paging.canonical(page)})


@only_in_demo
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one mail: its headers and its text."""
    return render(request, "notices/mailbox_message.html", {"message": get_object_or_404(MailboxMessage, pk=pk)})


@csp_exempt()
@only_in_demo
def html(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 - a view takes its request
    """Serve the HTML part of one mail as a document of its own, in a sandbox."""
    found = get_object_or_404(MailboxMessage.objects.exclude(html=""), pk=pk)
    return HttpResponse(found.html, headers={"Content-Security-Policy": CSP_OF_A_MAIL})
