"""Screen one of giving: the amount. Screen two is the card service's own page, screen three the page of the gift."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache

from ashar import language
from ashar.accounts.models import User
from ashar.money import printed
from ashar.payments import checkout, patience
from ashar.payments.gateway import ProviderRefused, ProviderUnreachable
from diaspora import giving, offers, queries, turns
from diaspora.models import Gift, Project
from diaspora.states import GiftState, ProjectState
from diaspora.web import currencies, drafts, gift_page, limits, tokens
from diaspora.web.forms import GiveForm, again, carried, names_amount


@method_decorator(never_cache, name="dispatch")
class GiveView(View):
    """Screen one: the amount and four more questions."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form, filled with what this browser answered before; with `?answers`, with what it sent last, and why that came back."""
        project, at = _public(slug), timezone.now()
        if not giving.takes_gifts(project, at=at):
            return _closed(request, project)
        kept = drafts.kept(request.session, project, at=at)
        sent = kept if "answers" in request.GET else None
        form = _first_form(request, project, at) if sent is None else _form_of(request, project, sent, at)
        return _form_page(request, project, form, why="" if sent is None else request.GET["answers"])

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Start the gift and go to the card service; or lead to the form again: other currency, what arrives, what is wrong."""
        project, at = _public(slug), timezone.now()
        if not giving.takes_gifts(project, at=at):
            return _closed(request, project)
        if "change" in request.POST:
            return _ask_again(request, project, why=OTHER_AMOUNT if names_amount(request.POST) else "", at=at)
        form = _form_of(request, project, request.POST, at)
        if not form.is_valid() or "preview" in request.POST:
            return _ask_again(request, project, at=at)
        if limit := limits.reached(request, email=form.cleaned_data["email"], at=at):
            return _ask_again(request, project, why=limit, at=at)
        return _start(request, project, form, at=at)


def _start(request: HttpRequest, project: Project, form: GiveForm, *, at: datetime) -> HttpResponse:
    try:
        gift = _one_gift(request, project, form, at=at)
        drafts.started(request.session, gift)
        return redirect("gift", pk=gift.pk) if gift.state != GiftState.STARTED else _pay(gift, at=at)
    except giving.ProjectIsNotOpen:
        return _closed(request, project)
    except (ProviderUnreachable, ProviderRefused):
        return _ask_again(request, project, why=ProviderUnreachable.code, at=at)
    except (checkout.AlreadyPaid, checkout.TimeRanOut) as over:
        return HttpResponseRedirect(gift_page.address(gift, gift_page.ENDS[over.code]))
    except (PaidBefore, FormIsUsedUp) as end:
        drafts.keep(request.session, project, form.anew(), at=at)
        back = gift_page.address(end.gift, "earlier") if isinstance(end, PaidBefore) else f"{request.path}?answers"
        return gift_page.away(back)


class FormIsUsedUp(Exception):  # noqa: N818 - no error: the same answers are asked for once more, in a form of their own
    """The form was sent with other answers as often as one form can be; none of its gifts can be paid any more."""


class PaidBefore(Exception):  # noqa: N818 - no error: the form's one gift, which other answers cannot change any more
    """The form was sent with other answers before, and that gift is paid or on its way."""

    def __init__(self, gift: Gift) -> None:
        """Keep the gift to lead to."""
        super().__init__()
        self.gift = gift


def _one_gift(request: HttpRequest, project: Project, form: GiveForm, *, at: datetime) -> Gift:
    """Return the one gift of these answers. What was begun for them before and was not paid gives way to it.

    A form that was drawn after another gift was begun stands for that one as long as it can be taken back, or if it is sent
    with the same answers; beside a paid one it is a gift of its own. Raises what `_turn` raises.
    """
    start = partial(giving.start, project, **form.answers(), language=language.current(), by=_user(request), at=at)
    token = form.cleaned_data["token"]
    if token.after is None:
        return _turn(start, token.own)
    try:
        return _turn(start, token.after)
    except PaidBefore as end:
        if end.gift.token != token.after:
            raise
        return _turn(start, token.own)


def _turn(start: Callable[..., Gift], first: uuid.UUID) -> Gift:
    """Start the gift that follows all the unpaid ones under `first` and after; the one with the same answers is itself.

    Raises `PaidBefore` when other answers were paid, `FormIsUsedUp` when there were others too often.
    """
    for token in turns.of(first):
        try:
            gift = patience.persist(partial(start, token=token))
            if turns.is_last(gift) or _is_paid(gift):
                return gift
        except giving.TokenUsed:
            gift = Gift.objects.select_related("payment").get(token=token)
            if _is_paid(gift):
                raise PaidBefore(gift) from None
    raise FormIsUsedUp


def _is_paid(gift: Gift) -> bool:
    """Take back the gift's page to pay on, and tell whether that came too late."""
    try:
        checkout.withdraw(gift.payment)
    except checkout.AlreadyPaid:
        return True
    return False


