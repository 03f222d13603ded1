"""The rule on who comes to a meeting: a list of people who meet is kept for a week. One that staff have written stays."""

from django.db import migrations

from ashar.privacy import retention

KEY = "meeting"


def bring(apps, schema_editor):
    retention.load(apps.get_model("privacy", "RetentionRule"))


def take_away(apps, schema_editor):
    apps.get_model("privacy", "RetentionRule").objects.filter(key=KEY).delete()


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_audit_stays")]

    operations = [migrations.RunPython(bring, take_away)]
