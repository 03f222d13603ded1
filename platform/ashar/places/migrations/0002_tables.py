"""The regions and host cities that we ship."""

from django.db import migrations

from ashar.places import loading


def bring(apps, schema_editor):
    loading.load(apps.get_model("places", "Region"), "regions_2025_10", key="code")
    loading.load(apps.get_model("places", "HostCity"), "host_cities_2026_11", key="slug")


def take_away(apps, schema_editor):
    loading.unload(apps.get_model("places", "Region"), "regions_2025_10", key="code")
    loading.unload(apps.get_model("places", "HostCity"), "host_cities_2026_11", key="slug")


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(bring, take_away)]
