"""The triggers that keep a closed period closed, on SQLite and PostgreSQL."""

from ashar.ledger import triggers
from django.db import migrations


def install(apps, schema_editor):
    triggers.install(schema_editor.connection, triggers.of_closing(schema_editor.connection))


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection, triggers.of_closing(schema_editor.connection))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_closing")]
    operations = [migrations.RunPython(install, remove, elidable=False)]
