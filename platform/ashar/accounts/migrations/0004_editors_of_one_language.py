"""Groups for those who edit the pages of one language."""

from django.db import migrations

ROLES = ("Editor ky", "Editor ru", "Editor en")


def bring(apps, schema_editor):
    for role in ROLES:
        apps.get_model("auth", "Group").objects.get_or_create(name=role)


def take_away(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_authors_and_proofreaders")]

    operations = [migrations.RunPython(bring, take_away)]
