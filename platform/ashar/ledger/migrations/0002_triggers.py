"""The triggers that keep the books append-only and chained, on SQLite and PostgreSQL."""

from ashar.ledger import triggers
from django.db import migrations


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, triggers.of_writing(schema_editor.connection))


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, triggers.of_writing(schema_editor.connection))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(install, remove, elidable=False)]
