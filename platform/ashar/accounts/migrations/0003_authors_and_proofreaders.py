"""Groups for those who write the pages and those who read them before they are published."""

from django.db import migrations

ROLES = ("Author", "Proof-reader")


def bring(apps, schema_editor):
    for role in ROLES:
        apps.get_model("auth", "Group").objects.get_or_create(name=role)


def take_away(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles")]

    operations = [migrations.RunPython(bring, take_away)]
