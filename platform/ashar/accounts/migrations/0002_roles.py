"""A group for each role."""

from django.db import migrations

from ashar.accounts import roles


def bring(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for role in roles.ALL:
        group.objects.get_or_create(name=role)


def take_away(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=roles.ALL).delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(bring, take_away)]
