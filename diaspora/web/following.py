"""Pages on which money is followed: the trail, a receipt, one's own gifts."""

import csv
from collections.abc import Iterator
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from ashar import clock
from ashar.accounts import addresses as mail
from ashar.accounts.models import User
from ashar.money import printed
from ashar.web import paging, spreadsheets
from diaspora import queries, receipts, words
from diaspora.models import Project
from diaspora.queries import addresses
from diaspora.states import ProjectState

COLUMNS = [
    _("Number"),
    _("Written"),
    _("Counts for"),
    _("Kind"),
    _("What happened"),
    _("Giver"),
    _("Given, in the giver's currency"),
    _("Currency"),
    _("To the fund, som"),
    _("Fee in it, som"),
    _("In the fund after it, som"),
    _("Hash"),
]


class TrailView(View):
    """Every journal that touched a project's fund, newest first."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show one page of it."""
        project = _public(slug)
        trail = queries.trail(project, page=request.GET.get("page"))
        context = {
            "trail": trail,
            "project_href": addresses.project(slug),
            "slug": slug,
            "canonical_query": paging.canonical(trail.page),
        }
        return render(request, "diaspora/trail.html", context)


class TrailCsvView(View):
    """The whole trail as a table: a fixed order of columns with headings in the language of the page, plain numbers."""

    def get(self, request: HttpRequest, slug: str) -> StreamingHttpResponse:  # noqa: ARG002 - Django's signature
        """Stream it, piece by piece."""
        rows = _rows(_public(slug))
        response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="trail-{slug}.csv"'
        return response


class ReceiptView(View):
    """The public page that proves a receipt, to be read and printed by anybody who has its link."""

    def get(self, request: HttpRequest, signed: str) -> HttpResponse:
        """Show the receipt, or say that we never issued it."""
        receipt = receipts.unsign(signed)
        if receipt is None:
            return render(request, "diaspora/receipt_unknown.html", status=404)
        return render(request, "diaspora/receipt.html", {"receipt": queries.receipt_page(receipt)})


@method_decorator([login_required, never_cache], name="dispatch")
class MyGiftsView(View):
    """One's own gifts, those given as a guest under a verified address included."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, newest first."""
        person = cast("User", request.user)
        gifts = queries.my_gifts(person, addresses_of_user=mail.addresses_of(person))
        return render(request, "diaspora/my_gifts.html", {"gifts": gifts})


def _rows(project: Project) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield spreadsheets.BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for line in queries.trail_lines(project):
        yield writer.writerow(_cells(line))


def _cells(line: queries.Line) -> list[str | int]:
    return [
        line.number,
        clock.at_home(line.at).isoformat(),
        line.on.isoformat(),
        str(words.kind(line.kind)),
        spreadsheets.harmless(line.words),
        spreadsheets.harmless(line.giver),
        printed.plain(line.given) if line.given else "",
        line.given.currency if line.given else "",
        printed.plain(line.amount),
        printed.plain(line.fee),
        printed.plain(line.balance) if line.balance is not None else "",
        line.hash,
    ]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _public(slug: str) -> Project:
    project = get_object_or_404(Project.objects.select_related("fund"), slug=slug)
    if project.state == ProjectState.DRAFT:
        raise Http404
    return project
