"""When projects moved from state to state: dates that stay where they are."""

from datetime import datetime

from django.db.models import Max

from ashar.workflow.models import Transition
from diaspora import states


def last_moves() -> dict[int, datetime]:
    """Return project id → when it last changed its state. One query for all projects."""
    moves = Transition.objects.filter(entity=states.PROJECT.entity).values_list("entity_id")
    return {int(project): at for project, at in moves.annotate(at=Max("at")).order_by("entity_id")}
