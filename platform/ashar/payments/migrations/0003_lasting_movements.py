"""The triggers that keep a movement from being removed, on SQLite and PostgreSQL."""

from ashar.payments import triggers
from django.db import migrations


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, triggers.lasting(schema_editor.connection))


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, triggers.lasting(schema_editor.connection))


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_kept_facts")]
    operations = [migrations.RunPython(install, remove, elidable=False)]
