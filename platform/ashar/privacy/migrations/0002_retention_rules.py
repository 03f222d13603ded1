"""The retention rules that we ship."""

from django.db import migrations

from ashar.privacy import retention


def bring(apps, schema_editor):
    retention.load(apps.get_model("privacy", "RetentionRule"))


def take_away(apps, schema_editor):
    retention.unload(apps.get_model("privacy", "RetentionRule"))


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]

    operations = [migrations.RunPython(bring, take_away)]
