"""What the fault tests ask of the town and do in it, inside the town's own Django. See `witness.py` for the other end."""

import json
import sys
import traceback
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from ashar.accounts.models import User
from ashar.ledger import checking, queries
from ashar.money import Money, rates
from ashar.notices.models import MailboxMessage
from ashar.outbox.models import Delivery
from ashar.payments import refunds
from ashar.payments.models import Refund, WebhookEvent
from diaspora import matching, projects
from diaspora.models import Association, Gift, Match, MatchPool, Project, Receipt
from diaspora.projects import Line

GIFT = Money(50_00, "USD")
MILLION_SOM = Money(1_000_000_00, "KGS")


def gifts_of(email: str) -> list[dict[str, Any]]:
    """Tell all that came of the gifts given under an address, oldest first."""
    gifts = Gift.objects.filter(email=email).select_related("payment", "project")
    return [_story(gift) for gift in gifts.order_by("started_at")]


def mails_to(email: str) -> list[str]:
    """Return the subjects in the mailbox of an address, oldest first."""
    return list(MailboxMessage.objects.filter(to=email).order_by("pk").values_list("subject", flat=True))


def unfinished() -> dict[str, int]:
    """Count what still has to be worked on; nothing when all has caught up."""
    counts = {
        "deliveries": Delivery.objects.open().count(),
        "events": WebhookEvent.objects.filter(state="received").count(),
        "refunds": Refund.objects.filter(state__in=("requested", "approved", "sent")).count(),
    }
    return {name: count for name, count in counts.items() if count}


def given_up() -> dict[str, int]:
    """Count what waits for a person: dead letters, events that are dead or in quarantine, failed refunds."""
    counts = {
        "dead letters": Delivery.objects.filter(state="dead").count(),
        "events": WebhookEvent.objects.filter(state__in=("dead", "quarantined")).count(),
        "refunds": Refund.objects.filter(state="failed").count(),
    }
    return {name: count for name, count in counts.items() if count}


def overdue() -> int:
    """Count the deliveries that the relay has to send again by now."""
    return Delivery.objects.open().filter(resend_at__lte=timezone.now()).count()


def faults_of_books() -> list[str]:
    """Prove ledger, pools and receipts; return what is wrong."""
    faults = [str(fault) for fault in checking.check()]
    for pool in MatchPool.objects.select_related("fund"):
        put_in = sum(Match.objects.filter(pool=pool).values_list("amount_minor", flat=True))
        if (pool.reserved_minor, queries.available(pool.fund).minor) != (put_in, pool.funded_minor - put_in):
            faults.append(f"pool {pool.slug}: reserved {pool.reserved_minor}, put in {put_in}")
    serials = sorted(Receipt.objects.values_list("serial", flat=True))
    return faults + ([] if serials == list(range(1, len(serials) + 1)) else [f"receipts {serials}"])


def open_village(slug: str, rooms: int) -> None:
    """Open a project of its own, with a pool of its own that has room for the match of `rooms` gifts of 50 dollars."""
    at = timezone.now()
    until = timezone.localdate(at) + timedelta(days=30)
    project = projects.draft(
        Association.objects.filter(verification__isnull=False).order_by("pk")[0],
        slug=slug,
        texts={f"{column}_{code}": slug for column in ("title", "summary", "story") for code in ("ky", "ru", "en")},
        home=Project.objects.order_by("pk")[0].home,
        goal=MILLION_SOM,
        closes_on=until,
        budget=[Line({"title_ky": "Чатыр", "title_ru": "Крыша", "title_en": "Roof"}, MILLION_SOM)],
        by=None,
        at=at,
    )
    projects.open(project, by=None, at=at)
    cap = rates.to_som(GIFT, rate=rates.rate_for("USD", at=at)).times(rooms)
    titles = {f"title_{code}": slug for code in ("ky", "ru", "en")}
    pool = matching.open_pool(
        slug,
        texts=titles,
        cap=cap,
        cap_per_project=cap,
        opens_on=timezone.localdate(at),
        closes_on=until,
        projects=[project],
        by=None,
        at=at,
    )
    matching.fund_pool(pool, amount=cap, by=None, at=at, reference="faults")


def pool(slug: str) -> dict[str, Any]:
    """Tell how a village's own pool stands: what it put in after which gifts, and what is left, in tyiyn."""
    row = MatchPool.objects.select_related("fund").get(slug=slug)
    put_in = Match.objects.filter(pool=row).order_by("amount_minor").values_list("amount_minor", flat=True)
    return {"cap": row.cap_minor, "put_in": list(put_in), "left": queries.available(row.fund).minor}


def close_project(slug: str) -> None:
    """End the collection."""
    projects.close(Project.objects.get(slug=slug), by=None, at=timezone.now())


def change_goal(slug: str, som: int) -> None:
    """Set another goal."""
    projects.change_goal(Project.objects.get(slug=slug), goal=Money(som * 100, "KGS"), by=None, at=timezone.now())


def refund(email: str) -> None:
    """Ask for the whole gift to go back, as a finance officer does."""
    gift = Gift.objects.select_related("payment").get(email=email)
    officer = User.objects.get(email="finance@demo.example")
    refunds.request(
        gift.payment, amount=gift.amount, reason="asked by the giver", by=officer, token=uuid.uuid4(), at=timezone.now()
    )


def serve() -> None:
    """Answer a line `["question", {facts}]` by a line of JSON, until the other end hangs up."""
    for line in sys.stdin:
        name, facts = json.loads(line)
        question: Callable[..., Any] = globals()[name]
        try:
            answer = {"answer": question(**facts)}
        except Exception:  # noqa: BLE001 - whatever went wrong is for the test to show
            answer = {"fault": traceback.format_exc()}
        print(json.dumps(answer, default=str), flush=True)  # noqa: T201 - this is how it answers


def _story(gift: Gift) -> dict[str, Any]:
    matches = Match.objects.filter(gift=gift, pool__slug=gift.project.slug)
    return {
        "page": {language: _address(gift, language) for language in ("ky", "ru", "en")},
        "payment": str(gift.payment_id),
        "state": gift.state,
        "payment_state": gift.payment.state,
        "som": gift.som_minor,
        "movements": list(gift.payment.movements.order_by("sequence").values_list("kind", flat=True)),
        "matches": list(matches.order_by("pk").values_list("amount_minor", flat=True)),
        "receipts": list(Receipt.objects.filter(gift=gift).values_list("number", flat=True)),
        "refunds": list(gift.payment.refunds.values_list("state", flat=True)),
    }


def _address(gift: Gift, language: str) -> str:
    with translation.override(language):
        return reverse("gift", args=[gift.pk])