def _pay(gift: Gift, *, at: datetime) -> HttpResponseRedirect:
    """Lead to the card service, unless the form was sent with other answers meanwhile.

    Whoever takes the next turn ends the pages of the turns before it, but sees only those that are there.
    """
    url = checkout.send_to_provider(gift.payment, at=at)
    if turns.is_last(gift):
        return gift_page.away(url)
    checkout.withdraw(gift.payment)
    return HttpResponseRedirect(gift_page.address(turns.newest(gift), "changed"))


def _first_form(request: HttpRequest, project: Project, at: datetime) -> GiveForm:
    unfinished = drafts.unfinished(request.session, project, at=at)
    wanted = request.GET.get("currency") or (unfinished.currency if unfinished else "")
    currency = currencies.chosen(wanted, country=project.association.host_city.country)
    same = unfinished if unfinished and unfinished.currency == currency else None
    seal = tokens.seal(request, project)
    token = seal.next(after=unfinished if unfinished and unfinished.state == GiftState.STARTED else None, at=at)
    return _form(project, currency, at, seal, initial={**_known(request), "token": seal.close(token)}, earlier=same)


def _form_of(request: HttpRequest, project: Project, sent: Mapping[str, str], at: datetime) -> GiveForm:
    """Return the form as it was sent; one sent to change the currency asks again, and finds no fault."""
    wanted = sent.get("change") or sent.get("currency", "")
    currency = currencies.chosen(wanted, country=project.association.host_city.country)
    seal = tokens.seal(request, project)
    if "change" in sent:
        return _form(project, currency, at, seal, initial=carried(sent))
    return _form(project, currency, at, seal, data=sent)


def _form(
    project: Project,
    currency: str,
    at: datetime,
    seal: tokens.Seal,
    *,
    data: Any = None,  # noqa: ANN401 - Django's QueryDict or nothing
    initial: dict[str, Any] | None = None,
    earlier: Gift | None = None,
) -> GiveForm:
    desk = offers.open_desk(project, currency=currency, at=at)
    suggested = offers.suggested(desk, currency=currency)
    if earlier:
        initial = {**(initial or {}), **again(earlier, suggested)}
    return GiveForm(data, initial=initial, desk=desk, offers=suggested, currency=currency, seal=seal)


def _ask_again(request: HttpRequest, project: Project, *, at: datetime, why: str = "") -> HttpResponseRedirect:
    """Keep what was sent and lead to the form with it, so that Back and reload send nothing; `why` is one of `PROBLEMS`."""
    drafts.keep(request.session, project, request.POST, at=at)
    return gift_page.away(f"{request.path}?answers={why}" if why else f"{request.path}?answers")


def _form_page(request: HttpRequest, project: Project, form: GiveForm, *, why: str = "") -> HttpResponse:
    read = form.cleaned_data if form.is_bound and form.errors is not None else {}
    wanted, covers_fee = read.get("wanted"), bool(read.get("cover_fee"))
    context = {
        "project": queries.giving_page(project, rooms=form.desk.rooms, at=form.desk.at),
        "form": form,
        "problem": PROBLEMS.get(why, ""),
        "offer": form.desk.offer(wanted, covers_fee=covers_fee) if wanted else None,
        "currencies": [(code, printed.mark(code, language.current())) for code in currencies.offered()],
        "currency": form.chosen_currency,
    }
    response = render(request, "diaspora/give.html", context)
    if why in TOO_MANY:
        response.status_code, response["Retry-After"] = 429, str(limits.seconds_left(form.desk.at))
    return response


def _closed(request: HttpRequest, project: Project) -> HttpResponse:
    page = queries.project_page(project, at=timezone.now())
    return render(request, "diaspora/give_closed.html", {"project": page})


def _public(slug: str) -> Project:
    project = get_object_or_404(Project.objects.select_related(*queries.projects.RELATIONS), slug=slug)
    if project.state == ProjectState.DRAFT:
        raise Http404
    return project


def _known(request: HttpRequest) -> dict[str, str]:
    user = _user(request)
    return {"email": user.email, "name": user.full_name} if user else {}


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


# What was counted, and only that.
TOO_MANY: dict[str, str | Promise] = {
    limits.Limit.SESSION: gettext_lazy(
        "Very many gifts were started in this browser. This one was not started. Please try again in an hour."
    ),
    limits.Limit.EMAIL: gettext_lazy(
        "Very many gifts were started with this e-mail from your network. This one was not started. Please try again in an "
        "hour or from another network."
    ),
    limits.Limit.NETWORK: gettext_lazy(
        "Very many gifts were started from your network, perhaps by others. This one was not started. Please try again in an "
        "hour or from another network."
    ),
    limits.Limit.ALL: gettext_lazy(
        "Very many gifts are being started just now. This one was not started. Please try again in an hour."
    ),
}
OTHER_AMOUNT = "other_amount"
PROBLEMS = {
    **TOO_MANY,
    ProviderUnreachable.code: ProviderUnreachable.message,
    OTHER_AMOUNT: gettext_lazy("The currency is another one now, so no amount is chosen. Please choose it again."),
}
