"""The triggers that keep a payment's sum and a movement's figures as they were written, on SQLite and PostgreSQL."""

from ashar.payments import triggers
from django.db import migrations


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, triggers.unchanging(schema_editor.connection))


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, triggers.unchanging(schema_editor.connection))
    triggers.remove_function(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunPython(install, remove, elidable=False)]
