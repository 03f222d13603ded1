"""The rule `audit` promised five years of a log from which nothing can be taken: now it says what is true.

A rule that staff have changed stays as they left it.
"""

from django.db import migrations

from ashar.privacy import retention

PROMISED = 1825


def say_what_is_true(apps, schema_editor):
    row = retention.shipped()["audit"]
    texts = {name: row[name] for name in ("text_ky", "text_ru", "text_en")}
    apps.get_model("privacy", "RetentionRule").objects.filter(key="audit", days=PROMISED).update(days=None, **texts)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_retention_rules")]

    operations = [migrations.RunPython(say_what_is_true, migrations.RunPython.noop)]
