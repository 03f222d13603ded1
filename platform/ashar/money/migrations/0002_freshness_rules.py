"""The first rules of how long a rate stays fresh: dated data with a source, added to later, never edited."""

from datetime import date

from django.db import migrations

PRACTICE = (
    "The National Bank publishes %s; over weekends and holidays its last published rate stays in force. "
    "A rate older than %s days means that a publication was missed."
)
RULES = [
    ("nbkr-daily", 4, PRACTICE % ("its daily rates on each working day", 4)),
    ("nbkr-weekly", 8, PRACTICE % ("its weekly rates once a week", 8)),
    ("demo", 366, "Invented figures: they do not age within the year a demonstration may run."),
]
FROM_ON = date(2020, 1, 1)


def add(apps, schema_editor):
    rule = apps.get_model("money", "FreshnessRule")
    for source, days, reference in RULES:
        rule.objects.get_or_create(source=source, from_on=FROM_ON, defaults={"days": days, "reference": reference})


def remove(apps, schema_editor):
    sources = [source for source, _, _ in RULES]
    apps.get_model("money", "FreshnessRule").objects.filter(source__in=sources, from_on=FROM_ON).delete()


class Migration(migrations.Migration):
    dependencies = [("money", "0001_initial")]
    operations = [migrations.RunPython(add, remove, elidable=False)]
