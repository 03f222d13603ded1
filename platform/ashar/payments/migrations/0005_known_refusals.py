"""Refusals from the history of moves, and the movements of refunds where only one refund can have made them."""

from django.db import migrations


def tell(apps, schema_editor):
    _refusals(apps)
    _movements(apps)


def forget(apps, schema_editor):
    apps.get_model("payments", "Refusal").objects.all().delete()
    apps.get_model("payments", "RefundMovement").objects.all().delete()


def _refusals(apps):
    refunds, refusals = apps.get_model("payments", "Refund").objects, apps.get_model("payments", "Refusal").objects
    moves = apps.get_model("workflow", "Transition").objects.filter(entity="refund", verb="refuse", by__isnull=False)
    for move in moves.order_by("pk"):
        refund = refunds.filter(pk=move.entity_id, refusal=None).first()
        if refund:
            refusals.create(refund=refund, by_id=move.by_id, at=move.at)


def _movements(apps):
    tied = apps.get_model("payments", "RefundMovement").objects
    movements = apps.get_model("payments", "Movement").objects.filter(kind__in=("refund", "refund_failed"))
    for movement in movements.filter(of_refund=None).select_related("payment"):
        may_have_made_it = list(
            movement.payment.refunds.filter(amount_minor=abs(movement.gross_minor), provider_id__isnull=False)[:2]
        )
        if len(may_have_made_it) == 1:
            tied.create(movement=movement, refund=may_have_made_it[0])


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_refusals"), ("workflow", "__first__")]
    operations = [migrations.RunPython(tell, forget, elidable=False)]
