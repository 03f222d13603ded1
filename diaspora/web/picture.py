"""The picture that a link to a project shows when it is shared."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from ashar.money import printed
from ashar.web import cards, pictures, progress
from diaspora import queries
from diaspora.models import Project
from diaspora.queries.projects import PUBLIC_STATES


class ProjectPictureView(View):
    """A project with its live progress, in the language of the address."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Answer with the picture; nobody has heard of a draft."""
        public = Project.objects.filter(slug=slug, state__in=PUBLIC_STATES)
        found = queries.project_cards(public, at=timezone.now())
        if not found:
            raise Http404
        return pictures.answer(request, card_of(found[0]))


def card_of(project: queries.ProjectCard) -> cards.Card:
    """Return what the picture of `project` says; it names no giver."""
    return cards.Card(
        site=_("Ashar"),
        title=project.title,
        place=project.place,
        tag=str(project.state_label),
        bar=progress.measure(project.goal, project.given, project.matched),
        figures=(
            cards.Figure(_("Raised"), printed.show_short(project.given), cards.INDIGO),
            cards.Figure(_("Matched"), printed.show_short(project.matched), cards.SAFFRON),
            cards.Figure(_("Goal"), printed.show_short(project.goal)),
        ),
    )
